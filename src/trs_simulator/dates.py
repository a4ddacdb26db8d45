"""Reads dates as TRS's framework does in a query: leniently, month first."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORMATS = ("%Y-%m-%d", "%m-%d-%Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")


def read_date(text: str) -> date | None:
    """Returns the date, or None: ``01/02/1990`` is the second of January."""
    plain = re.sub(r"[/.]", "-", text.strip()).replace(",", "")
    for form in _FORMATS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
    return None
