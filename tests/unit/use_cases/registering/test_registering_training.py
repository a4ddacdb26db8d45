from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    HUB,
    LEAD_PROVIDER,
    THIS_YEAR,
    URN,
    a_partnership,
    a_registration,
    a_teacher,
    an_ect,
    choices,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import Registration
from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.periods.status import Status, status_of
from ect_registration.use_cases.operating.partnerships import report_partnership
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, LAST_YEAR, OTHER_SCHOOL

REUSE = {
    "reuse_previous_choices": True,
    "appropriate_body": None,
    "programme": None,
    "lead_provider": None,
}
OF_LAST_YEAR = a_partnership(year=LAST_YEAR)


def _bram_registered(service, **changes):
    """A year ago, at Larkfield."""
    bram = an_ect(
        teacher=a_teacher(trn=BRAM, trs_name="Bram Okafor"),
        email=Email("bram.okafor@example.org"),
        period=Period(date(2024, 9, 1)),
        registration=a_registration(expected_training_start_year=LAST_YEAR),
    )
    return service.has_ect(attrs.evolve(bram, **changes))


def _has_partnership(service, partnership):
    service.do(lambda uow: uow.partnerships.add(partnership))


def _partnerships(service, urn=URN):
    with service.store.reading() as uow:
        return list(uow.partnerships.of_school(urn))


def test_a_new_ect_requires_a_mentor(service):
    """And stands in progress."""
    ect = service.register().ect

    assert status_of(ect, service.clock.today()) is Status.MENTOR_REQUIRED


def test_training_without_a_partnership_is_an_expression_of_interest(service):
    """From the first day at the school, for the expected year."""
    training = service.register().ect.training

    assert (training.state, training.period, training.year, training.lead_provider) == (
        TrainingState.EXPRESSION_OF_INTEREST,
        Period(date(2025, 9, 1)),
        THIS_YEAR,
        LEAD_PROVIDER,
    )


def test_training_with_a_partnership_is_confirmed(service):
    """With its delivery partner."""
    _has_partnership(service, a_partnership())
    training = service.register().ect.training

    assert (training.state, training.delivery_partner) == (
        TrainingState.CONFIRMED,
        DELIVERY_PARTNER,
    )


@pytest.mark.parametrize(
    "partnership",
    [OF_LAST_YEAR, a_partnership(school=OTHER_SCHOOL)],
    ids=["of last year", "of another school"],
)
def test_another_partnership_confirms_nothing(service, partnership):
    """It has to be this school's, of the expected year."""
    _has_partnership(service, partnership)

    assert service.register().ect.training.state is TrainingState.EXPRESSION_OF_INTEREST


def test_school_led_training_has_no_provider(service):
    """Nor a delivery partner."""
    _has_partnership(service, a_partnership())
    training = service.register(programme="school_led", lead_provider=None).ect.training

    assert (training.state, training.lead_provider, training.delivery_partner) == (
        TrainingState.SCHOOL_LED,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("start_date", "today", "year"),
    [
        ("2024-01-08", date(2025, 9, 1), 2025),
        ("2025-08-31", date(2026, 8, 31), 2025),
        ("2026-08-31", date(2025, 9, 10), 2025),
        ("2026-09-01", date(2025, 9, 10), 2026),
        ("2025-08-31", date(2026, 9, 1), 2026),
    ],
)
def test_training_is_expected_in_the_year_of_the_later_day(
    service_next_year, start_date, today, year
):
    """Of registration and of the start."""
    service_next_year.clock.turn_to(today)
    ect = service_next_year.register(start_date=start_date).ect

    assert (ect.registration.expected_training_start_year, ect.training.year) == (
        AcademicYear(year),
        AcademicYear(year),
    )


def test_the_registration_remembers_what_was_chosen(service):
    """And when."""
    registration = service.register().ect.registration

    assert registration == Registration(service.clock.now(), THIS_YEAR, choices())


def test_a_registration_is_one_line_of_history(service):
    """Who, when, what and under which rules."""
    ect = service.register(corrected_name="Asha Quinn").ect
    [change] = service.history()
    rules = {"already-in-progress-here", "email-in-use", "lead-provider-not-available"}

    assert (attrs.evolve(change, rules=()), rules.issubset(change.rules)) == (
        Change(
            at=service.clock.now(),
            actor=USER,
            school=URN,
            what=What.ECT_REGISTERED,
            trn=ECT_TRN,
            about=ect.id,
            after={
                "trs_name": "Asha Marlowe",
                "name": "Asha Quinn",
                "email": "asha.marlowe@example.org",
                "started_on": "2025-09-01",
                "working_pattern": "full_time",
                "expected_training_start_year": 2025,
                "appropriate_body": HUB,
                "programme": Programme.PROVIDER_LED,
                "lead_provider": LEAD_PROVIDER,
                "delivery_partner": None,
            },
        ),
        True,
    )


def test_a_partnership_reported_later_confirms_the_training(service):
    """Until then it waits."""
    service.register()
    reported = report_partnership(a_partnership(), ACTOR.user, service.ports)

    assert (reported.confirmed, service.ects_of(ECT_TRN)[0].training.delivery_partner) == (
        1,
        DELIVERY_PARTNER,
    )
