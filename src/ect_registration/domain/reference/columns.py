"""The columns of reference data: what a value may be, and what to do about one that may not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.school import LONGEST_TITLE, OrganisationKind
from ect_registration.domain.text import has_controls, without_controls

Value = str | int | bool | date | None
Row = Mapping[str, Value]  # by the names of the columns

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class ColumnType(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    YEAR = "year"  # the first year of an academic year
    DAY = "day"
    FLAG = "flag"
    URN = "urn"
    ID = "id"


@attrs.frozen
class Column:
    """One column of reference data. ``default`` is its value in a new row that leaves it out."""

    name: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False  # it may not be emptied
    default: Value = None
    longest: int = LONGEST_TITLE
    choices: tuple[str, ...] = ()
    organisation: OrganisationKind | None = None  # the kind of organisation that it names

    def problem_of(self, value: Value) -> str | None:
        """Returns what to do about a value that cannot be in this column; None when it can."""
        if value is None:
            return "Give a value. This cannot be empty" if self.required else None
        if isinstance(value, date):
            in_range = FIRST_DAY <= value <= LAST_DAY
            return None if in_range else f"Give a date from {FIRST_DAY} to {LAST_DAY}"
        if self.type is ColumnType.YEAR:
            in_range = isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR
            return None if in_range else "Give the first year of an academic year, like 2025"
        return self._problem_of_text(value) if isinstance(value, str) else None

    def _problem_of_text(self, value: str) -> str | None:
        if self.choices and value not in self.choices:
            return f"Give one of: {', '.join(self.choices)}"
        if has_controls(value):
            return "Remove control characters, and characters that change the direction of text"
        if len(value) > self.longest:
            return f"Give at most {self.longest} characters"
        return None


def tidy(text: str) -> str:
    """Returns a text as a file has it: without what cannot be shown, and with single blanks."""
    return " ".join(without_controls(text).split())


def same(before: Value, after: Value) -> bool:
    """Says whether a value is unchanged, blanks and characters that show nothing aside."""
    if isinstance(before, str) and isinstance(after, str):
        return tidy(before) == tidy(after)
    return before == after
