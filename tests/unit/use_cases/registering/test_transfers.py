from __future__ import annotations

from datetime import date

import attrs

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    TERM_STARTS,
    URN,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.periods.status import AtSchool, at_school
from unit.use_cases.service import USER
from unit.use_cases.town import INDEPENDENT, LAST_YEAR, OTHER_SCHOOL
from unit.use_cases.visit import Visit

A_YEAR_AGO = Period(date(2024, 9, 1))
DAY_BEFORE = date(2025, 8, 31)


def _elsewhere(service, school=OTHER_SCHOOL, **changes):
    """Asha, open at another school for a year."""
    return service.has_ect(attrs.evolve(an_ect(school=school, period=A_YEAR_AGO), **changes))


def _mentored_elsewhere(service, period):
    """The same, with training and a mentor."""
    mentor = service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=A_YEAR_AGO))
    return _elsewhere(
        service,
        trainings=(a_training(period=A_YEAR_AGO, year=LAST_YEAR),),
        mentorships=(a_mentorship(mentor, period=period),),
    )


def test_a_transfer_ends_the_period_elsewhere_the_day_before(service):
    """With its training and its mentorship."""
    _mentored_elsewhere(service, A_YEAR_AGO)
    new = service.register().ect
    old, there_now = service.ects_of(ECT_TRN)

    assert (
        there_now,
        old.period.finished_on,
        old.trainings[0].period.finished_on,
        old.mentorships[0].period.finished_on,
    ) == (new, DAY_BEFORE, DAY_BEFORE, DAY_BEFORE)


def test_the_ect_has_left_there_from_the_day_after(service):
    """And is in progress here."""
    _elsewhere(service)
    service.register(start_date="2025-09-11")
    old, new = service.ects_of(ECT_TRN)
    days = (date(2025, 9, 10), date(2025, 9, 11))

    assert ([at_school(old, day) for day in days], at_school(new, days[0])) == (
        [AtSchool.IN_PROGRESS, AtSchool.LEFT],
        AtSchool.IN_PROGRESS,
    )


def test_a_mentorship_that_would_not_have_begun_is_withdrawn(service):
    """Its row is kept."""
    _mentored_elsewhere(service, Period(TERM_STARTS))
    service.register()
    [mentorship] = service.ects_of(ECT_TRN)[0].mentorships

    assert (mentorship.withdrawn, mentorship.period) == (True, Period(TERM_STARTS))


def test_training_that_would_not_have_begun_is_withdrawn(service):
    """Its row is kept."""
    _elsewhere(service, trainings=(a_training(period=Period(TERM_STARTS)),))
    service.register()
    [training] = service.ects_of(ECT_TRN)[0].trainings

    assert (training.withdrawn, training.period) == (True, Period(TERM_STARTS))


def test_an_earlier_last_day_of_the_mentorship_stays(service):
    """The earlier of the two counts."""
    _mentored_elsewhere(service, Period(date(2024, 9, 1), date(2025, 7, 1)))
    service.register()

    assert service.ects_of(ECT_TRN)[0].mentorships[0].period.finished_on == date(2025, 7, 1)


def test_a_leaver_elsewhere_leaves_sooner(service):
    """A last day to come is brought forward."""
    _elsewhere(service, period=Period(date(2024, 9, 1), date(2025, 12, 31)))
    service.register()

    assert service.ects_of(ECT_TRN)[0].period.finished_on == DAY_BEFORE


def test_a_leaver_elsewhere_may_leave_before_the_start(service):
    """Their last day stays when it is early enough."""
    _elsewhere(service, period=Period(date(2024, 9, 1), date(2025, 9, 20)))
    service.register(start_date="2025-10-01")

    assert service.ects_of(ECT_TRN)[0].period.finished_on == date(2025, 9, 20)


def test_a_leaver_elsewhere_who_has_gone_is_left_alone(service):
    """Only open periods are ended."""
    before = _elsewhere(service, period=Period(date(2024, 9, 1), date(2025, 7, 31)))
    service.register()

    assert service.ects_of(ECT_TRN)[0] == before


