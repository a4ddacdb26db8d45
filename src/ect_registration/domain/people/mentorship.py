"""One mentor supports one ECT."""

from __future__ import annotations

from datetime import date
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.bringing_back import Standing
from ect_registration.domain.people.endings import Cause, End, Extent, extent_of
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
