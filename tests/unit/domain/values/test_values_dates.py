from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.values import InvalidValue, parse_date


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        pytest.param("2025-09-01", date(2025, 9, 1), id="a day"),
        pytest.param(" 2025-09-01\n", date(2025, 9, 1), id="blanks around"),
        pytest.param("\ufeff2025\u201309\u201101\u200b", date(2025, 9, 1), id="as pasted"),
        pytest.param("\u202a2025\u221209-01\u202c", date(2025, 9, 1), id="a minus, embedded"),
        pytest.param("2024-02-29", date(2024, 2, 29), id="29 February of a leap year"),
        pytest.param("2000-02-29", date(2000, 2, 29), id="29 February of a leap century"),
        pytest.param("0001-01-01", date(1, 1, 1), id="the far past"),
        pytest.param("9999-12-31", date(9999, 12, 31), id="the far future"),
    ],
)
def test_a_date_is_read_as_year_month_day(typed: str, day: date) -> None:
    """Whether a day lies in range is for a rule to say; that it exists is checked here."""
    assert parse_date(typed, "start-date-range") == day


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("2025-02-29", id="29 February of a common year"),
        pytest.param("1900-02-29", id="29 February of a common century"),
        pytest.param("2025-04-31", id="31 April"),
        pytest.param("2025-00-10", id="month 0"),
        pytest.param("2025-13-01", id="month 13"),
        pytest.param("2025-31-08", id="day and month swapped"),
        pytest.param("2025-09-00", id="day 0"),
        pytest.param("0000-01-01", id="year 0"),
        pytest.param("25-09-01", id="a year of two digits"),
        pytest.param("2025-9-1", id="a month of one digit"),
        pytest.param("01/09/2025", id="as Excel shows it in Britain"),
        pytest.param("09/01/2025", id="as Excel shows it in America"),
        pytest.param("45901", id="as Excel keeps it"),
        pytest.param("20250901", id="without hyphens"),
        pytest.param("2025-W36-1", id="by week"),
        pytest.param("2025-09-01T00:00:00", id="with a time"),
        pytest.param("1 September 2025", id="in words"),
        pytest.param("２０２５-09-01", id="full-width digits"),  # noqa: RUF001
        pytest.param("2025-09-01\x00", id="a NUL"),
    ],
)
def test_a_date_that_does_not_exist_is_invalid(typed: str) -> None:
    """Days that no calendar has, and every other way to write one, are not guessed at."""
    with pytest.raises(InvalidValue) as refusal:
        parse_date(typed, "start-date-range")

    assert (refusal.value.rule, refusal.value.message) == (
        "start-date-range",
        "Enter a real date as year-month-day, like 2025-09-01",
    )


@given(st.dates())
def test_every_day_reads_back(day: date) -> None:
    """What is written as year-month-day is the same day again."""
    assert parse_date(day.isoformat(), "two-facts") == day
