"""Situations in which a school may want to change something of a mentor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs

from builders import (
    MENTOR_TRN,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.changing.leaving import report_mentor_leaving
from ect_registration.use_cases.changing.undo.undoing import undo_mentor
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from unit.changing.situations.situation import A_YEAR_AGO, SUMMER, THERE, Situation, a_town
from unit.use_cases.mentoring import a_provider_led_ect, registers, the_assignment
from unit.use_cases.service import ACTOR, USER, Service
from unit.use_cases.town import LAST_YEAR, NO_LONGER, OLD_TRN, OTHER_SCHOOL, RETAINED_TRN

OCTOBER, NOVEMBER, DECEMBER = date(2025, 10, 24), date(2025, 11, 3), date(2025, 12, 1)
NEXT_YEAR_BEGINS = date(2026, 9, 1)
CLEO, DANA, EMMA = (Trn(f"100000{number}") for number in (3, 4, 6))


def _here(service: Service, ect: Any, **document: object) -> Situation:
    """Registered for this ECT."""
    return Situation(service, registers(service, ect, **document).mentor.id, ect.school)


def _confirms(service: Service) -> None:
    report_partnership(a_partnership(), USER, service.ports)


def waiting() -> Situation:
    """Registered today; the lead provider has not confirmed."""
    return _here(service := a_town(), service.register().ect)


def confirmed() -> Situation:
    """For a month; the lead provider has confirmed."""
    here = waiting()
    _confirms(here.service)
    here.service.clock.wait(days=30)
    return here


def for_an_ect_to_come() -> Situation:
    """The ECT begins in October, and so do mentorship and training."""
    service = a_town()
    return _here(service, service.register(start_date="2025-10-24").ect)


def for_an_ect_who_is_leaving() -> Situation:
    """The mentorship ends with the ECT's period."""
    service, period = a_town(), Period(date(2025, 9, 1), OCTOBER)
    ect = service.has_ect(
        a_provider_led_ect(period=period, trainings=(a_training(period=period),))
    )
    return _here(service, ect)


def of_two_ects() -> Situation:
    """The second was given to them a month later."""
    here = confirmed()
    other = here.service.register(trn="1000002", email="bram@example.org").ect
    assign_mentor(the_assignment(other, here.row), USER, here.service.ports)
    return here


def to_come() -> Situation:
    """From October on; they had been a mentor here before."""
    service = a_town()
    service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, SUMMER)))
    return _here(service, service.register().ect, start_date="2025-10-24")


def brought_in() -> Situation:
    """Without training, address and the day of registration, for an ECT who was there before."""
    service = a_town()
    mentor = service.has_mentor(a_mentor(email=None))
    service.has_ect(an_ect(period=Period(A_YEAR_AGO), mentorships=(a_mentorship(mentor),)))
    return Situation(service, mentor.id)


def of_last_year() -> Situation:
    """Trained by a lead provider that works no longer."""
    service = a_town()
    training = a_training(period=Period(A_YEAR_AGO), year=LAST_YEAR, lead_provider=NO_LONGER)
    mentor = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO), trainings=(training,)))
    return Situation(service, mentor.id)


def trained_before() -> Situation:
    """The training is over."""
    service = a_town()
    training = a_training(period=Period(A_YEAR_AGO, SUMMER), year=LAST_YEAR)
    mentor = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO), trainings=(training,)))
    return Situation(service, mentor.id)


def whose_training_ends_sooner() -> Situation:
    """It goes on until the end of the month."""
    service = a_town()
    training = a_training(period=Period(date(2025, 9, 1), date(2025, 9, 30)))
    mentor = service.has_mentor(a_mentor(trainings=(training,)))
    return Situation(service, mentor.id)


def was_there(service: Service, last_day: date | None = None, trn: Trn = MENTOR_TRN) -> None:
    """At another school since last year, in training, for ECTs before, now and to come."""
    period = Period(A_YEAR_AGO, last_day)
    mentor = service.has_mentor(
        a_mentor(
            school=OTHER_SCHOOL,
            teacher=Teacher(trn, "Joan Thackeray"),
            email=Email("asha.there@example.org"),
            period=period,
            trainings=(a_training(period=period, year=LAST_YEAR),),
        )
    )
    for ect, first, last in (
        (CLEO, A_YEAR_AGO, last_day),
        (DANA, NOVEMBER, last_day),
        (EMMA, A_YEAR_AGO, date(2024, 12, 20)),
    ):
        mentorships = (a_mentorship(mentor, period=Period(first, last)),)
        service.has_ect(
            an_ect(
                school=OTHER_SCHOOL,
                teacher=Teacher(ect, f"Teacher {ect}"),
                email=Email(f"{ect}@example.org"),
                period=Period(A_YEAR_AGO),
                mentorships=mentorships,
            )
        )


