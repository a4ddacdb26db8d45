"""The example in the hint of a date."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from entrypoints.text.dates_in_words import example_of_a_day


def test_it_is_written_as_one_types_it():
    """The example has the day first, without zeros."""
    assert example_of_a_day(date(2025, 9, 10)) == "27 9 2025"
    assert example_of_a_day(date(2025, 12, 31)) == "27 1 2026"


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_it_is_a_day_that_is_not_refused(today):
    """From today to less than two months ahead: every question about a date accepts four."""
    day, month, year = map(int, example_of_a_day(today).split())

    assert today <= date(year, month, day) <= today + timedelta(days=32)
