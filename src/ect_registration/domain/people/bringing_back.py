"""Records that come back when what had ended them is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.endings import (
    Cause,
    End,
    Extent,
    Row,
    Whole,
    extent_of,
    fitted,
)


@attrs.frozen
class Standing:
    """A period that a restored one must not overlap, and the cause recorded when it is cut."""

    period: Period
    cause: Cause
    by: UUID


def newly_beside(row: Extent, others: Iterable[Standing]) -> list[Standing]:
    """Returns those of the others that a row does not overlap while it is as it is now.

    Two records of one person, merged in TRS, may overlap until operators decide which one goes:
    what stood beside a row before does not cut it when a cause is taken back.
    """
    return [each for each in others if row.withdrawn or not row.period.overlaps(each.period)]


def cut_before(row: Extent, others: Iterable[Standing], today: date) -> Extent:
    """Returns the row ended the day before whatever stands there; withdrawn when that is first."""
    for other in sorted(others, key=lambda each: each.period.started_on):
        if not row.withdrawn and row.period.overlaps(other.period):
            first_day = max(other.period.started_on, row.period.started_on)
            row = row.ended(End(other.cause, other.by, day_before(first_day), today))
    return row


E = TypeVar("E", bound=Row)


@attrs.frozen
class TakenBack:
    """A cause that is taken back today."""

    cause: Cause
    by: UUID
    today: date
    # The last day of a record that was kept before causes were: what ended on it, ended with it.
    unrecorded: date | None = None

    @classmethod
    def of(cls, cause: Cause, whole: Whole, today: date) -> TakenBack:
        """Returns the taking back of what ended a period, and its parts with it."""
        return cls(cause, whole.id, today, None if whole.ends else whole.period.finished_on)

    def concerns(self, row: Row) -> bool:
        """Says whether this is one of the causes that ended the row."""
        if not row.ends and not row.withdrawn and row.period.finished_on is not None:
            return row.period.finished_on == self.unrecorded
        return extent_of(row).carries(self.cause, self.by)

    def from_(self, row: Row) -> Extent:
        """Returns the extent of a row as if the cause had never ended it."""
        if not row.ends and self.concerns(row):
            return Extent(Period(row.period.started_on))
        return extent_of(row).without(self.cause, self.by)


def brought_back(
    parts: Sequence[E],
    taken: TakenBack,
    concerned: Callable[[E], bool],
    wholes: Callable[[E], Iterable[Extent]],
    standing: Callable[[E], Standing],
    elsewhere: Sequence[Standing] = (),
) -> Sequence[Extent]:
    """Returns the extent of each part when a cause is taken back from those concerned, in order.

    A part begins no sooner and ends no later than the wholes it lies inside, whose first days may
    have changed by now. It overlaps no part that is there, and nothing ``elsewhere``. When two
    come back, the earlier comes first.
    """
    extents = {}
    stands: list[Standing] = []
    for index, part in enumerate(parts):
        if not concerned(part):
            extents[index] = _inside(extent_of(part), wholes(part), taken)
            if not extents[index].withdrawn:
                stands.append(attrs.evolve(standing(part), period=extents[index].period))
    for index in sorted(range(len(parts)), key=lambda each: parts[each].period.started_on):
        if index not in extents:
            back = _inside(taken.from_(parts[index]), wholes(parts[index]), taken)
            others = newly_beside(extent_of(parts[index]), elsewhere)
            extents[index] = cut_before(back, [*others, *stands], taken.today)
            if not extents[index].withdrawn:
                stands.append(attrs.evolve(standing(parts[index]), period=extents[index].period))
    return [extents[index] for index in range(len(parts))]


def _inside(part: Extent, wholes: Iterable[Extent], taken: TakenBack) -> Extent:
    for whole in wholes:
        part = _not_before(fitted(part, whole), whole.period.started_on, taken)
    return part


def _not_before(part: Extent, first_day: date, taken: TakenBack) -> Extent:
    """Returns the part from this day on; withdrawn when it would have ended before."""
    if part.withdrawn or part.period.started_on >= first_day:
        return part
    last_day = part.period.finished_on
    if last_day is not None and last_day < first_day:
        never = day_before(part.period.started_on)
        return part.ended(End(Cause.CHANGED, taken.by, never, taken.today))
    return attrs.evolve(part, period=Period(first_day, last_day))
