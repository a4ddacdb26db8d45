from __future__ import annotations

import pytest

from builders import ECT_TRN, a_trs_person
from ect_registration.domain.decisions import Kind
from ect_registration.domain.rules.check_answers import DECIDED_AGAIN
from ect_registration.domain.rules.identifying.identity import (
    DATE_OF_BIRTH_DIFFERS,
    TRS_UNAVAILABLE,
)
from ect_registration.domain.rules.registering.eligibility import UNKNOWN_INDUCTION_STATUS
from ect_registration.use_cases.registering.outcomes import Registered
from unit.use_cases.town import ANOTHER_DAY, BRAM, OLD_TRN, RETAINED_TRN, person
from unit.use_cases.visit import Visit


def _an_hour_later(service, *people, minutes=61):
    visit = Visit.complete(service)
    shown = visit.preview
    service.trs_now_says(*people)
    service.clock.wait(minutes=minutes)
    return visit, visit.submit(shown)


def test_an_answer_of_an_hour_ago_will_do(service):
    """TRS is not asked again, whatever has changed there."""
    _, outcome = _an_hour_later(service, a_trs_person(induction_status="Passed"), minutes=60)

    assert (isinstance(outcome, Registered), service.records.asked) == (True, [])


def test_an_older_answer_is_asked_for_again_by_trn(service):
    """The two facts are long forgotten."""
    _, outcome = _an_hour_later(service, a_trs_person())

    assert (isinstance(outcome, Registered), service.records.asked) == (True, ["TRN"])


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"induction_status": "Passed"}, "induction-passed"),
        ({"induction_status": "Failed"}, "induction-failed"),
        ({"induction_status": "Exempt"}, "induction-exempt"),
        ({"alert_categories": ("Prohibition from teaching",)}, "prohibited-from-teaching"),
    ],
)
def test_what_trs_says_now_decides(service, change, rule):
    """Also when the journey is looked at afterwards; there is nothing to mend: start again."""
    visit, outcome = _an_hour_later(service, a_trs_person(**change))

    assert (outcome.rule.id, visit.look().decided.stop.rule.id, visit.at) == (rule, rule, None)


def test_a_status_that_nobody_knows_is_as_good_as_no_answer(service):
    """Nothing of it is kept: later the same submission asks again, and goes through."""
    visit, outcome = _an_hour_later(service, a_trs_person(induction_status="Deferred"))
    at, shown = visit.at, visit.preview
    service.trs_now_says(a_trs_person())

    assert (outcome.rule, outcome.kind, at) == (
        UNKNOWN_INDUCTION_STATUS,
        Kind.UNAVAILABLE,
        "check-answers",
    )
    assert isinstance(visit.submit(shown), Registered)


def test_a_record_deactivated_meanwhile_means_starting_again(service):
    """Nothing is registered."""
    _, outcome = _an_hour_later(service, a_trs_person(state="deactivated"))

    assert (outcome.rule, service.ects_of(ECT_TRN)) == (DECIDED_AGAIN, [])


def test_a_record_merged_meanwhile_means_starting_again(service):
    """The proof was about another TRN."""
    merged = a_trs_person(state="merged", merged_into=BRAM)
    _, outcome = _an_hour_later(service, merged, person(BRAM, "Asha", "Marlowe"))

    assert (outcome.rule, service.ects_of(ECT_TRN, BRAM)) == (DECIDED_AGAIN, [])


def test_a_merge_known_from_the_search_is_not_forgotten(service):
    """TRS is asked by the retained TRN and says nothing of the old one any more."""
    visit = Visit.proven(service, trn=OLD_TRN)
    visit.go_on()
    shown = visit.preview
    service.clock.wait(minutes=61)
    outcome = visit.submit(shown)

    assert (outcome.merged_from, outcome.ect.teacher.trn, service.records.asked[-1]) == (
        OLD_TRN,
        RETAINED_TRN,
        "TRN",
    )


def test_trs_out_of_reach_registers_nothing(service):
    """The answers are kept, and later the same submission goes through."""
    visit = Visit.complete(service)
    before, shown = visit.draft, visit.preview
    service.clock.wait(minutes=61)
    service.records.out_of_reach = True
    unavailable, kept = visit.submit(shown), visit.draft
    service.records.out_of_reach = False

    assert (unavailable.rule, kept, isinstance(visit.submit(shown), Registered)) == (
        TRS_UNAVAILABLE,
        before,
        True,
    )


def test_no_unit_of_work_is_open_while_trs_is_asked(service):
    """A slow TRS holds nobody up."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.clock.wait(minutes=61)
    others = []
    service.records.meanwhile = lambda: others.append(
        service.register(trn=str(BRAM), email="bram.okafor@example.org")
    )
    visit.submit(shown)

    assert [isinstance(other, Registered) for other in others] == [True]


def test_an_answer_from_the_future_is_not_trusted(service):
    """Some clock was wrong."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.clock.wait(minutes=-61)
    visit.submit(shown)

    assert service.records.asked[-1] == "TRN"


def test_a_search_without_a_proof_is_not_asked_again(service):
    """There is nothing to rely on; the number is still asked for."""
    shown = Visit.complete(service).preview
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    service.clock.wait(hours=2)
    blocked = visit.submit(shown)

    assert (blocked.rule, service.records.asked[-1]) == (DATE_OF_BIRTH_DIFFERS, "date of birth")
