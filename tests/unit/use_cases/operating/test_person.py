from __future__ import annotations

from datetime import date

from builders import ECT_TRN, MENTOR_TRN, a_change, a_trs_person
from ect_registration.domain.attempts import Attempted
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.records.kept_data import is_about
from ect_registration.domain.records.trs_lookup import TrsLookup
from ect_registration.domain.values import Trn
from ect_registration.use_cases.following.refresh import refresh
from ect_registration.use_cases.journeys.saved_journeys import fresh_journey
from ect_registration.use_cases.journeys.teacher_search import search_on_a_page
from ect_registration.use_cases.operating.person import everything_about, history_of
from unit.use_cases.service import ACTOR

OLD = Trn("7000001")


def test_everything_about_an_ect(service, ect, mentor):
    """Their periods with all that belongs to them, what happened, and who looked in vain."""
    service.trs_now_says(a_trs_person())
    search_on_a_page(service.ports, ACTOR, ECT_TRN, date(1990, 1, 1))
    change = a_change()
    service.do(lambda uow: uow.history.add([change, a_change(trn=MENTOR_TRN)]))
    service.do(lambda uow: uow.teachers.merge(OLD, ECT_TRN))
    held = everything_about(OLD, service.ports)

    assert held.trns == sorted([OLD, ECT_TRN])
    assert (held.teachers, held.ects) == ([ect.teacher], [ect])
    assert held.email_addresses == [ect.email.key]
    assert (held.mentors, held.mentored, held.mentor_training) == ([], [], [])
    assert held.history == history_of(OLD, service.ports) == [change]
    assert [(a.what, a.trn) for a in held.wrong_facts] == [(Attempted.WRONG_FACT, ECT_TRN)]
    assert not held.is_nothing
    assert mentor.id in {each.mentor for each in held.ects[0].mentorships}


def test_everything_about_a_mentor(service, ect, mentor):
    """Whom they mentor, and what is known of their training."""
    training = MentorTrainingHistory(MENTOR_TRN, early_roll_out=True)
    service.do(lambda uow: uow.mentors.save_training_history(training))
    held = everything_about(MENTOR_TRN, service.ports)

    assert (held.mentors, held.mentored, held.ects) == ([mentor], [ect], [])
    assert held.mentor_training == [training]


def test_when_trs_was_asked_of_somebody_is_kept_about_them(service, ect):
    """By a run that looks everybody up; nothing for whoever was never looked up."""
    assert everything_about(ECT_TRN, service.ports).trs_lookups == []
    service.trs_now_says(a_trs_person())
    list(refresh("operator:test", service.ports))

    assert everything_about(ECT_TRN, service.ports).trs_lookups == [
        TrsLookup(ECT_TRN, service.clock.now())
    ]


def test_nothing_about_anybody_else(service, ect):
    """The TRN that was asked for is no record."""
    assert everything_about(OLD, service.ports).is_nothing
    assert not everything_about(ect.teacher.trn, service.ports).is_nothing
    assert history_of(OLD, service.ports) == []


def test_a_journey_without_a_search_is_about_nobody(service, ect, mentor):
    """Nothing has been typed; or two people are named by their ids."""
    drafts = (EctDraft(), AssignmentDraft(ect.id, mentor.id))
    about = [
        is_about(fresh_journey(ACTOR, draft, service.ports), {ECT_TRN, MENTOR_TRN})
        for draft in drafts
    ]

    assert about == [False, False]
