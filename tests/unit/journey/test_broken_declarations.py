from __future__ import annotations

import attrs
import pytest

from ect_registration.domain.rules.email import EMAIL_IN_USE
from ect_registration.journey import Gate, Step, always, never, nothing
from ect_registration.register_ect import REGISTER_ECT
from unit.journey import checkers
from unit.journey.towns import a_hamlet, explored_with


def _with(step_id, **changes):
    """The declaration with one step declared differently."""
    return tuple(
        attrs.evolve(item, **changes) if isinstance(item, Step) and item.id == step_id else item
        for item in REGISTER_ECT
    )


def _without(rule):
    """The declaration with one gate forgotten."""
    return tuple(i for i in REGISTER_ECT if not (isinstance(i, Gate) and i.rule == rule))


def _moved_to_the_end(rule):
    """The declaration with one gate behind check answers."""
    return (*_without(rule), *(i for i in REGISTER_ECT if isinstance(i, Gate) and i.rule == rule))


def _email_right_after_the_search():
    """The declaration with a question before it is known what the search has come to."""
    email = next(item for item in REGISTER_ECT if isinstance(item, Step) and item.id == "email")
    others = [item for item in REGISTER_ECT if item is not email]
    after_the_search = [item.id if isinstance(item, Step) else "" for item in others].index("find")
    return (*others[: after_the_search + 1], email, *others[after_the_search + 1 :])


BROKEN = {
    "a question that no answer answers": (
        _with("working-pattern", answered=never),
        checkers.dead_ends,
    ),
    "a gate that everybody passes": (
        _without(EMAIL_IN_USE),
        checkers.registrations_that_are_not_allowed,
    ),
    "a gate that nobody reaches": (
        _moved_to_the_end(EMAIL_IN_USE),
        checkers.ways_past_a_refusal,
    ),
    "an answer that depends on a later one": (
        _with("name", stands=lambda case: not case.draft.programme or case.draft.appropriate_body),
        checkers.answers_lost_on_the_way_back,
    ),
    "a search that is shown again": (
        _with("find", behind=never),
        checkers.steps_without_a_proof,
    ),
    "a question before the proof": (
        _email_right_after_the_search(),
        checkers.steps_without_a_proof,
    ),
    "a start date that voids nothing": (
        _with("start-date", voids=nothing),
        checkers.stale_answers,
    ),
    "a lead provider that always stands": (
        _with("lead-provider", stands=always),
        checkers.stale_answers,
    ),
    "a body that always stands": (
        _with("appropriate-body", stands=always),
        checkers.stale_answers,
    ),
    "a programme that voids the email": (
        _with("programme", voids=lambda _before, _after: ("email", "lead_provider")),
        checkers.needless_questions,
    ),
    "a previous school that is not shown": (
        _with("registered-before", applies=never),
        checkers.questions_left_out,
    ),
    "a question about reuse that never appears": (
        _with("reuse-choices", applies=never),
        checkers.questions_left_out,
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_declaration_is_noticed(what):
    """By the checker that is there for it."""
    journey, checker = BROKEN[what]

    assert list(checker(explored_with(journey, a_hamlet()))) != []


def test_there_is_nothing_else_to_notice():
    """The declaration as it stands holds everything in the same place."""
    found = explored_with(REGISTER_ECT, a_hamlet())

    assert [complaint for checker in checkers.CHECKERS for complaint in checker(found)] == []
