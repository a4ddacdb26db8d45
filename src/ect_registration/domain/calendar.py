"""Academic years and periods of days. Every day is a day in Europe/London."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import attrs

FIRST_MONTH = 9  # an academic year begins on 1 September


@attrs.frozen(order=True)
class AcademicYear:
    """An academic year: 1 September to 31 August, named by the year it starts in."""

    starts_in: int

    @classmethod
    def containing(cls, day: date) -> AcademicYear:
        """Returns the academic year of a day; it runs from 1 September to 31 August."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def first_day(self) -> date:
        """Returns 1 September of the year."""
        return date(self.starts_in, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        """Returns 31 August of the year."""
        return date(self.starts_in + 1, FIRST_MONTH - 1, 31)

    def plus(self, years: int) -> AcademicYear:
        """Returns the academic year so many years later, or earlier when negative."""
        return AcademicYear(self.starts_in + years)

    def __str__(self) -> str:
        return f"{self.starts_in} to {self.starts_in + 1}"


@attrs.frozen
class Period:
    """An inclusive first day and an optional inclusive last day."""

    started_on: date
    finished_on: date | None = attrs.field(default=None)

    @finished_on.validator
    def _not_before_it_starts(self, _: object, finished_on: date | None) -> None:
        if finished_on is not None and finished_on < self.started_on:
            raise ValueError("a period cannot finish before it starts")

    def is_finished(self, today: date) -> bool:
        """Says whether the last day has passed."""
        return self.finished_on is not None and self.finished_on < today

    def is_open(self, today: date) -> bool:
        """Says whether the last day has not passed, including periods that have not begun."""
        return not self.is_finished(today)

    def overlaps(self, other: Period) -> bool:
        """Says whether the two periods have a day in common."""
        return self._begins_by_the_end_of(other) and other._begins_by_the_end_of(self)

    def _begins_by_the_end_of(self, other: Period) -> bool:
        return other.finished_on is None or self.started_on <= other.finished_on

    def contains(self, other: Period) -> bool:
        """Says whether every day of the other period is a day of this one."""
        if other.started_on < self.started_on:
            return False
        if self.finished_on is None:
            return True
        return other.finished_on is not None and other.finished_on <= self.finished_on


def day_before(day: date) -> date:
    """Returns the previous day."""
    return day - timedelta(days=1)


def day_after(day: date) -> date:
    """Returns the next day."""
    return day + timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Returns the same day of the month so many months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
