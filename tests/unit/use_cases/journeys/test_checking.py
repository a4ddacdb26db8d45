from __future__ import annotations

import pytest

from builders import URN
from ect_registration.domain.decisions import Allowed, Blocked
from ect_registration.journeys.engine import rules_of
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.outcomes import Registered
from unit.use_cases.town import BRAM, CLOSED, INDEPENDENT, ISTIP, OLD_TRN, PASSED, UNKNOWN_SCHOOL

GATES = [rule.id for rule in rules_of(REGISTER_ECT)]
NO_CHOICES = {"appropriate_body": None, "programme": None, "lead_provider": None}
REUSE = {**NO_CHOICES, "reuse_previous_choices": True}

SITUATIONS = {
    "right": {},
    "unknown school": {"school": str(UNKNOWN_SCHOOL)},
    "closed school": {"school": str(CLOSED)},
    "another birthday": {"date_of_birth": "1998-01-31"},
    "passed": {"trn": str(PASSED)},
    "no pattern": {"working_pattern": None},
    "no body": {"appropriate_body": None},
    "no programme": {"programme": None, "lead_provider": None},
    "no provider": {"lead_provider": None},
    "nothing to reuse": REUSE,
    "next year": {"start_date": "2026-09-01"},
}


def _rules(checked):
    return [d.rule.id for d in checked.decisions] + [rule.id for rule in checked.not_reached]


def test_a_registration_that_is_right_passes_every_rule(service):
    """Those that do not concern it are left out."""
    checked = service.check()
    left_out = {
        "name-same-person",
        "registered-before",
        "transfer-too-far-ahead",
        "transfer-ends-previous",
        "reuse-answer",
    }

    assert (checked.not_reached, _rules(checked)) == (
        (),
        [id for id in GATES if id not in {*left_out, "appropriate-body-independent"}],
    )


def test_a_check_says_what_would_be_registered(service):
    """As the registration would have it."""
    would, is_ = service.check().outcome, service.register()
    same = ("teacher", "email", "period", "registration", "working_pattern", "school")

    assert [getattr(would.ect, name) for name in same] == [getattr(is_.ect, name) for name in same]


def test_a_check_says_so_when_trs_has_merged_the_trn(service):
    """As a registration does."""
    assert service.check(trn=str(OLD_TRN)).outcome.merged_from == OLD_TRN


def test_a_check_writes_nothing(service):
    """Neither a teacher nor a claim nor history."""
    before = service.store.state
    service.check()

    assert service.store.state is before


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_rule_is_there_once(service, situation):
    """Allowed, refused or not reached."""
    rules = _rules(service.check(**SITUATIONS[situation]))

    assert sorted(rules) == sorted(set(rules))


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_stops_a_registration_is_its_last_decision(service, situation):
    """And everything before it was allowed."""
    checked = service.check(**SITUATIONS[situation])
    *before, last = checked.decisions
    stopped = isinstance(checked.outcome, Blocked)

    assert (
        all(isinstance(decision, Allowed) for decision in before),
        last == checked.outcome,
        isinstance(last, Allowed),
    ) == (True, stopped, not stopped)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_check_agrees_with_a_registration(service, situation):
    """About what comes of it."""
    checked = service.check(**SITUATIONS[situation]).outcome
    registered = service.register(**SITUATIONS[situation])

    assert (
        checked == registered
        if isinstance(checked, Blocked)
        else isinstance(registered, Registered)
    )


def test_a_refusal_names_the_rules_that_were_not_reached(service):
    """From the next one on."""
    checked = service.check(trn=str(PASSED))

    assert [rule.id for rule in checked.not_reached] == GATES[
        GATES.index("induction-passed") + 1 :
    ]


def test_before_the_search_no_rule_is_reached(service):
    """A closed school is told that, and nothing else is looked at."""
    checked = service.check(school=str(CLOSED))

    assert ([d.rule.id for d in checked.decisions], [r.id for r in checked.not_reached]) == (
        ["school-cannot-register"],
        GATES[1:],
    )


def test_a_check_with_trs_out_of_reach_says_so(service):
    """No rule could be decided."""
    service.records.out_of_reach = True
    checked = service.check()

    assert ([d.rule.id for d in checked.decisions], [r.id for r in checked.not_reached]) == (
        ["trs-unavailable"],
        GATES,
    )


def test_decisions_carry_their_evidence(service):
    """In plain values."""
    checked = service.check(school=str(INDEPENDENT), appropriate_body=ISTIP)
    because = {decision.rule.id: dict(decision.because) for decision in checked.decisions}

    assert [
        because[id] for id in ("appropriate-body-independent", "expected-training-start-year")
    ] == [{"offered": 3}, {"year": 2025}]


def test_no_decision_carries_personal_data(service):
    """They are logged and printed."""
    service.register(trn=str(BRAM), email="bram@example.org")
    checked = [service.check(**changes) for changes in ({}, {"email": "bram@example.org"}, REUSE)]
    shown = repr([dict(d.because) for c in checked for d in c.decisions]).lower()
    personal = ["asha", "marlowe", "bram", "@", "1000001", "1999-01-31"]

    assert [data for data in personal if data in shown] == []


def test_a_document_that_is_not_right_is_not_checked(service):
    """Formats come first."""
    with pytest.raises(InvalidRequest):
        service.check(trn="12")

    assert service.records.asked == []


def test_a_check_of_reused_choices_says_by_which_rule(service):
    """And that they were wanted."""
    service.register(trn=str(BRAM), email="bram@example.org", school=str(URN))
    because = {d.rule.id: dict(d.because) for d in service.check(**REUSE).decisions}

    assert (because["reuse-without-partnership"], because["reuse-answer"]) == (
        {"offered": True, "carried_from": None},
        {"wanted": True},
    )
