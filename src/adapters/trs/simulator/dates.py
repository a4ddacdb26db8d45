"""Dates as TRS's framework reads them in a query: leniently, month first."""

from __future__ import annotations

import re
from datetime import date

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)
_DAY_NAMED = re.compile(r"(?P<day>\d{1,2}) (?P<name>[A-Za-z]{3,9}),? (?P<year>\d{4})", re.ASCII)
_NAME_FIRST = re.compile(r"(?P<name>[A-Za-z]{3,9}) (?P<day>\d{1,2}),? (?P<year>\d{4})", re.ASCII)

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def read_date(text: str) -> date | None:
    """None when it cannot be read. ``01/02/1990`` is the second of January."""
    for form in (_YEAR_FIRST, _MONTH_FIRST, _DAY_NAMED, _NAME_FIRST):
        match = form.fullmatch(text.strip())
        if match:
            parts = match.groupdict()
            month = _month_named(parts["name"]) if "name" in parts else int(parts["month"])
            return _date(int(parts["year"]), month, int(parts["day"]))
    return None


def _month_named(name: str) -> int:
    """Zero when there is no such month."""
    for number, month in enumerate(_MONTHS, start=1):
        if name.lower() in {month, month[:3]}:
            return number
    return 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
