"""An ECT's time at one school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear, Period, day_before
from ect_registration.domain.email import Email
from ect_registration.domain.people.endings import ended_after, ending_on, moved_with
from ect_registration.domain.people.mentorship import MentorId, Mentorship
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Programme, ProgrammeChoices, Training
from ect_registration.domain.values import Urn

EctId = NewType("EctId", UUID)


class WorkingPattern(StrEnum):
    """How much of a week an ECT works."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


@attrs.frozen
class Registration:
    """When a school registered an ECT, and what it chose then; later changes do not count."""

    registered_at: datetime
    expected_training_start_year: AcademicYear
    choices: ProgrammeChoices


@attrs.frozen
class EctAtSchool:
    """One period of one ECT at one school. ``id`` is public; a returner gets a new one."""

    id: EctId
    school: Urn
    teacher: Teacher
    email: Email | None  # None only on records brought in from elsewhere
    period: Period
    registration: Registration
    working_pattern: WorkingPattern | None
    completed: bool = False
    trainings: tuple[Training, ...] = ()
    mentorships: tuple[Mentorship, ...] = ()

    @property
    def training(self) -> Training | None:
        """Returns the latest training that was not withdrawn."""
        standing = [training for training in self.trainings if not training.withdrawn]
        return max(standing, key=lambda training: training.period.started_on, default=None)

    @property
    def programme(self) -> Programme | None:
        """Returns the programme of the latest training, or else the one chosen at registration."""
        return self.training.programme if self.training else self.registration.choices.programme

    @property
    def lead_provider(self) -> str | None:
        """Returns the latest training's lead provider, or else the one chosen at registration."""
        if self.training is not None:
            return self.training.lead_provider
        return self.registration.choices.lead_provider

    def open_mentorships(self, today: date) -> tuple[Mentorship, ...]:
        """Returns current and future mentorships, in the order in which they begin."""
        return tuple(
            mentorship
            for mentorship in sorted(self.mentorships, key=lambda m: m.period.started_on)
            if mentorship.period.is_open(today) and not mentorship.withdrawn
        )

    def mentored_from_then_on(self, mentorship: Mentorship) -> EctAtSchool:
        """Returns the ECT with this mentorship; earlier ones end the day before or are withdrawn.

        A mentor who mentors the ECT on that day already goes on under the existing mentorship.
        """
        last_day = day_before(mentorship.period.started_on)
        goes_on = [_going_on(each, mentorship) for each in self.mentorships]
        kept = tuple(
            going_on or ended_after(last_day, each)
            for going_on, each in zip(goes_on, self.mentorships, strict=True)
        )
        return attrs.evolve(self, mentorships=kept if any(goes_on) else (*kept, mentorship))

    def without_mentor_after(self, last_day: date, mentor: MentorId) -> EctAtSchool:
        """Returns the ECT with this mentor's mentorships ended by that day."""
        return attrs.evolve(
            self,
            mentorships=tuple(
                ended_after(last_day, m) if m.mentor == mentor else m for m in self.mentorships
            ),
        )

    def ending(self, period: Period) -> EctAtSchool:
        """Returns the ECT with ``period``; trainings and mentorships end with it."""
        return attrs.evolve(
            self,
            period=period,
            trainings=ending_on(period, self.trainings),
            mentorships=ending_on(period, self.mentorships),
        )

    def leaving(
        self, last_day: date | None, mentors_leave: Mapping[MentorId, date | None]
    ) -> EctAtSchool:
        """Sets, corrects or withdraws the last day; what ended with the period moves with it.

        A mentorship goes no further than its mentor's own last day.
        """
        period = Period(self.period.started_on, last_day)
        return attrs.evolve(
            self,
            period=period,
            trainings=tuple(moved_with(self.period, period, t) for t in self.trainings),
            mentorships=tuple(
                moved_with(self.period, period, m, mentors_leave.get(m.mentor))
                for m in self.mentorships
            ),
        )

    def mentor_leaving(self, mentor: MentorId, before: Period, after: Period) -> EctAtSchool:
        """Moves the mentorships of a mentor whose last day moves, up to the next mentorship."""
        return attrs.evolve(
            self,
            mentorships=tuple(
                moved_with(before, after, m, self._free_until(m)) if m.mentor == mentor else m
                for m in self.mentorships
            ),
        )

    def _free_until(self, mentorship: Mentorship) -> date | None:
        """Returns the last day before the next mentorship, or the ECT's last day, if any."""
        first_days = [
            other.period.started_on
            for other in self.mentorships
            if other.period.started_on > mentorship.period.started_on and not other.withdrawn
        ]
        if first_days:
            return day_before(min(first_days))
        return self.period.finished_on


def _going_on(before: Mentorship, after: Mentorship) -> Mentorship | None:
    """Returns ``before`` extended to the end of ``after``; None unless it goes on into it."""
    first, then = before.period, after.period
    if before.withdrawn or before.mentor != after.mentor or first.started_on > then.started_on:
        return None
    if first.finished_on is not None and first.finished_on < then.started_on:
        return None
    return attrs.evolve(before, period=Period(first.started_on, then.finished_on))


@attrs.frozen
class KnownEct:
    """An ECT as we know them: under each of their TRNs, and at any school."""

    teachers: Sequence[Teacher] = ()
    periods: Sequence[EctAtSchool] = ()
    schools: Mapping[Urn, str] = attrs.Factory(dict)  # what the schools of these are called
