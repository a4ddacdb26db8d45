from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from builders import a_training_year
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.rules.registering.start_date import (
    CANNOT_REGISTER_YET,
    EXPECTED_TRAINING_START_YEAR,
    START_DATE_RANGE,
    WORKING_PATTERN,
    check_cannot_register_yet,
    check_expected_training_start_year,
    check_start_date_range,
    expected_training_start_year,
    range_of_start_dates,
)
from strategies import days

LAST_OF_2024, FIRST_OF_2025 = date(2025, 8, 31), date(2025, 9, 1)
IN_2024 = {"earliest": "2022-09-01", "latest": "2026-08-31"}
IN_2025 = {"earliest": "2023-09-01", "latest": "2027-08-31"}


@pytest.mark.parametrize(
    ("start_date", "today", "evidence"),
    [
        pytest.param(FIRST_OF_2025, FIRST_OF_2025, IN_2025, id="today"),
        pytest.param(date(2023, 9, 1), FIRST_OF_2025, IN_2025, id="1 September, two years back"),
        pytest.param(date(2027, 8, 31), FIRST_OF_2025, IN_2025, id="31 August of the next year"),
        pytest.param(date(2022, 9, 1), LAST_OF_2024, IN_2024, id="a day before, a year further"),
        pytest.param(date(2026, 8, 31), LAST_OF_2024, IN_2024, id="and a year less ahead"),
        pytest.param(date(2024, 2, 29), FIRST_OF_2025, IN_2025, id="29 February"),
    ],
)
def test_start_date_range_takes_dates_between(
    start_date: date, today: date, evidence: dict[str, str]
) -> None:
    """From two academic years before the current one to the end of the next, both inclusive."""
    assert check_start_date_range(start_date, today) == Allowed(START_DATE_RANGE, evidence)


@pytest.mark.parametrize(
    ("start_date", "today", "evidence"),
    [
        pytest.param(date(2023, 8, 31), FIRST_OF_2025, IN_2025, id="31 August before that"),
        pytest.param(date(2027, 9, 1), FIRST_OF_2025, IN_2025, id="1 September after the next"),
        pytest.param(date(2022, 8, 31), LAST_OF_2024, IN_2024, id="the day before the earliest"),
        pytest.param(date(2026, 9, 1), LAST_OF_2024, IN_2024, id="the day after the latest"),
        pytest.param(date(1, 1, 1), FIRST_OF_2025, IN_2025, id="the far past"),
        pytest.param(date(9999, 12, 31), FIRST_OF_2025, IN_2025, id="the far future"),
    ],
)
def test_start_date_range_finds_other_dates_invalid(
    start_date: date, today: date, evidence: dict[str, str]
) -> None:
    """The message names the first and the last day that would do."""
    assert check_start_date_range(start_date, today) == Blocked(
        START_DATE_RANGE,
        evidence,
        Kind.INVALID,
        "start_date",
        f"Enter a start date from {evidence['earliest']} to {evidence['latest']}",
    )


@given(days)
def test_the_range_of_start_dates_is_four_academic_years(today: date) -> None:
    """Two back, the current one, and the next."""
    earliest, latest = range_of_start_dates(today)

    assert earliest == AcademicYear.containing(today).plus(-2).first_day
    assert AcademicYear.containing(latest) == AcademicYear.containing(earliest).plus(3)
    assert latest == AcademicYear.containing(latest).last_day


@pytest.mark.parametrize(
    ("registered_on", "start_date", "starts_in"),
    [
        pytest.param(
            date(2024, 9, 2), date(2024, 1, 8), 2024, id="the policy: started in January 2024"
        ),
        pytest.param(
            date(2025, 4, 7), date(2025, 10, 1), 2025, id="the policy: starts in October 2025"
        ),
        pytest.param(LAST_OF_2024, LAST_OF_2024, 2024, id="both on 31 August"),
        pytest.param(FIRST_OF_2025, LAST_OF_2024, 2025, id="registered on 1 September"),
        pytest.param(LAST_OF_2024, FIRST_OF_2025, 2025, id="starting on 1 September"),
        pytest.param(FIRST_OF_2025, FIRST_OF_2025, 2025, id="both on 1 September"),
    ],
)
def test_expected_training_start_year_is_of_the_later_day(
    registered_on: date, start_date: date, starts_in: int
) -> None:
    """Nobody trains before they start, nor before their details reach a lead provider."""
    assert expected_training_start_year(registered_on, start_date) == AcademicYear(starts_in)
    assert check_expected_training_start_year(registered_on, start_date) == Allowed(
        EXPECTED_TRAINING_START_YEAR, {"year": starts_in}
    )


@given(days, days)
def test_expected_training_start_year_does_not_ask_which_day_is_which(a: date, b: date) -> None:
    """The later of the two decides, whichever it is."""
    year = expected_training_start_year(a, b)

    assert year == expected_training_start_year(b, a)
    assert year == max(AcademicYear.containing(a), AcademicYear.containing(b))


def test_cannot_register_yet_lets_an_open_year_on() -> None:
    """A year that somebody opened is open."""
    assert check_cannot_register_yet(a_training_year(open_for_registration=True)) == Allowed(
        CANNOT_REGISTER_YET, {"year": "2025 to 2026"}
    )


def test_cannot_register_yet_refuses_a_closed_year() -> None:
    """The refusal names the year, and another start date could mend it."""
    assert check_cannot_register_yet(a_training_year(open_for_registration=False)) == Blocked(
        CANNOT_REGISTER_YET,
        {"year": "2025 to 2026"},
        Kind.REFUSED,
        "start_date",
        "You cannot register ECTs for the 2025 to 2026 academic year yet",
    )


def test_working_pattern_is_always_asked() -> None:
    """Full time or part time, in words that say what to do."""
    assert WORKING_PATTERN.tells == "Select if the ECT works full time or part time"
