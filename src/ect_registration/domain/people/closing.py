"""What becomes of an ECT or a mentor at a school that has closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.people.bringing_back import Standing, TakenBack
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End, Extent
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.values import Urn

P = TypeVar("P", EctAtSchool, MentorAtSchool)


def closing_of(school: Urn, today: date) -> TakenBack:
    """Returns the taking back of what a school's closing ended. A school has no public id."""
    return TakenBack(Cause.SCHOOL_CLOSED, UUID(int=int(school.digits)), today)


@attrs.frozen
class Closing:
    """The end of what is open at a school on one day, which replaces the day of an earlier run.

    With ``instead_of``, only what an earlier run ended on that day ends on this one.
    """

    school: Urn
    last_day: date
    today: date
    instead_of: date | None = None

    @property
    def taken(self) -> TakenBack:
        """Returns the taking back of what an earlier run ended."""
        return closing_of(self.school, self.today)

    def of_mentor(
        self,
        mentor: MentorAtSchool,
        beside: Iterable[Standing],
        trainings_elsewhere: Sequence[Standing],
    ) -> MentorAtSchool:
        """Returns the mentor as they are when the school closes on this day."""
        if self._leaves(mentor):
            return mentor
        if not self._ends_of(mentor):
            return self._ended(mentor, mentor)
        return self._ended(mentor, mentor.taken_back(self.taken, beside, trainings_elsewhere))

    def of_ect(
        self, ect: EctAtSchool, beside: Iterable[Standing], mentors: Mapping[MentorId, Extent]
    ) -> EctAtSchool:
        """Returns the ECT as they are when the school closes on this day.

        ``mentors`` says from when until when the mentors of the ECT will be here.
        """
        if self._leaves(ect):
            return ect
        if not self._ends_of(ect):
            return self._ended(ect, ect)
        return self._ended(ect, ect.taken_back(self.taken, beside, mentors))

    def ended_instead(self, row: EctAtSchool | MentorAtSchool) -> bool:
        """Says whether an earlier run ended this on the day that is to be replaced."""
        return self.instead_of in {end.last_day for end in self._ends_of(row)}

    def _leaves(self, row: EctAtSchool | MentorAtSchool) -> bool:
        return self.instead_of is not None and not self.ended_instead(row)

    def _ended(self, before: P, back: P) -> P:
        """Returns the period ended on this day if it was open when the school was first ended.

        Decided as of that day, because last days that were still to come pass between two runs.
        """
        ends = self._ends_of(before)
        since = min((end.recorded_on for end in ends), default=self.today)
        if back.withdrawn or not back.period.is_open(since):
            return back
        if {end.last_day for end in ends} == {self.last_day}:
            return before
        return back.ended(End(self.taken.cause, self.taken.by, self.last_day, since))

    def _ends_of(self, row: EctAtSchool | MentorAtSchool) -> Sequence[End]:
        return [end for end in row.ends if end.is_of(self.taken.cause, self.taken.by)]