def only_here() -> Situation:
    """From the end of October on, instead of at another school."""
    was_there(service := a_town())
    return _here(service, service.register().ect, only_here=True, start_date="2025-10-24")


def only_here_long_ago() -> Situation:
    """From the first day of term on; the other school's address is used by another by now."""
    was_there(service := a_town())
    here = _here(service, service.register().ect, only_here=True, start_date="2025-09-01")
    service.clock.wait(days=20)
    taken = Email("asha.there@example.org")
    teacher = Teacher(Trn("1000005"), "Eli Quill")
    service.has_ect(an_ect(teacher=teacher, email=taken))
    return here


def only_here_before_the_last_day_there() -> Situation:
    """The other school had reported a last day in December."""
    was_there(service := a_town(), DECEMBER)
    return _here(service, service.register().ect, only_here=True, start_date="2025-10-24")


def only_here_and_left_sooner() -> Situation:
    """The other school has corrected the last day to an earlier one."""
    here = only_here()
    [there] = [m for m in here.state.mentors.values() if m.school == OTHER_SCHOOL]
    report_mentor_leaving(there.id, date(2025, 10, 10), THERE, here.service.ports)
    return here


def only_here_and_succeeded() -> Situation:
    """Somebody else mentors one of the ECTs there since the day after."""
    here = only_here()
    service = here.service
    other = Teacher(Trn("2000009"), "Nia Vale")
    nia = a_mentor(school=OTHER_SCHOOL, teacher=other, email=None, period=Period(A_YEAR_AGO))
    service.has_mentor(nia)
    [ect] = [ect for ect in here.state.ects.values() if ect.teacher.trn == CLEO]
    mentorship = a_mentorship(nia, period=Period(OCTOBER))
    after = attrs.evolve(ect, mentorships=(*ect.mentorships, mentorship))
    service.do(lambda uow: uow.ects.change(ect, after))
    return here


def _replaces(last_day: date | None) -> Situation:
    """From the end of October on, somebody who mentors the ECT until then."""
    service = a_town()
    nia = Teacher(Trn("2000009"), "Nia Vale")
    nia = a_mentor(teacher=nia, email=None, period=Period(A_YEAR_AGO, last_day))
    service.has_mentor(nia)
    service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, SUMMER)))
    mentorship = a_mentorship(nia, period=Period(date(2025, 9, 1), last_day))
    ect = service.has_ect(a_provider_led_ect(mentorships=(mentorship,)))
    return _here(service, ect, replace=True, start_date="2025-10-24")


def replacing_another() -> Situation:
    """Who would have stayed."""
    return _replaces(None)


def replacing_one_who_leaves() -> Situation:
    """Who leaves the day before."""
    return _replaces(date(2025, 10, 23))


def replacing_one_who_would_leave_later() -> Situation:
    """In December."""
    return _replaces(DECEMBER)


def at_two_schools() -> Situation:
    """Here as well as there."""
    was_there(service := a_town())
    return _here(service, service.register().ect, only_here=False, start_date="2025-09-10")


def merged() -> Situation:
    """Known at the other school under a TRN that was merged into this one."""
    service = a_town()
    was_there(service, trn=OLD_TRN)
    service.do(lambda uow: uow.teachers.save(Teacher(RETAINED_TRN, "Olga Latter")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    document = {"trn": str(RETAINED_TRN), "only_here": True, "start_date": "2025-10-24"}
    return _here(service, service.register().ect, **document)


def leaving() -> Situation:
    """The last day is in November."""
    here = confirmed()
    report_mentor_leaving(here.id, NOVEMBER, ACTOR, here.service.ports)
    return here


def left() -> Situation:
    """The last day has passed."""
    here = leaving()
    here.service.clock.turn_to(date(2025, 11, 4))
    return here


def undone() -> Situation:
    """The registration was a mistake."""
    here = waiting()
    undo_mentor(here.id, ACTOR, here.service.ports)
    return here


def of_another_school() -> Situation:
    """Asked about by a stranger."""
    return attrs.evolve(waiting(), school=OTHER_SCHOOL)


SITUATIONS: dict[str, Callable[[], Situation]] = {
    make.__name__.replace("_", " "): make
    for make in (
        waiting,
        confirmed,
        for_an_ect_to_come,
        for_an_ect_who_is_leaving,
        of_two_ects,
        to_come,
        brought_in,
        of_last_year,
        trained_before,
        whose_training_ends_sooner,
        only_here,
        only_here_long_ago,
        only_here_before_the_last_day_there,
        only_here_and_left_sooner,
        only_here_and_succeeded,
        replacing_another,
        replacing_one_who_leaves,
        replacing_one_who_would_leave_later,
        at_two_schools,
        merged,
        leaving,
        left,
        undone,
        of_another_school,
    )
}
