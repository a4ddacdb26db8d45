"""One mentor supports one ECT."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.bringing_back import Standing
from ect_registration.domain.people.endings import Cause, End, Extent, extent_of, fitted
from ect_registration.domain.people.teacher import Teacher

MentorId = NewType("MentorId", UUID)
MentorshipId = NewType("MentorshipId", UUID)


@attrs.frozen
class Mentorship:
    """The days on which one mentor supports one ECT, inside the periods of both at one school."""

    id: MentorshipId
    mentor: MentorId
    mentor_teacher: Teacher
    period: Period
    withdrawn: bool = False
    ends: tuple[End, ...] = ()
    assigned_on: date | None = None  # None: brought in, or kept before this day was

    def lasting(self, extent: Extent) -> Mentorship:
        """Returns the mentorship with another extent."""
        return attrs.evolve(
            self, period=extent.period, withdrawn=extent.withdrawn, ends=extent.ends
        )

    def ended(self, end: End) -> Mentorship:
        """Returns the mentorship ended by this cause, or withdrawn if no day is left."""
        return self.lasting(extent_of(self).ended(end))

    @property
    def standing(self) -> Standing:
        """Returns what the mentorship does to one that comes back beside it."""
        return Standing(self.period, Cause.REPLACEMENT, self.mentor)


def goes_on(before: Mentorship, after: Mentorship) -> bool:
    """Says whether ``before`` is of the same mentor, and goes on into ``after``."""
    first, then = before.period, after.period
    if before.withdrawn or before.mentor != after.mentor or first.started_on > then.started_on:
        return False
    return first.finished_on is None or first.finished_on >= then.started_on


def never_stood(mentorship: Mentorship, ect: UUID, today: date) -> Extent:
    """Returns the extent that leaves no day of a mentorship.

    A mentor whose record TRS has merged with the ECT's since then is the ECT.
    """
    first_day = mentorship.period.started_on
    end = End(Cause.CHANGED, ect, day_before(first_day), today)
    return Extent(Period(first_day)).ended(end)


def as_long_as(wholes: Iterable[Extent], mentorship: Mentorship) -> Mentorship:
    """Returns the mentorship from its first day for as long as both people are there."""
    extent = Extent(Period(mentorship.period.started_on))
    for whole in wholes:
        extent = fitted(extent, whole)
    return mentorship.lasting(extent)
