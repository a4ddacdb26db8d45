"""Figures of policy that more than one rule uses: each of them is written here once."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.calendar import months_after

# How far ahead a school may say that a period ends, by reporting a last day or by a transfer.
# Since 2025: schools know of a leaver about a term ahead.
MONTHS_AHEAD = 4


def latest_ending(today: date) -> date:
    """Returns the last day on which a school may make a period end, or begin one that ends it."""
    return months_after(today, MONTHS_AHEAD)
