from __future__ import annotations

from uuid import uuid4

import pytest

from builders import ECT_TRN, URN, a_trs_person
from ect_registration.domain.decisions import Kind
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.rules.access import SCHOOL_CANNOT_REGISTER
from ect_registration.domain.rules.identifying.identity import (
    DETAILS_DO_NOT_MATCH,
    TRN_NOT_FOUND,
    TRS_UNAVAILABLE,
)
from ect_registration.domain.rules.registering.eligibility import UNKNOWN_INDUCTION_STATUS
from ect_registration.use_cases.journeys.answering import find_teacher
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.journey_type import Gone
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.town import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN_ON,
    BRAM,
    CLOSED,
    DEACTIVATED,
    NOBODY,
    NUMBER,
    OLD_TRN,
    RETAINED_TRN,
    UNKNOWN_STATUS,
    town,
)
from unit.use_cases.visit import Visit


def test_two_matching_facts_prove_the_teacher(service):
    """The journey goes on to the name."""
    visit = Visit.begun(service)
    found = visit.find()

    assert (found, visit.at) == (visit.id, "name")


def test_a_status_that_nobody_knows_is_as_good_as_no_answer(service):
    """Nothing of the search is kept, by either fact: it can be tried again."""
    visit = Visit.begun(service)
    by_birth = visit.find(UNKNOWN_STATUS)
    before = visit.draft
    visit.find(UNKNOWN_STATUS, born_on=ANOTHER_DAY)
    by_number = visit.prove(NUMBER)

    assert (by_birth.rule, by_birth.kind) == (UNKNOWN_INDUCTION_STATUS, Kind.UNAVAILABLE)
    assert (by_number.rule, before) == (UNKNOWN_INDUCTION_STATUS, EctDraft())
    assert visit.at == "national-insurance-number"


def test_a_number_that_comes_too_late_proves_nothing(service):
    """Another tab has searched again while TRS was asked."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    service.records.meanwhile = lambda: visit.find(BRAM, born_on=ANOTHER_DAY)
    visit.prove(NUMBER)

    assert (visit.draft.search.trn, visit.at) == (BRAM, "national-insurance-number")


@pytest.mark.parametrize("trn", [NOBODY, DEACTIVATED])
def test_an_unknown_and_a_deactivated_trn_are_not_found(service, trn):
    """They read the same, and the search may be repeated."""
    visit = Visit.begun(service)
    visit.find(trn)

    assert (visit.look().decided.progress.blocked.rule, visit.at) == (TRN_NOT_FOUND, "find")


def test_a_date_of_birth_that_differs_asks_for_the_number(service):
    """The National Insurance number instead."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)

    assert (visit.at, visit.look().decided.progress.blocked) == ("national-insurance-number", None)


def test_a_matching_number_proves_the_teacher(service):
    """Although the date of birth differs."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    visit.prove(NUMBER)

    assert visit.at == "name"


def test_neither_fact_matches(service):
    """The record cannot be found; the number may be tried again, and so may the search."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    visit.prove(ANOTHER_NUMBER)
    progress = visit.look().decided.progress

    assert (progress.blocked.rule, [step.id for step in progress.path]) == (
        DETAILS_DO_NOT_MATCH,
        ["find", "national-insurance-number"],
    )


