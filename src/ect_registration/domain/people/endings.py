"""Why a period, a training or a mentorship ended, and how it is when that is taken back.

A row keeps every cause that ended it, in the order in which they were recorded. Its last day is
the earliest that one of them set; a row that had not begun by then is withdrawn. Taking a cause
back leaves the others in force, so that the row is as if that cause had never been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period, day_before


class Cause(StrEnum):
    """Why a period, a training or a mentorship ended, or was withdrawn."""

    LEAVING = "leaving"
    TRANSFER = "transfer"
    REPLACEMENT = "replacement"
    SCHOOL_CLOSED = "school_closed"
    COMPLETED = "completed"
    UNDONE = "undone"
    CHANGED = "changed"


NOBODY = UUID(int=0)  # no record has this id: what it would end is only looked at


@attrs.frozen
class End:
    """One cause that ended a row. It may lie before the first day: then no day is left."""

    cause: Cause
    by: UUID  # the period, training or mentorship that brought it about, by its public id
    last_day: date
    recorded_on: date
    before: date | None = None  # the last day that the row had before

    def is_of(self, cause: Cause, by: UUID) -> bool:
        """Says whether this is the end that this record brought about for this cause."""
        return (self.cause, self.by) == (cause, by)


@attrs.frozen
class Extent:
    """The first and last day of a row, and what ended it."""

    period: Period
    withdrawn: bool = False
    ends: tuple[End, ...] = ()

    @property
    def own_last_day(self) -> date | None:
        """Returns the last day that the row had before anything ended it."""
        return self.ends[0].before if self.ends else self.period.finished_on

    def ended(self, end: End) -> Extent:
        """Returns the extent with this end; unchanged when it has ended by then already."""
        last_day = self.period.finished_on
        if self.withdrawn or (last_day is not None and last_day <= end.last_day):
            return self
        return _with(self.period.started_on, self.own_last_day, (*self.ends, end))

    def carries(self, cause: Cause, by: UUID) -> bool:
        """Says whether this is one of the causes that ended the row."""
        return any(end.is_of(cause, by) for end in self.ends)

    def without(self, cause: Cause, by: UUID) -> Extent:
        """Returns the extent as if this cause had never ended it; the others stay in force."""
        if not self.carries(cause, by):
            return self
        kept = tuple(end for end in self.ends if not end.is_of(cause, by))
        return _with(self.period.started_on, self.own_last_day, kept)


def _with(first_day: date, own_last_day: date | None, ends: Iterable[End]) -> Extent:
    """Returns the extent that these ends, one after the other, leave."""
    last_day, withdrawn, kept = own_last_day, False, []
    for end in ends:
        kept.append(attrs.evolve(end, before=last_day))
        if end.last_day < first_day:
            withdrawn = True
        else:
            last_day = min(last_day or end.last_day, end.last_day)
    return Extent(Period(first_day, last_day), withdrawn, tuple(kept))


class Row(Protocol):
    """A period at a school, a training or a mentorship."""

    @property
    def period(self) -> Period:
        """Returns the first day and perhaps the last one."""

    @property
    def withdrawn(self) -> bool:
        """Says whether the row is kept, but never stood for a day that counts."""

    @property
    def ends(self) -> tuple[End, ...]:
        """Returns what ended the row, in the order in which it was recorded."""


class Whole(Row, Protocol):
    """A period at a school, which trainings and mentorships lie inside."""

    @property
    def id(self) -> UUID:
        """Returns the public id of the period."""


def extent_of(row: Row) -> Extent:
    """Returns from when until when a row stands."""
    return Extent(row.period, row.withdrawn, row.ends)


def extent_of_whole(whole: Whole) -> Extent:
    """Returns the extent of a period at a school, where each last day has a cause.

    A last day that was kept before causes were, or came with the record, counts as a reported one.
    """
    extent = extent_of(whole)
    own = extent.own_last_day
    if own is None:
        return extent
    reported = End(Cause.LEAVING, whole.id, own, recorded_on=own)
    withdrawn = extent.withdrawn and not extent.ends
    made = _with(extent.period.started_on, None, (reported, *extent.ends))
    return attrs.evolve(made, withdrawn=made.withdrawn or withdrawn)


def adopted(part: Row, whole: Whole) -> Extent:
    """Returns the extent of a part; it has the causes of a whole that ended on the same day.

    This is for records that were kept before causes were.
    """
    extent = extent_of(part)
    if part.ends or part.withdrawn or whole.ends or extent.own_last_day is None:
        return extent
    if extent.own_last_day != whole.period.finished_on:
        return extent
    return fitted(Extent(Period(part.period.started_on)), extent_of_whole(whole))


def fitted(part: Extent, whole: Extent) -> Extent:
    """Returns the part ended by everything that ends the whole before it.

    What leaves no day of the whole leaves none of the part, which may have begun before the first
    day that the whole has by now.
    """
    never = day_before(part.period.started_on)
    for end in whole.ends:
        leaves_none = end.last_day < whole.period.started_on
        last_day = min(end.last_day, never) if leaves_none else end.last_day
        part = part.ended(attrs.evolve(end, last_day=last_day))
    return part


@attrs.frozen
class Standing:
    """A period that a restored one must not overlap, and the cause recorded when it is cut."""

    period: Period
    cause: Cause
    by: UUID


def is_undone(whole: Whole) -> bool:
    """Says whether a registration was undone; other causes may withdraw a period as well.

    One that was withdrawn before causes were kept counts as undone.
    """
    if not whole.withdrawn:
        return False
    return not whole.ends or extent_of(whole).carries(Cause.UNDONE, whole.id)


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