def test_somebody_completed_elsewhere_and_open_is_transferred(service):
    """Completed counts at their own school only."""
    _elsewhere(service, completed=True)
    service.register()
    old, _ = service.ects_of(ECT_TRN)

    assert (old.completed, old.period.finished_on) == (True, DAY_BEFORE)


def test_the_first_day_elsewhere_is_too_early(service):
    """One person cannot be trained at two schools on one day."""
    _elsewhere(service)
    outcomes = [service.check(start_date=day).outcome for day in ("2024-09-01", "2024-09-02")]

    assert (outcomes[0].rule.id, outcomes[0].because["earliest"], hasattr(outcomes[1], "ect")) == (
        "overlaps-previous",
        "2024-09-02",
        True,
    )


def test_of_several_periods_only_open_ones_are_ended(service):
    """And all count for overlaps."""
    _elsewhere(service, INDEPENDENT, period=Period(date(2023, 9, 1), date(2024, 7, 31)))
    gone = service.ects_of(ECT_TRN)
    _elsewhere(service, period=Period(date(2024, 9, 1), date(2025, 12, 31)))
    _elsewhere(service, INDEPENDENT, period=Period(date(2026, 1, 1)))
    refused = service.register(start_date="2026-01-01")
    service.register(start_date="2026-01-02")
    first, second, third, fourth = service.ects_of(ECT_TRN)

    assert (
        refused.because["earliest"],
        [first],
        second.period.finished_on,
        third.period,
        fourth.school,
    ) == (
        "2026-01-02",
        gone,
        date(2025, 12, 31),
        Period(date(2026, 1, 1), date(2026, 1, 1)),
        URN,
    )


def test_the_history_of_the_other_school_says_why(service):
    """Who ended it, under which rule, and what it was before."""
    before = _elsewhere(service)
    service.register()
    [change] = service.history(OTHER_SCHOOL)

    assert (
        change.actor,
        change.what,
        change.rules,
        change.about,
        dict(change.before),
        dict(change.after),
    ) == (
        USER,
        What.ECT_TRANSFERRED,
        ("transfer-ends-previous",),
        before.id,
        {"finished_on": None},
        {"finished_on": "2025-08-31"},
    )


def test_an_earlier_last_day_is_in_the_history_too(service):
    """As it was."""
    _elsewhere(service, period=Period(date(2024, 9, 1), date(2025, 12, 31)))
    service.register()
    [change] = service.history(OTHER_SCHOOL)

    assert dict(change.before) == {"finished_on": "2025-12-31"}


def test_an_ect_who_changes_school_may_keep_or_change_the_email(service):
    """Their own is never in use for another person."""
    _elsewhere(service)

    assert service.register(email="asha@larkfield.example.org").ect.email == Email(
        "asha@larkfield.example.org"
    )


def test_somebody_who_returns_gets_a_new_record(service):
    """The old one is left as it is."""
    before = service.has_ect(an_ect(period=Period(date(2024, 9, 1), date(2025, 7, 31))))
    after = service.register().ect

    assert (service.ects_of(ECT_TRN), before.id != after.id) == ([before, after], True)


def test_a_mentor_may_be_registered_as_an_ect(service):
    """Here too; the mentor period stays as it is."""
    mentor = service.has_mentor(a_mentor(teacher=an_ect().teacher))
    service.register(email="joan.thackeray@example.org")
    with service.store.reading() as uow:
        [still] = uow.mentors.of_people([ECT_TRN, MENTOR_TRN])

    assert still == mentor


def test_the_previous_school_is_shown_before_the_questions(service):
    """The latest one, with what was last known; the school acknowledges it."""
    _elsewhere(service, INDEPENDENT, period=Period(date(2023, 9, 1), date(2024, 7, 31)))
    latest = _elsewhere(service)
    visit = Visit.complete(service)
    case = visit.look().decided.case

    assert (case.previous_elsewhere, visit.look().decided.progress.path[1].id, visit.at) == (
        latest,
        "registered-before",
        "check-answers",
    )
