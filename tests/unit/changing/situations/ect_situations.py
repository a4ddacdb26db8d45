"""Situations in which a school may want to change something of an ECT."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import attrs

from builders import (
    MENTOR_TRN,
    TODAY,
    URN,
    a_mentor,
    a_mentorship,
    a_school,
    a_training,
    an_ect,
    choices,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.change_draft import EctChangeDraft
from ect_registration.domain.people.ect import Registration
from ect_registration.domain.people.mentor import MentorAtSchool, MentorTrainingHistory
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.school import DeliveryPartner, Pairing, Partnership, SchoolStatus
from ect_registration.use_cases.changing.change_ect import change_ect
from ect_registration.use_cases.changing.leaving import report_ect_leaving
from ect_registration.use_cases.changing.undo.undoing import undo_ect
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from unit.changing.situations.moving_situations import MOVES
from unit.changing.situations.situation import (
    A_YEAR_AGO,
    Situation,
    a_town,
    confirms,
    registered,
)
from unit.use_cases.mentoring import a_school_led_ect, registers
from unit.use_cases.reference_rows import CLOSED_DAYS, change
from unit.use_cases.service import ACTOR
from unit.use_cases.town import (
    INDEPENDENT,
    ISTIP,
    LAST_YEAR,
    NO_LONGER,
    OTHER_PARTNER,
    OTHER_SCHOOL,
    THIS_YEAR_ONLY,
)

EASTER, OCTOBER, DECEMBER = date(2025, 4, 1), date(2025, 10, 24), date(2025, 12, 1)
NEXT_YEAR_BEGINS = date(2026, 9, 1)


def waiting() -> Situation:
    """Registered today for this term; no lead provider has confirmed."""
    return registered(a_town())


def confirmed() -> Situation:
    """The lead provider has confirmed."""
    here = registered(a_town())
    confirms(here.service)
    return here


def next_year_closed() -> Situation:
    """The next academic year is not open for registration."""
    return registered(a_town(open_next_year=False), start_date="2026-08-31")


def of_next_year() -> Situation:
    """Begins on the first day of the next academic year."""
    here = registered(a_town(), start_date="2026-09-01")
    confirms(here.service)
    return here


def to_come() -> Situation:
    """Begins in October, with a mentor from the first day."""
    here = registered(a_town(), start_date="2025-10-24")
    confirms(here.service)
    registers(here.service, here.row)
    return here


def mentored() -> Situation:
    """A new mentor, who is trained for this ECT, and a partnership."""
    service = a_town()
    confirms(service)
    here = registered(service)
    registers(service, here.row)
    service.clock.wait(days=30)
    return here


def on_the_last_day_of_a_year() -> Situation:
    """Registered on 31 August for the day after: training is expected in the year to come."""
    service = a_town()
    service.clock.turn_to(date(2026, 8, 31))
    return registered(service, start_date="2026-09-01")


def of_last_year() -> Situation:
    """Confirmed with a lead provider that works no longer, and an appropriate body that closes."""
    service = a_town()
    pairing = Pairing(NO_LONGER, OTHER_PARTNER, LAST_YEAR)
    partner = DeliveryPartner(OTHER_PARTNER, frozenset({pairing}))
    service.do(lambda uow: uow.offers.save_delivery_partner(partner))
    partnership = Partnership(URN, NO_LONGER, OTHER_PARTNER, LAST_YEAR)
    service.do(lambda uow: uow.partnerships.add(partnership))
    year = Registration(
        datetime(2024, 9, 2, 9, tzinfo=UTC), LAST_YEAR, choices(lead_provider=NO_LONGER)
    )
    training = a_training(
        period=Period(A_YEAR_AGO),
        year=LAST_YEAR,
        lead_provider=NO_LONGER,
        delivery_partner=OTHER_PARTNER,
    )
    ect = an_ect(period=Period(A_YEAR_AGO), registration=year, trainings=(training,))
    return Situation(service, service.has_ect(ect).id)


def with_a_closed_body() -> Situation:
    """The appropriate body of the record is one that the school may not choose any more."""
    service = a_town()
    service.clock.turn_to(date(2025, 10, 31))
    here = registered(service, appropriate_body="Beta Teaching School Hub")
    service.clock.turn_to(date(2025, 11, 1))
    return here


def changed_before() -> Situation:
    """Trained by a second lead provider since a month after the start."""
    here = mentored()
    other = EctChangeDraft(here.id, frozenset({"lead-provider"}), lead_provider=THIS_YEAR_ONLY)
    change_ect(other, ACTOR, here.service.ports)
    here.service.clock.wait(days=10)
    return here


def _school_led(mentor: MentorAtSchool, **mentorship: object) -> Situation:
    service = a_town()
    confirms(service)
    service.has_mentor(mentor)
    with_mentor = (a_mentorship(mentor, **mentorship),)
    return Situation(service, service.has_ect(a_school_led_ect(mentorships=with_mentor)).id)


def school_led() -> Situation:
    """With a mentor who was never trained."""
    return _school_led(a_mentor())


def school_led_with_a_trained_mentor() -> Situation:
    """Their training is from an ECT before."""
    return _school_led(a_mentor(trainings=(a_training(),)))


def school_led_with_a_mentor_out_of_time() -> Situation:
    """Who started training before and did not finish it."""
    here = school_led()
    late = MentorTrainingHistory(MENTOR_TRN, timed_out_on=TODAY)
    load_mentor_training([late], "loader", here.service.ports)
    return here


def school_led_with_a_mentor_of_next_year() -> Situation:
    """Who comes only then."""
    period = Period(NEXT_YEAR_BEGINS)
    return _school_led(a_mentor(period=period), period=period)


def school_led_without_a_mentor() -> Situation:
    """Nobody mentors them."""
    return Situation(service := a_town(), service.has_ect(a_school_led_ect()).id)


def leaving() -> Situation:
    """The last day is in October."""
    here = mentored()
    report_ect_leaving(here.id, OCTOBER, ACTOR, here.service.ports)
    return here


def left() -> Situation:
    """The last day has passed."""
    here = leaving()
    here.service.clock.turn_to(date(2025, 10, 25))
    return here


def completed() -> Situation:
    """Marked completed, and still here."""
    here = waiting()
    row = here.row
    here.service.do(lambda uow: uow.ects.change(row, attrs.evolve(row, completed=True)))
    return here


def undone() -> Situation:
    """The registration was a mistake."""
    here = waiting()
    undo_ect(here.id, ACTOR, here.service.ports)
    return here


def of_another_school() -> Situation:
    """Asked about by a stranger."""
    return attrs.evolve(waiting(), school=OTHER_SCHOOL)


def independent() -> Situation:
    """At a school that may choose the national panel."""
    service = a_town()
    return registered(service, school=str(INDEPENDENT), appropriate_body=ISTIP)


def _brought_in(body: str | None, programme: Programme | None) -> Situation:
    service = a_town()
    row = an_ect(email=None, working_pattern=None)
    chosen = ProgrammeChoices(body, programme, None)
    registration = attrs.evolve(row.registration, choices=chosen, brought_in=True)
    return Situation(service, service.has_ect(attrs.evolve(row, registration=registration)).id)


def brought_in() -> Situation:
    """Without address, working pattern, appropriate body and programme."""
    return _brought_in(None, None)


def brought_in_without_lead_provider() -> Situation:
    """Provider-led, nobody knows by whom."""
    return _brought_in(None, Programme.PROVIDER_LED)


def brought_in_from_long_ago() -> Situation:
    """With a first day that no school could give."""
    service = a_town()
    registration = attrs.evolve(an_ect().registration, brought_in=True)
    ect = an_ect(period=Period(date(2021, 9, 1)), registration=registration)
    return Situation(service, service.has_ect(ect).id)


def where_registering_is_closed() -> Situation:
    """At a school that has closed, on a day on which nobody is registered."""
    here = mentored()
    change(here.service, CLOSED_DAYS, {"from": TODAY, "to": date(2026, 8, 31)})
    closed = a_school(status=SchoolStatus.CLOSED)
    here.service.do(lambda uow: uow.schools.save(closed))
    return here


SITUATIONS: dict[str, Callable[[], Situation]] = {
    make.__name__.replace("_", " "): make
    for make in (
        waiting,
        confirmed,
        next_year_closed,
        of_next_year,
        to_come,
        mentored,
        on_the_last_day_of_a_year,
        of_last_year,
        with_a_closed_body,
        changed_before,
        school_led,
        school_led_with_a_trained_mentor,
        school_led_with_a_mentor_out_of_time,
        school_led_with_a_mentor_of_next_year,
        school_led_without_a_mentor,
        leaving,
        left,
        completed,
        undone,
        of_another_school,
        independent,
        brought_in,
        brought_in_without_lead_provider,
        brought_in_from_long_ago,
        where_registering_is_closed,
    )
} | MOVES
