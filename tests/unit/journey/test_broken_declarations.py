from __future__ import annotations

import attrs
import pytest

from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.mentors.mentor import OWN_MENTOR
from ect_registration.domain.rules.registering.eligibility import PROHIBITED_FROM_TEACHING
from ect_registration.journeys.engine import Step, always, never, nothing
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.journeys.register_mentor import REGISTER_MENTOR
from unit.journey import checkers, mentor_towns
from unit.journey.towns import a_hamlet, explored_with


def _with(step_id, journey=REGISTER_ECT, **changes):
    """The declaration with one step declared differently."""
    return tuple(
        attrs.evolve(item, **changes) if isinstance(item, Step) and item.id == step_id else item
        for item in journey
    )


def _without(rule, journey=REGISTER_ECT):
    """The declaration with one gate forgotten."""
    return tuple(item for item in journey if isinstance(item, Step) or item.rule != rule)


def _moved_to_the_end(rule):
    """The declaration with one gate behind check answers."""
    return (
        *_without(rule),
        *(i for i in REGISTER_ECT if not isinstance(i, Step) and i.rule == rule),
    )


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
        _with(
            "name",
            still_valid=lambda case: not case.draft.programme or case.draft.appropriate_body,
        ),
        checkers.answers_lost_on_the_way_back,
    ),
    "a search that is shown again": (
        _with("find", completed_by=never),
        checkers.steps_without_a_proof,
    ),
    "a question before the proof": (
        _email_right_after_the_search(),
        checkers.steps_without_a_proof,
    ),
    "a start date that voids nothing": (
        _with("start-date", clears=nothing),
        checkers.stale_answers,
    ),
    "a lead provider that always stands": (
        _with("lead-provider", still_valid=always),
        checkers.stale_answers,
    ),
    "a body that always stands": (
        _with("appropriate-body", still_valid=always),
        checkers.stale_answers,
    ),
    "a programme that voids the email": (
        _with("programme", clears=lambda _before, _after: ("email", "lead_provider")),
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

    assert [complaint for checker in checkers.OF_ECTS for complaint in checker(found)] == []


BROKEN_FOR_MENTORS = {
    "silence that answers": (
        _with("only-here", REGISTER_MENTOR, answered=always),
        checkers.silence_taken_for_yes,
    ),
    "a start date that always stands": (
        _with("start-date", REGISTER_MENTOR, still_valid=always),
        checkers.stale_answers,
    ),
    "a lead provider that always stands": (
        _with("lead-provider", REGISTER_MENTOR, still_valid=always),
        checkers.stale_answers,
    ),
    "an email that voids the lead provider": (
        _with("email", REGISTER_MENTOR, clears=lambda _before, _after: ("lead_provider",)),
        checkers.needless_questions,
    ),
    "training that nobody is told of": (
        _with("training", REGISTER_MENTOR, applies=never),
        checkers.questions_left_out,
    ),
    "their own mentor": (
        _without(OWN_MENTOR, REGISTER_MENTOR),
        checkers.registrations_that_are_not_allowed,
    ),
    "somebody who is prohibited": (
        _without(PROHIBITED_FROM_TEACHING, REGISTER_MENTOR),
        checkers.registrations_that_are_not_allowed,
    ),
    "a search that is shown again": (
        _with("find", REGISTER_MENTOR, completed_by=never),
        checkers.steps_without_a_proof,
    ),
}


@pytest.mark.parametrize("what", BROKEN_FOR_MENTORS)
def test_a_broken_declaration_for_mentors_is_noticed(what):
    """Likewise."""
    journey, checker = BROKEN_FOR_MENTORS[what]
    here = mentor_towns.REGISTERING["a provider-led ECT"]()

    assert list(checker(mentor_towns.explored_with(journey, here))) != []
