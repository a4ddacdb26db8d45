"""Writes dates as people read them; rules are written for machines, in ISO dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

A_DAY_ABOVE_12 = 27  # it cannot be taken for a month

ISO_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def long_date(day: date | None) -> str:
    """Returns ``1 September 2025``, and nothing for no day."""
    return "" if day is None else f"{day.day} {day:%B %Y}"


def example_of_a_day(today: date) -> str:
    """Returns a day of the next weeks as it is typed, such as ``27 9 2025``: rules accept it.

    One that is always the same would be refused some months later.
    """
    month = today if today.day <= A_DAY_ABOVE_12 else today.replace(day=28) + timedelta(days=4)
    return f"{A_DAY_ABOVE_12} {month.month} {month.year}"


def in_words(text: str) -> str:
    """Returns the text with every ISO date in it written as ``1 September 2025``."""
    return ISO_DATE.sub(lambda found: long_date(date.fromisoformat(found[0])), text)
