from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given

from ect_registration.domain.calendar import AcademicYear, Period, day_after, day_before
from strategies import academic_years, days

FIRST, LAST = date(2025, 9, 10), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "starts_in"),
    [
        pytest.param(date(2025, 8, 31), 2024, id="31 August"),
        pytest.param(date(2025, 9, 1), 2025, id="1 September"),
        pytest.param(date(2025, 12, 31), 2025, id="31 December"),
        pytest.param(date(2026, 1, 1), 2025, id="1 January"),
        pytest.param(date(2024, 2, 29), 2023, id="29 February"),
        pytest.param(date(2026, 8, 31), 2025, id="31 August a year on"),
    ],
)
def test_an_academic_year_changes_on_1_september(day: date, starts_in: int) -> None:
    """31 August is the last day of a year, 1 September the first of the next."""
    assert AcademicYear.containing(day) == AcademicYear(starts_in)


def test_an_academic_year_runs_from_september_to_august() -> None:
    """It is named by the year it starts in, and shown by both."""
    year = AcademicYear(2025)

    assert (year.first_day, year.last_day) == (date(2025, 9, 1), date(2026, 8, 31))
    assert str(year) == "2025 to 2026"


def test_academic_years_can_be_counted_and_compared() -> None:
    """Later, earlier and in order."""
    year = AcademicYear(2025)

    assert (year.plus(1), year.plus(-2), year.plus(0)) == (
        AcademicYear(2026),
        AcademicYear(2023),
        year,
    )
    assert year.plus(-1) < year < year.plus(1)


@given(academic_years)
def test_academic_years_tile_the_calendar(year: AcademicYear) -> None:
    """Each begins on the day after the one before: no day lies in two or in none."""
    assert year.first_day == day_after(year.plus(-1).last_day)
    assert AcademicYear.containing(year.first_day) == year
    assert AcademicYear.containing(year.last_day) == year


@given(days)
def test_every_day_lies_in_its_academic_year(day: date) -> None:
    """And within its first and last day."""
    year = AcademicYear.containing(day)

    assert year.first_day <= day <= year.last_day


@pytest.mark.parametrize(
    ("today", "finished"),
    [
        pytest.param(FIRST - timedelta(1), False, id="before the first day"),
        pytest.param(FIRST, False, id="on the first day"),
        pytest.param(LAST - timedelta(1), False, id="the day before the last"),
        pytest.param(LAST, False, id="on the last day"),
        pytest.param(LAST + timedelta(1), True, id="the day after the last"),
    ],
)
def test_a_period_is_finished_once_its_last_day_has_passed(today: date, finished: bool) -> None:
    """Open covers periods to come, and leavers until the end of their last day."""
    period = Period(FIRST, LAST)

    assert (period.is_finished(today), period.is_open(today)) == (finished, not finished)


def test_a_period_without_a_last_day_never_finishes() -> None:
    """It is open on every day."""
    assert Period(FIRST).is_open(date.max)
    assert not Period(FIRST).is_finished(date.max)


def test_a_period_may_last_one_day_and_no_less() -> None:
    """The last day is the first at the earliest."""
    assert Period(FIRST, FIRST).finished_on == FIRST
    with pytest.raises(ValueError, match=r"^a period cannot finish before it starts$"):
        Period(FIRST, FIRST - timedelta(1))


def _in_january(first: int, last: int | None) -> Period:
    return Period(date(2026, 1, first), date(2026, 1, last) if last else None)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        pytest.param((1, 9), (10, 20), False, id="the day after the last"),
        pytest.param((1, 10), (10, 20), True, id="the last day is the first"),
        pytest.param((1, 31), (10, 20), True, id="one around the other"),
        pytest.param((10, 20), (10, 20), True, id="the same"),
        pytest.param((5, None), (1, 4), False, id="open since the day after"),
        pytest.param((4, None), (1, 4), True, id="open since the last day"),
        pytest.param((1, None), (20, None), True, id="both open"),
    ],
)
def test_periods_overlap_when_they_have_a_day_in_common(
    one: tuple[int, int | None], other: tuple[int, int | None], overlap: bool
) -> None:
    """Whichever is asked about the other."""
    first, second = _in_january(*one), _in_january(*other)

    assert (first.overlaps(second), second.overlaps(first)) == (overlap, overlap)


@pytest.mark.parametrize(
    ("whole", "part", "contained"),
    [
        pytest.param((5, 20), (5, 20), True, id="all of it"),
        pytest.param((5, 20), (4, 20), False, id="begins a day too early"),
        pytest.param((5, 20), (5, 21), False, id="ends a day too late"),
        pytest.param((5, 20), (6, None), False, id="never ends"),
        pytest.param((5, None), (5, None), True, id="both open"),
        pytest.param((5, None), (6, 7), True, id="a part of an open one"),
        pytest.param((5, None), (4, 7), False, id="before an open one"),
    ],
)
def test_a_period_contains_another_with_every_day(
    whole: tuple[int, int | None], part: tuple[int, int | None], contained: bool
) -> None:
    """Training and mentorship lie inside the period at the school."""
    assert _in_january(*whole).contains(_in_january(*part)) is contained


def test_days_follow_each_other() -> None:
    """Over the ends of months and years, and over 29 February."""
    assert day_after(date(2025, 12, 31)) == date(2026, 1, 1)
    assert day_before(date(2024, 3, 1)) == date(2024, 2, 29)
    assert day_before(date(2025, 3, 1)) == date(2025, 2, 28)
