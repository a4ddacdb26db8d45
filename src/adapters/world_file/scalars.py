"""Reads the smallest parts of a world file (a text, a day, a yes or no), strict about types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from adapters.world_file.mistakes import Wrong
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.email import Email
from ect_registration.domain.text import cleaned, has_controls, without_invisible
from ect_registration.domain.values import NationalInsuranceNumber, Trn, Urn, parse_date

LONGEST_TEXT = 300  # an email address may have 254
# Wide enough for any person's life, and far enough from where Python's calendar ends for rules to
# look years ahead and back.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def _short(value: object) -> str:
    """Returns a text that is not too long, as it is written."""
    if not isinstance(value, str):
        raise Wrong("Give a text in quotes")
    trimmed = value.strip()
    if len(trimmed) > LONGEST_TEXT:
        raise Wrong(f"Shorten this to {LONGEST_TEXT} characters")
    return trimmed


def any_text(value: object) -> str:
    """Returns a text without invisible characters, trimmed; it may be empty."""
    shown = without_invisible(_short(value))
    if has_controls(shown):
        raise Wrong("Remove the control characters")
    return shown


def code(value: object) -> str:
    """Returns a number, an address or a date as it looks; it is not empty."""
    given = cleaned(_short(value))
    if not given:
        raise Wrong("Give a text that is not empty")
    if has_controls(given):
        raise Wrong("Remove the control characters")
    return given


def text(value: object) -> str:
    """Returns a text that is trimmed and not empty."""
    given = any_text(value)
    if not given:
        raise Wrong("Give a text that is not empty")
    return given


def yes_or_no(value: object) -> bool:
    """Returns true or false, but never takes 0 or 1 for one."""
    if not isinstance(value, bool):
        raise Wrong("Give true or false, without quotes")
    return value


def day(value: object) -> date:
    """Returns the day of an ISO date, which must be a plausible one."""
    given = parse_date(code(value), rule="")
    if not FIRST_DAY <= given <= LAST_DAY:
        raise Wrong(f"Give a date from {FIRST_DAY} to {LAST_DAY}")
    return given


def academic_year(value: object) -> AcademicYear:
    """Returns the academic year named by the year it starts in."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("Give the year in which the academic year starts as a number, like 2025")
    if not FIRST_DAY.year <= value < LAST_DAY.year:
        raise Wrong(f"Give a year from {FIRST_DAY.year} to {LAST_DAY.year - 1}")
    return AcademicYear(value)


READ: Mapping[object, Callable[[object], object]] = {
    bool: yes_or_no,
    str: text,
    date: day,
    AcademicYear: academic_year,
    Trn: lambda value: Trn.parse(code(value)),
    Urn: lambda value: Urn.parse(code(value)),
    Email: lambda value: Email.parse(_short(value)),
    NationalInsuranceNumber: lambda value: NationalInsuranceNumber.parse(code(value)),
}
