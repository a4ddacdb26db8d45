"""Which ECTs count in which year, and with what."""

from __future__ import annotations

from datetime import date

import pytest

from builders import (
    MENTOR_TRN,
    NOW,
    THIS_YEAR,
    a_mentor,
    a_mentorship,
    a_registration,
    a_teacher,
    a_training,
    an_ect,
    choices,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.people.teacher import InductionStatus, Teacher, TrsFacts
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.outputs.statistics import counted, period_that_counts
from ect_registration.domain.statistics.counting import Area, CountedEct
from ect_registration.domain.values import Trn

NEXT_YEAR = THIS_YEAR.plus(1)
AREA = Area("London")


def a_period(started_on, year=THIS_YEAR):
    """Return a period that began then, with this expected training start year."""
    registration = a_registration(expected_training_start_year=year)
    return an_ect(period=Period(started_on), registration=registration)


def another_mentor(number):
    """Return a mentor who is somebody else."""
    return a_mentor(teacher=Teacher(Trn(f"{2000000 + number}"), "Kit Alder"))


AUTUMN = a_period(date(2025, 9, 1))
SPRING = a_period(date(2026, 4, 20))
RETURN = a_period(date(2026, 9, 1), NEXT_YEAR)
EARLY = a_period(date(2025, 6, 1))
LAST_DAY = a_period(date(2026, 8, 31))


@pytest.mark.parametrize(
    ("periods", "year", "found"),
    [
        pytest.param([], THIS_YEAR, None, id="nobody"),
        pytest.param([AUTUMN], THIS_YEAR, AUTUMN, id="one school"),
        pytest.param([AUTUMN], NEXT_YEAR, None, id="another year"),
        pytest.param([AUTUMN, SPRING], THIS_YEAR, SPRING, id="at the latest school of the year"),
        pytest.param([RETURN, AUTUMN], THIS_YEAR, AUTUMN, id="the next year is not looked at"),
        pytest.param([AUTUMN, RETURN], NEXT_YEAR, None, id="once, in the first year"),
        pytest.param([EARLY], THIS_YEAR, EARLY, id="registered later than they began"),
        pytest.param([LAST_DAY], THIS_YEAR, LAST_DAY, id="on the last day of the year"),
        pytest.param([a_period(date(2026, 9, 1))], THIS_YEAR, None, id="not begun by then"),
    ],
)
def test_statistics_count_each_ect_once(periods, year, found):
    """In the expected training start year, at the school of the latest period up to its end."""
    assert period_that_counts(periods, year) == found


def test_what_had_begun_by_the_end_of_the_year_counts():
    """Later changes belong to later years, and what was withdrawn to none."""
    ect = an_ect(
        trainings=(
            a_training(period=Period(date(2025, 9, 1), date(2025, 12, 31))),
            a_training(
                period=Period(date(2026, 1, 1)), programme=Programme.SCHOOL_LED, lead_provider=None
            ),
            a_training(period=Period(date(2026, 2, 1)), withdrawn=True),
            a_training(period=Period(date(2026, 9, 1))),
        ),
        mentorships=(
            a_mentorship(a_mentor(), period=Period(date(2026, 8, 31))),
            a_mentorship(another_mentor(2), period=Period(date(2026, 9, 1))),
            a_mentorship(another_mentor(3), withdrawn=True),
        ),
    )

    assert counted(ect, THIS_YEAR, AREA, lambda trn: trn) == CountedEct(
        area=AREA,
        programme=Programme.SCHOOL_LED,
        working_pattern=WorkingPattern.FULL_TIME,
        mentors=frozenset({MENTOR_TRN.digits}),
        funding=Funding.NOT_KNOWN,  # nobody has asked TRS
    )


@pytest.mark.parametrize(
    ("first_days", "programme"),
    [
        pytest.param(
            {Programme.PROVIDER_LED: date(2025, 9, 1), Programme.SCHOOL_LED: date(2026, 8, 31)},
            Programme.SCHOOL_LED,
            id="changed to school-led on the last day",
        ),
        pytest.param(
            {Programme.SCHOOL_LED: date(2025, 9, 1), Programme.PROVIDER_LED: date(2026, 1, 1)},
            Programme.PROVIDER_LED,
            id="changed to provider-led",
        ),
        pytest.param(
            {Programme.PROVIDER_LED: date(2026, 1, 1), Programme.SCHOOL_LED: date(2025, 9, 1)},
            Programme.PROVIDER_LED,
            id="changed to provider-led, kept in another order",
        ),
        pytest.param(
            {Programme.PROVIDER_LED: date(2025, 9, 1), Programme.SCHOOL_LED: date(2026, 9, 1)},
            Programme.PROVIDER_LED,
            id="changed the day after the year",
        ),
    ],
)
def test_the_latest_programme_of_the_year_counts(first_days, programme):
    """Whichever it was changed to."""
    trainings = (
        a_training(programme=each, period=Period(day)) for each, day in first_days.items()
    )
    ect = an_ect(trainings=tuple(trainings))

    assert counted(ect, THIS_YEAR, AREA, lambda trn: trn).programme is programme


@pytest.mark.parametrize(("completed", "funding"), [(False, Funding.YES), (True, Funding.NO)])
def test_funding_counts_as_trs_had_it(completed, funding):
    """A completed ECT gets none any more."""
    facts = TrsFacts(True, InductionStatus.IN_PROGRESS, NOW)
    ect = an_ect(teacher=a_teacher(facts=facts), completed=completed)

    assert counted(ect, THIS_YEAR, AREA, lambda trn: trn).funding is funding


def test_without_training_the_programme_chosen_counts():
    """Records brought in from elsewhere may lack even that."""
    chosen = an_ect()
    unknown = an_ect(
        registration=a_registration(
            registered_at=NOW, choices=choices(programme=None, lead_provider=None)
        )
    )

    assert counted(chosen, THIS_YEAR, AREA, lambda trn: trn).programme is Programme.PROVIDER_LED
    assert counted(unknown, THIS_YEAR, AREA, lambda trn: trn).programme is None


def test_a_mentor_under_two_trns_is_one_person():
    """Merged TRNs are one person."""
    one, other = a_mentor(), a_mentor()
    ect = an_ect(
        mentorships=(
            a_mentorship(one, period=Period(date(2025, 9, 1), date(2025, 9, 30))),
            a_mentorship(other, period=Period(date(2025, 10, 1))),
        )
    )
    found = counted(ect, THIS_YEAR, AREA, lambda _: Trn("7654321"))

    assert found.mentors == {"7654321"}
