"""`mentor-change`: what a change of mentor comes to is shown first, and saved as it was shown."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    TERM_STARTS,
    TODAY,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_training,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.domain.values import Trn
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from ect_registration.use_cases.registering.assign_mentor import assign_mentor, submit_assignment
from unit.use_cases.mentoring import (
    a_provider_led_ect,
    a_school_led_ect,
    assigns,
    the_assignment,
)
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_SCHOOL
from unit.use_cases.visit import AssignmentVisit

YESTERDAY, LAST_DAY, NEXT_TERM = TODAY - timedelta(1), date(2025, 10, 17), date(2026, 1, 5)
OLA_TRN = Trn("2000002")


@pytest.fixture
def joan(service):
    """Who mentors the ECT now."""
    return service.has_mentor(a_mentor())


@pytest.fixture
def ola(service):
    """Who takes over, and has no training yet."""
    return service.has_mentor(_ola())


def _ola(**changes):
    teacher, email = Teacher(OLA_TRN, "Ola Eden"), Email("ola@example.org")
    return attrs.evolve(a_mentor(teacher=teacher, email=email, trainings=()), **changes)


def _mentored(service, by, make=a_provider_led_ect, until=None):
    mentorship = a_mentorship(by, period=Period(TERM_STARTS, until))
    return service.has_ect(make(mentorships=(mentorship,)))


def _change(service, ect, mentor):
    visit = AssignmentVisit.of(service, ect, mentor, replace=True)
    visit.go_on()
    return visit


def test_a_change_shows_who_mentors_until_when_and_who_from_when(service, joan, ola):
    """With the training that begins."""
    ect = _mentored(service, joan)
    visit = _change(service, ect, ola)
    shown = visit.preview
    [replaced] = shown.replaces

    assert visit.at == "check-answers"
    assert (shown.ect, shown.name) == ("Asha Marlowe", "Ola Eden")
    assert (replaced.name, replaced.started_on, replaced.finished_on) == (
        "Joan Thackeray",
        TERM_STARTS,
        YESTERDAY,
    )
    assert (shown.mentors_from, shown.mentors_until, shown.without_mentor) == (TODAY, None, ())
    assert (shown.training, shown.lead_provider) == (TrainingThen.BEGINS, LEAD_PROVIDER)


def test_what_is_saved_is_what_was_shown(service, joan, ola):
    """The preview comes from the records that are written."""
    visit = _change(service, _mentored(service, joan), ola)
    shown = visit.preview
    outcome = visit.submit(shown)
    [before, after] = service.ects_of()[0].mentorships

    assert outcome.preview == shown
    assert (before.period.finished_on, after.period) == (YESTERDAY, Period(TODAY))


def test_nothing_is_saved_that_was_not_shown(service, joan, ola):
    """Neither without a page that showed it, nor once it has changed."""
    ect = _mentored(service, joan)
    visit = _change(service, ect, ola)
    unseen = submit_assignment(visit.id, visit.actor, service.ports)
    shown = attrs.evolve(visit.preview, mentors_until=LAST_DAY)
    changed = visit.submit(shown)

    assert (unseen.rule.id, unseen.because) == ("saved-as-shown", {"changed": "replaces"})
    assert (changed.rule.id, changed.because) == ("saved-as-shown", {"changed": "mentors_until"})
    assert service.ects_of() == [ect]


def test_days_without_a_mentor_are_shown(service, ola):
    """Between a mentor who leaves and one who comes, and the leaver stays until they leave."""
    leaving = service.has_mentor(a_mentor(period=Period(TERM_STARTS, LAST_DAY)))
    coming = service.has_mentor(
        _ola(id=MentorId(uuid4()), teacher=Teacher(Trn("2000003"), "Kit"), email=None,
             period=Period(NEXT_TERM))
    )  # fmt: skip
    ect = _mentored(service, leaving, until=LAST_DAY)
    shown = _change(service, ect, coming).preview

    assert [each.finished_on for each in shown.replaces] == [LAST_DAY]
    assert shown.without_mentor == (Period(date(2025, 10, 18), date(2026, 1, 4)),)


def test_a_mentor_who_goes_on_mentors_since_they_began(service, joan, ola):
    """Who is chosen again instead of the one to come."""
    now = a_mentorship(joan, period=Period(TERM_STARTS, LAST_DAY))
    coming = attrs.evolve(a_mentorship(ola, period=Period(date(2025, 10, 18))), id=uuid4())
    ect = service.has_ect(a_school_led_ect(mentorships=(now, coming)))
    shown = _change(service, ect, joan).preview

    assert (shown.mentors_from, shown.mentors_until) == (TERM_STARTS, None)
    assert [(each.name, each.finished_on) for each in shown.replaces] == [("Ola Eden", None)]


def test_training_that_is_set_up_stays(service, joan):
    """With its lead provider, for a school-led ECT as well."""
    service.do(lambda uow: uow.partnerships.add(a_partnership()))
    confirmed = a_training(delivery_partner=DELIVERY_PARTNER)
    trained = service.has_mentor(_ola(trainings=(confirmed,)))
    ect = _mentored(service, joan, a_school_led_ect)
    shown = _change(service, ect, trained).preview
    document = the_assignment(ect, trained, replace=True)
    outcome = assign_mentor(document, USER, service.ports, dry_run=True)

    assert (shown.training, shown.lead_provider) == (TrainingThen.STAYS, LEAD_PROVIDER)
    assert (outcome.delivery_partner, shown.delivery_partner) == (DELIVERY_PARTNER, None)


def test_who_cannot_be_trained_is_shown(service, joan, ola):
    """They mentor all the same."""
    known = MentorTrainingHistory(OLA_TRN, early_roll_out=True)
    load_mentor_training([known], USER, service.ports)
    ect = _mentored(service, joan)

    assert _change(service, ect, ola).preview.training is TrainingThen.NOT_ELIGIBLE


def test_for_a_school_led_ect_none_begins(service, joan, ola):
    """It may with a later, provider-led one."""
    shown = _change(service, _mentored(service, joan, a_school_led_ect), ola).preview

    assert (shown.training, shown.lead_provider) == (TrainingThen.NONE, None)


def test_training_after_a_mentors_time_here_is_not_shown(service, joan):
    """Nor with whom it will be."""
    leaver = service.has_mentor(_ola(period=Period(TERM_STARTS, LAST_DAY)))
    elsewhere = a_training(period=Period(NEXT_TERM))
    service.has_mentor(
        _ola(id=MentorId(uuid4()), school=OTHER_SCHOOL, period=Period(NEXT_TERM),
             trainings=(elsewhere,))
    )  # fmt: skip
    shown = _change(service, _mentored(service, joan), leaver).preview

    assert (shown.training, shown.lead_provider) == (TrainingThen.NONE, None)


def test_a_first_mentor_ends_the_journey_without_anything_to_check(service, ola):
    """Nobody is replaced."""
    ect = service.has_ect(a_school_led_ect())
    visit = AssignmentVisit.of(service, ect, ola)
    at, outcome = visit.at, visit.submit()

    assert (at, outcome.preview.replaces) == ("done", ())


def test_a_document_says_what_a_dry_run_would_replace(service, joan, ola):
    """Both show what check answers shows, and a dry run saves nothing."""
    ect = _mentored(service, joan)
    document = the_assignment(ect, ola, replace=True)
    would = assign_mentor(document, USER, service.ports, dry_run=True)
    before = service.ects_of()
    done = assigns(service, ect, ola, replace=True)

    assert (would.preview, before) == (done.preview, [ect])
    assert [each.name for each in would.preview.replaces] == ["Joan Thackeray"]
