"""ECTs who come from another school, or go to one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    THIS_YEAR,
    a_mentor,
    a_mentorship,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.use_cases.changing.leaving import report_ect_leaving
from unit.changing.situations.situation import (
    A_YEAR_AGO,
    SUMMER,
    THERE,
    Situation,
    a_town,
    confirms,
    open_year,
    registered,
)
from unit.use_cases.service import Service
from unit.use_cases.town import (
    LAST_YEAR,
    OLD_TRN,
    OTHER_SCHOOL,
    RETAINED_TRN,
)

EASTER, DECEMBER = date(2025, 4, 1), date(2025, 12, 1)


def was_there(service: Service, last_day: date | None = None, trn: Trn = ECT_TRN) -> None:
    """At another school since last year, in training and mentored."""
    period = Period(A_YEAR_AGO, last_day)
    teacher = Teacher(MENTOR_TRN, "Joan Thackeray")
    mentor = a_mentor(school=OTHER_SCHOOL, teacher=teacher, period=Period(A_YEAR_AGO))
    service.has_mentor(mentor)
    service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            teacher=Teacher(trn, "Asha Marlowe"),
            email=Email("asha.there@example.org"),
            period=period,
            trainings=(
                a_training(period=Period(A_YEAR_AGO, EASTER), year=LAST_YEAR),
                a_training(period=Period(date(2025, 4, 2), last_day), year=LAST_YEAR),
            ),
            mentorships=(a_mentorship(mentor, period=period),),
        )
    )


def transferred() -> Situation:
    """From October on, from another school, which had not known of a last day."""
    was_there(service := a_town())
    return registered(service, start_date="2025-10-24")


def transferred_long_ago() -> Situation:
    """On the first day of term; the period there is over, and its address is used by another."""
    was_there(service := a_town())
    here = registered(service)
    service.clock.wait(days=20)
    taken = Email("asha.there@example.org")
    service.has_ect(an_ect(teacher=Teacher(Trn("1000003"), "Cleo Quill"), email=taken))
    return here


def transferred_before_the_last_day() -> Situation:
    """The other school had reported a last day in December."""
    was_there(service := a_town(), DECEMBER)
    return registered(service, start_date="2025-10-24")


def transferred_and_left_sooner() -> Situation:
    """The other school has corrected the last day that the transfer made, to an earlier one."""
    here = transferred()
    [there, _] = here.service.ects_of(ECT_TRN)
    report_ect_leaving(there.id, date(2025, 10, 10), THERE, here.service.ports)
    return here


def came_after_leaving() -> Situation:
    """The other school's record was over before."""
    was_there(service := a_town(), SUMMER)
    return registered(service)


def merged() -> Situation:
    """Transferred from a school that knew them under a TRN that was merged into this one."""
    service = a_town()
    was_there(service, trn=OLD_TRN)
    return registered(service, trn=str(RETAINED_TRN), start_date="2025-10-24")


def transferred_away() -> Situation:
    """Another school has registered them from November on."""
    here = registered(a_town())
    confirms(here.service)
    service = here.service
    service.register(school=str(OTHER_SCHOOL), start_date="2025-11-03", email="new@example.org")
    return here


def on_29_february() -> Situation:
    """A transfer on the last day of February in a leap year; four months later is 29 June."""
    was_there(service := a_town())
    service.clock.turn_to(date(2028, 2, 29))
    open_year(service, THIS_YEAR.plus(2))
    led = {"programme": "school_led", "lead_provider": None}
    return registered(service, start_date="2028-02-29", **led)


MOVES: dict[str, Callable[[], Situation]] = {
    make.__name__.replace("_", " "): make
    for make in (
        transferred,
        transferred_long_ago,
        transferred_before_the_last_day,
        transferred_and_left_sooner,
        came_after_leaving,
        merged,
        transferred_away,
        on_29_february,
    )
}