def test_the_number_may_be_corrected(service):
    """After one that did not match."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    visit.prove(ANOTHER_NUMBER)
    visit.prove(NUMBER)

    assert visit.at == "name"


def test_a_merged_trn_goes_on_with_the_retained_one(service):
    """Both TRNs are kept with the proof."""
    visit = Visit.proven(service, trn=OLD_TRN)

    assert visit.draft.search.record.trns == {OLD_TRN, RETAINED_TRN}


def test_before_a_proof_a_search_replaces_the_one_before(service):
    """In the same journey."""
    visit = Visit.begun(service)
    visit.find(NOBODY)
    visit.find(BRAM, ANOTHER_DAY)

    assert (visit.draft.search.trn, visit.draft.search.answer) == (
        BRAM,
        NoMatch.DATE_OF_BIRTH_DIFFERS,
    )


def test_after_a_proof_a_search_is_a_new_journey(service):
    """With nothing carried over; the old one stays as it is."""
    visit = Visit.complete(service)
    before = visit.draft
    other = Visit(service, visit.find(BRAM))

    assert (visit.draft, other.draft) == (
        before,
        EctDraft(search=other.draft.search),
    )


def test_after_a_proof_a_failed_search_is_a_new_journey_too(service):
    """The proof is not lost by a slip in an old tab."""
    visit = Visit.proven(service)
    other = Visit(service, visit.find(NOBODY))

    assert (other.id != visit.id, visit.at, other.at) == (True, "name", "find")


def test_after_a_submission_a_search_is_a_new_journey(service):
    """Else the new teacher would be confirmed as the one registered before."""
    visit = Visit.complete(service)
    visit.submit()
    other = Visit(service, visit.find(BRAM))

    assert (visit.draft, other.at) == (EctDraft(), "name")


def test_a_number_is_tried_only_where_it_is_asked_for(service):
    """Neither before a search nor after a proof: TRS is not asked."""
    visit = Visit.begun(service)
    before_the_search = visit.prove(NUMBER)
    visit.find()
    after_the_proof = visit.prove(ANOTHER_NUMBER)

    assert (before_the_search, after_the_proof, visit.at, service.records.asked) == (
        visit.id,
        visit.id,
        "name",
        ["date of birth"],
    )


def test_a_number_for_a_trn_that_was_not_found_is_not_tried(service):
    """A replayed request from a search before."""
    visit = Visit.begun(service)
    visit.find(NOBODY)
    visit.prove(NUMBER)

    assert (visit.at, service.records.asked) == ("find", ["date of birth"])


def test_a_search_in_another_tab_outlives_an_answer_about_the_one_before(service):
    """The number was tried for a search that has been replaced meanwhile."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    service.records.meanwhile = lambda: visit.find(NOBODY)
    visit.prove(NUMBER)

    assert (visit.draft.search.trn, visit.at) == (NOBODY, "find")


def test_a_school_that_cannot_register_cannot_search(service):
    """TRS answers no questions of a school that has no use for the answer."""
    visit = Visit.begun(service, Actor("user-1", CLOSED))
    blocked = visit.find()

    assert (blocked.rule, service.records.asked) == (SCHOOL_CANNOT_REGISTER, [])


def test_a_school_that_closes_meanwhile_cannot_try_a_number(service):
    """The step is not shown any more."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    [closed] = [school for school in town().schools if school.urn == CLOSED]
    service.do(lambda uow: uow.schools.save(type(closed)(URN, "Larkfield", status=closed.status)))
    visit.prove(NUMBER)

    assert service.records.asked == ["date of birth"]


def test_trs_out_of_reach_changes_nothing(service):
    """It neither finds nor misses anybody, by either fact."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    before = visit.draft
    service.records.out_of_reach = True
    rules = [visit.find().rule, visit.prove(NUMBER).rule]

    assert (rules, visit.draft) == ([TRS_UNAVAILABLE, TRS_UNAVAILABLE], before)


def test_the_reason_why_trs_cannot_answer_travels_for_operators(service):
    """In the evidence; the message for schools is the same whatever the reason is."""
    visit = Visit.begun(service)
    service.records.out_of_reach = True
    blocked = visit.find()

    assert (blocked.because["what"], "why" in blocked.because) == ("TRS", True)
    assert blocked.message == TRS_UNAVAILABLE.tells


def test_a_search_says_when_trs_answered(service):
    """So that an old answer can be told from a new one."""
    visit = Visit.proven(service)

    assert visit.draft.search == Search(
        ECT_TRN, service.records.by_trn(ECT_TRN), service.clock.now()
    )


def test_no_draft_holds_a_secret(service):
    """Neither the date of birth nor the number, proven or not."""
    visit = Visit.begun(service)
    visit.find(born_on=ANOTHER_DAY)
    differs = repr(visit.look())
    visit.prove(NUMBER)
    secrets = [BORN_ON.isoformat(), repr(BORN_ON), repr(ANOTHER_DAY), NUMBER.characters]

    assert [s for s in secrets if s in differs + repr(visit.look())] == []


def test_nobody_searches_in_a_journey_that_is_not_theirs(service):
    """Nor in one that does not exist; TRS is not asked."""
    visit = Visit.begun(service)
    stranger = Visit(service, visit.id, Actor("user-2", URN))
    with pytest.raises(Gone):
        stranger.find()
    with pytest.raises(Gone):
        stranger.prove(NUMBER)
    with pytest.raises(Gone):
        find_teacher(ECT_JOURNEY, JourneyId(uuid4()), ECT_TRN, BORN_ON, visit.actor, service.ports)

    assert service.records.asked == []


def test_a_namesake_is_somebody_else(service):
    """The proof is about the TRN that was searched for."""
    service.trs_now_says(a_trs_person(), a_trs_person(trn=BRAM))
    visit = Visit.proven(service, trn=BRAM)

    assert visit.draft.search.record.trn == BRAM
