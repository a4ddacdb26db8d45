"""Days in lines of history, as pages write them."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.decisions import Evidence
from entrypoints.text.dates_in_words import long_date


def day_in(evidence: Evidence, name: str) -> str:
    """Returns a day that history keeps, in words."""
    day = evidence.get(name)
    return long_date(date.fromisoformat(day)) if isinstance(day, str) else "an unknown date"
