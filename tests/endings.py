"""Rows that have ended, and rows compared without what ended them."""

from __future__ import annotations

from datetime import date

import attrs

from builders import TERM_STARTS
from ect_registration.domain.people.endings import Cause, End


def left_on(row, last_day: date):
    """The row with a last day that its school reported."""
    return row.ended(End(Cause.LEAVING, row.id, last_day, TERM_STARTS))


def without_causes(row):
    """The row, and its parts, by their days alone."""
    parts = {
        name: tuple(attrs.evolve(part, ends=()) for part in getattr(row, name))
        for name in ("trainings", "mentorships")
        if hasattr(row, name)
    }
    return attrs.evolve(row, ends=(), **parts)


def causes(row) -> list[tuple[Cause, date]]:
    """What ended the row, and on which day."""
    return [(end.cause, end.last_day) for end in row.ends]
