"""What happens to the parts of a period when the whole gets a last day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Training

P = TypeVar("P", Training, Mentorship)


def ending_on(whole: Period, parts: Iterable[P]) -> tuple[P, ...]:
    """Cuts each part to end with the whole; withdraws one that would not have begun by then."""
    return tuple(_cut(whole, part) for part in parts)


def moved_with(before: Period, after: Period, part: P, limit: date | None = None) -> P:
    """Returns the part as it is when the last day of the whole is corrected or withdrawn.

    One that ended with the whole moves along, up to ``limit``; an earlier end of its own stays.
    """
    ended_together = before.finished_on is not None and (
        part.period.finished_on == before.finished_on
    )
    if ended_together and not part.withdrawn:
        part = attrs.evolve(part, period=Period(part.period.started_on, limit))
    return _cut(after, part)


def _cut(whole: Period, part: P) -> P:
    return part if whole.finished_on is None else ended_after(whole.finished_on, part)


def ended_after(last_day: date, part: P) -> P:
    """Returns the part ended by that day, or withdrawn if it would not have begun by then."""
    if part.withdrawn:
        return part
    kept = part.period.cut_after(last_day)
    if kept is None:
        return attrs.evolve(part, withdrawn=True)
    return attrs.evolve(part, period=kept)
