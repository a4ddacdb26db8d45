"""Why a period, a training or a mentorship ended, and how it is when that is taken back.

A row keeps every cause that ended it, in the order in which they were recorded, also one that
came when the row had ended sooner. Its last day is the earliest that one of them set; a row that
had not begun by then is withdrawn. Taking a cause back leaves the others in force, so that the row
is as if that cause had never been.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol
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

    @property
    def shortened(self) -> bool:
        """Says whether the row lasted longer by the ends that were recorded before this one."""
        return self.before is None or self.last_day < self.before


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
        """Returns the extent with this end; unchanged when nothing can make it last longer.

        An end is kept where another one ended the row sooner: that one may be taken back.
        """
        own = self.own_last_day
        over = (own is not None and own <= end.last_day) or self._never_comes_back
        kept = (each for each in self.ends if each.is_of(end.cause, end.by))
        if over or any(each.last_day <= end.last_day for each in kept):
            return self
        return _with(self.period.started_on, own, (*self.ends, end))

    @property
    def _never_comes_back(self) -> bool:
        undone = any(end.cause is Cause.UNDONE for end in self.ends)
        return self.withdrawn and (undone or not self.ends)

    def carries(self, cause: Cause, by: UUID) -> bool:
        """Says whether this is one of the causes that ended the row."""
        return any(end.is_of(cause, by) for end in self.ends)

    def in_order_of(self, before: Extent) -> Extent:
        """Returns the extent with its ends in the order in which they were first recorded."""
        order = {(end.cause, end.by): place for place, end in enumerate(before.ends)}
        ends = sorted(self.ends, key=lambda end: order.get((end.cause, end.by), len(order)))
        return _with(self.period.started_on, self.own_last_day, ends)

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


def shortened_by(row: Row) -> tuple[End, ...]:
    """Returns the ends that left a row fewer days, up to the one that withdrew it."""
    found = []
    for end in row.ends:
        if end.shortened:
            found.append(end)
        if end.last_day < row.period.started_on:
            break
    return tuple(found)


def decided_by(row: Row) -> End | None:
    """Returns the end that set the last day of a row, or withdrew it; None without one."""
    return next(reversed(shortened_by(row)), None)


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


def is_undone(whole: Whole) -> bool:
    """Says whether a registration was undone; other causes may withdraw a period as well.

    One that was withdrawn before causes were kept counts as undone.
    """
    if not whole.withdrawn:
        return False
    return not whole.ends or extent_of(whole).carries(Cause.UNDONE, whole.id)
