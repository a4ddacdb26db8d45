"""What leaving and changes would come to, which pages show before anything is written."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs

from builders import LEAD_PROVIDER, MENTOR_TRN, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.drafts.change_draft import EctChangeDraft, MentorChangeDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.effects import Part
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.training import Programme, TrainingId
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.journeys.change_ect import CHANGE_ECT
from ect_registration.journeys.engine import amend
from ect_registration.use_cases.changing.change_documents import change_ect_by
from ect_registration.use_cases.changing.change_ect import change_ect, walk_ect_change
from ect_registration.use_cases.changing.change_mentor import change_mentor, walk_mentor_change
from ect_registration.use_cases.changing.leaving import (
    look_at_ect_leaving,
    look_at_mentor_leaving,
    report_ect_leaving,
)
from ect_registration.use_cases.changing.undo.undoing import undo_mentor
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.leavers import IN_OCTOBER, mentor_leaves, the_ect, the_mentor
from unit.use_cases.mentoring import (
    a_school_led_ect,
    an_ect_without_programme,
    registers,
)
from unit.use_cases.service import ACTOR, USER, Service
from unit.use_cases.town import OTHER_SCHOOL, THIS_YEAR_ONLY, town

FIRST = date(2025, 9, 1)


def test_leaving_of_an_ect_is_looked_at_first(service, ect):
    """Everything that ends with the period, and nothing is written."""
    seen = look_at_ect_leaving(ect.id, IN_OCTOBER, ACTOR, service.ports)

    assert [(each.part, each.after) for each in seen.effects] == [
        (part, Period(FIRST, IN_OCTOBER)) for part in (Part.PERIOD, Part.TRAINING, Part.MENTORSHIP)
    ]
    assert the_ect(service) == ect
    assert look_at_ect_leaving(ect.id, None, ACTOR, service.ports).effects == []


def test_leaving_of_a_mentor_is_looked_at_first(service, ect, mentor):
    """Their training and every mentorship end with it; the same day again is nothing to do."""
    seen = look_at_mentor_leaving(mentor.id, IN_OCTOBER, ACTOR, service.ports)
    mentor_leaves(service, mentor, IN_OCTOBER)
    lines = service.history()
    again = mentor_leaves(service, mentor, IN_OCTOBER)

    assert [(each.part, each.person) for each in seen.effects] == [
        (Part.PERIOD, "Joan Thackeray"),
        (Part.TRAINING, "Joan Thackeray"),
        (Part.MENTORSHIP, the_ect(service).teacher.name),
    ]
    assert again == the_mentor(service)
    assert service.history() == lines


def test_a_record_without_an_address_can_leave(service):
    """There is no address to keep."""
    ect = service.has_ect(an_ect(email=None))

    assert report_ect_leaving(ect.id, IN_OCTOBER, ACTOR, service.ports).email is None


def test_an_answer_that_changes_forgets_what_hangs_on_it(service):
    """As in every journey: another programme makes the lead provider void."""
    ect = service.register().ect
    asked = frozenset({"programme", "lead-provider"})
    provider_led = EctChangeDraft(
        ect.id, asked, programme=ect.programme, lead_provider=THIS_YEAR_ONLY
    )
    school_led = attrs.evolve(provider_led, programme=Programme.SCHOOL_LED)
    (before, _), (after, _) = (
        walk_ect_change(each, ACTOR, service.ports) for each in (provider_led, school_led)
    )
    settled = amend(CHANGE_ECT, before, after)

    assert settled.changes.lead_provider is None
    assert settled.forgetting(()) is settled
    assert settled.answer("programme") is Programme.SCHOOL_LED


def test_a_mentors_answer_can_be_forgotten(service, mentor):
    """It is unanswered then."""
    changes = MentorChangeDraft(mentor.id, frozenset({"email"}), email=Email("n@example.org"))
    case, _ = walk_mentor_change(changes, ACTOR, service.ports)

    assert case.answer("email") == Email("n@example.org")
    assert case.forgetting(("email",)).changes.email is None
    assert case.forgetting(()) is case


def test_another_schools_records_are_not_changed(service, ect, mentor):
    """A record of another school is as unknown as one that does not exist."""
    there = Actor(USER, OTHER_SCHOOL)
    changes = EctChangeDraft(ect.id, frozenset({"email"}), email=Email("n@example.org"))
    of_mentor = MentorChangeDraft(mentor.id, frozenset({"email"}), email=Email("n@example.org"))
    blocked = [
        change_ect(changes, there, service.ports),
        change_mentor(of_mentor, there, service.ports),
        change_ect(attrs.evolve(changes, ect=EctId(uuid4())), ACTOR, service.ports),
    ]

    assert {each.rule.id for each in blocked} == {"own-school-only"}


def test_an_expected_year_moves_without_training_too():
    """A record that was brought in without a programme has none to move."""
    service = Service.of(town(open_next_year=True))
    ect = service.has_ect(an_ect_without_programme())
    document = {"school": str(ect.school), "start_date": "2026-09-01"}
    moved = change_ect_by(ect.id, document, USER, service.ports).ect

    assert moved.registration.expected_training_start_year == AcademicYear(2026)
    assert moved.trainings == ()


def test_a_mentor_who_cannot_get_funded_training_is_not_set_up(service):
    """A change to provider-led leaves them as they are."""
    joan = service.has_mentor(a_mentor())
    ect = service.has_ect(a_school_led_ect(mentorships=(a_mentorship(joan),)))
    history = MentorTrainingHistory(MENTOR_TRN, early_roll_out=True)
    service.do(lambda uow: uow.mentors.save_training_history(history))
    document = {
        "school": str(ect.school),
        "programme": "provider_led",
        "lead_provider": LEAD_PROVIDER,
    }
    done = change_ect_by(ect.id, document, USER, service.ports)

    assert (done.mentors, done.mentor_training) == ((), TrainingThen.NOT_ELIGIBLE)


def test_a_mentors_open_training_stays_whatever_is_known_of_earlier_training(service):
    """A change to provider-led says what assigning the mentor would say."""
    joan = service.has_mentor(a_mentor(trainings=(a_training(id=TrainingId(uuid4())),)))
    ect = service.has_ect(a_school_led_ect(mentorships=(a_mentorship(joan),)))
    history = MentorTrainingHistory(MENTOR_TRN, completed_on=date(2025, 9, 5))
    service.do(lambda uow: uow.mentors.save_training_history(history))
    document = {
        "school": str(ect.school),
        "programme": "provider_led",
        "lead_provider": LEAD_PROVIDER,
    }
    done = change_ect_by(ect.id, document, USER, service.ports)

    assert (done.mentors, done.mentor_training) == ((), TrainingThen.STAYS)


def test_undoing_a_mentor_leaves_those_they_do_not_mentor_any_more(service):
    """Whoever had them before another mentor keeps that one, and addresses may be missing."""
    service.has_mentor(
        a_mentor(
            school=OTHER_SCHOOL, email=None, period=Period(date(2024, 9, 1), date(2025, 7, 31))
        )
    )
    ect = service.has_ect(a_school_led_ect())
    joan = registers(service, ect, start_date="2025-09-10").mentor
    undo_mentor(joan.id, ACTOR, service.ports)

    assert the_ect(service).mentorships[0].withdrawn
