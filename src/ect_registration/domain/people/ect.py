"""An ECT's time at one school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear, Period, day_before
from ect_registration.domain.email import Email
from ect_registration.domain.people.bringing_back import (
    Standing,
    TakenBack,
    brought_back,
    cut_before,
    newly_beside,
)
from ect_registration.domain.people.completion import Completion
from ect_registration.domain.people.endings import (
    Cause,
    End,
    Extent,
    Whole,
    adopted,
    decided_by,
    extent_of_whole,
)
from ect_registration.domain.people.mentorship import (
    MentorId,
    Mentorship,
    as_long_as,
    goes_on,
    never_stood,
)
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import (
    Programme,
    ProgrammeChoices,
    Training,
    latest_standing,
)
from ect_registration.domain.values import Urn

EctId = NewType("EctId", UUID)


class WorkingPattern(StrEnum):
    """How much of a week an ECT works."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


@attrs.frozen
class Registration:
    """The moment a school registered an ECT, and its choices then; later changes do not count."""

    registered_at: datetime
    expected_training_start_year: AcademicYear
    choices: ProgrammeChoices
    brought_in: bool = False  # a record from elsewhere: no school registered it here


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
    withdrawn: bool = False  # kept, and read only: it counts for nothing
    ends: tuple[End, ...] = ()
    changed_body: str | None = None  # the appropriate body, where another than chosen then
    completion: Completion | None = None  # the outcome of induction, where TRS said it

    @property
    def appropriate_body(self) -> str | None:
        """Returns the appropriate body that the ECT has now."""
        return self.changed_body or self.registration.choices.appropriate_body

    @property
    def is_completed(self) -> bool:
        """Says whether it is marked completed; TRS withdraws a period to come, and says why."""
        return self.completed or self.completion is not None

    @property
    def training(self) -> Training | None:
        """Returns the latest training that was not withdrawn."""
        return latest_standing(self.trainings)

    @property
    def training_kept(self) -> Training | None:
        """Returns the latest training, or the one that was withdrawn together with the period."""
        if not self.withdrawn:
            return self.training
        end = decided_by(self)
        together = (
            training
            for training in self.trainings
            if end is not None
            and (its_end := decided_by(training)) is not None
            and its_end.is_of(end.cause, end.by)
        )
        return max(together, key=lambda training: training.period.started_on, default=None)

    @property
    def programme(self) -> Programme | None:
        """Returns the programme of the latest training, or else the one chosen at registration."""
        kept = self.training_kept
        return kept.programme if kept else self.registration.choices.programme

    @property
    def lead_provider(self) -> str | None:
        """Returns the latest training's lead provider, or else the one chosen at registration."""
        kept = self.training_kept
        return kept.lead_provider if kept else self.registration.choices.lead_provider

    def open_mentorships(self, today: date) -> tuple[Mentorship, ...]:
        """Returns current and future mentorships, in the order in which they begin."""
        return tuple(
            mentorship
            for mentorship in sorted(self.mentorships, key=lambda m: m.period.started_on)
            if mentorship.period.is_open(today) and not mentorship.withdrawn
        )

    @property
    def standing(self) -> Standing:
        """Returns what the period does to one of the same person that comes back beside it."""
        return Standing(self.period, Cause.TRANSFER, self.id)

    def mentored_from_then_on(
        self, mentorship: Mentorship, mentor: Whole, today: date
    ) -> EctAtSchool:
        """Returns the ECT with this mentorship; earlier ones end the day before or are withdrawn.

        It goes no further than the ECT's and the mentor's periods. A mentor who mentors the ECT on
        that day already goes on under the existing mentorship.
        """
        first_day = mentorship.period.started_on
        end = End(Cause.REPLACEMENT, mentorship.mentor, day_before(first_day), today)
        wholes = (extent_of_whole(self), extent_of_whole(mentor))
        kept, is_there = [], False
        for each in self.mentorships:
            if goes_on(each, mentorship):
                is_there = True
                kept.append(as_long_as(wholes, each))
            else:
                kept.append(each.ended(end))
        new = () if is_there else (as_long_as(wholes, mentorship),)
        return attrs.evolve(self, mentorships=(*kept, *new))

    def mentor_ended(self, mentor: Whole, end: End) -> EctAtSchool:
        """Returns the ECT with this mentor's mentorships ended by this cause."""
        return attrs.evolve(
            self,
            mentorships=tuple(
                m.lasting(adopted(m, mentor).ended(end)) if m.mentor == mentor.id else m
                for m in self.mentorships
            ),
        )

    def ended(self, end: End) -> EctAtSchool:
        """Returns the ECT ended by this cause; trainings and mentorships end with the period."""
        whole = extent_of_whole(self)
        extent = whole.ended(end)
        if extent == whole:
            return self
        return attrs.evolve(
            self._lasting(extent),
            trainings=tuple(t.lasting(adopted(t, self).ended(end)) for t in self.trainings),
            mentorships=tuple(m.lasting(adopted(m, self).ended(end)) for m in self.mentorships),
        )

    def ended_again(self, end: End, before: EctAtSchool) -> EctAtSchool:
        """Returns the ECT ended on another day than ``before`` by a cause that was taken back.

        It keeps its place among the causes, which says what it shortened.
        """
        after = self.ended(end)
        return after._lasting(extent_of_whole(after).in_order_of(extent_of_whole(before)))

    def taken_back(
        self, taken: TakenBack, beside: Iterable[Standing], mentors: Mapping[MentorId, Extent]
    ) -> EctAtSchool:
        """Returns the ECT as if a cause had never ended the period, nor a part of it.

        The period goes no further than the day before a period of the person ``beside`` it, a
        mentorship no further than its mentor's period.
        """
        now = extent_of_whole(self)
        without = now.without(taken.cause, taken.by)
        whole = cut_before(without, newly_beside(now, beside), taken.today)
        trainings = brought_back(
            self.trainings, taken, taken.concerns, lambda _: (whole,), lambda t: t.standing
        )
        return attrs.evolve(
            self._lasting(whole),
            trainings=tuple(map(Training.lasting, self.trainings, trainings)),
            mentorships=self._mentorships_back(taken, taken.concerns, whole, mentors),
        )

    def mentor_taken_back(
        self, mentor: MentorId, taken: TakenBack, mentors: Mapping[MentorId, Extent]
    ) -> EctAtSchool:
        """Returns the ECT as if a cause had never ended the mentorships of this mentor."""

        def concerned(mentorship: Mentorship) -> bool:
            return mentorship.mentor == mentor and taken.concerns(mentorship)

        whole = extent_of_whole(self)
        mentorships = self._mentorships_back(taken, concerned, whole, mentors)
        return attrs.evolve(self, mentorships=mentorships)

    def mentorships_taken_back(
        self, taken: TakenBack, mentors: Mapping[MentorId, Extent]
    ) -> EctAtSchool:
        """Returns the ECT as if a cause had never ended a mentorship with any mentor."""
        whole = extent_of_whole(self)
        mentorships = self._mentorships_back(taken, taken.concerns, whole, mentors)
        return attrs.evolve(self, mentorships=mentorships)

    def without_mentors_after(self, last_day: date, today: date) -> EctAtSchool:
        """Returns the ECT whose mentorships end by that day, as the school asked for."""
        end = End(Cause.CHANGED, self.id, last_day, today)
        open_now = self.open_mentorships(today)
        mentorships = (each.ended(end) if each in open_now else each for each in self.mentorships)
        return attrs.evolve(self, mentorships=tuple(mentorships))

    def leaving(
        self,
        last_day: date | None,
        today: date,
        beside: Iterable[Standing],
        mentors: Mapping[MentorId, Extent],
    ) -> EctAtSchool:
        """Sets, corrects or withdraws the last day; what ended with the period moves with it."""
        back = self.taken_back(TakenBack.of(Cause.LEAVING, self, today), beside, mentors)
        return back if last_day is None else back.ended_again(left(self, last_day, today), self)

    def mentor_leaving(
        self,
        mentor: Whole,
        last_day: date | None,
        today: date,
        mentors: Mapping[MentorId, Extent],
    ) -> EctAtSchool:
        """Moves the mentorships of a mentor whose last day moves; ``mentor`` is as it was."""
        taken = TakenBack.of(Cause.LEAVING, mentor, today)
        back = self.mentor_taken_back(MentorId(mentor.id), taken, mentors)
        return (
            back if last_day is None else back.mentor_ended(mentor, left(mentor, last_day, today))
        )

    def _lasting(self, extent: Extent) -> EctAtSchool:
        return attrs.evolve(
            self, period=extent.period, withdrawn=extent.withdrawn, ends=extent.ends
        )

    def _mentorships_back(
        self,
        taken: TakenBack,
        concerned: Callable[[Mentorship], bool],
        whole: Extent,
        mentors: Mapping[MentorId, Extent],
    ) -> tuple[Mentorship, ...]:
        def wholes(mentorship: Mentorship) -> Iterable[Extent]:
            if mentorship.mentor_teacher.trn == self.teacher.trn:
                return (never_stood(mentorship, self.id, taken.today),)
            mentor = mentors.get(mentorship.mentor)
            return (whole,) if mentor is None else (whole, mentor)

        extents = brought_back(self.mentorships, taken, concerned, wholes, lambda m: m.standing)
        return tuple(map(Mentorship.lasting, self.mentorships, extents))


def left(whole: Whole, last_day: date, today: date) -> End:
    """Returns the end of a period that the school reported."""
    return End(Cause.LEAVING, whole.id, last_day, today)


@attrs.frozen
class KnownEct:
    """An ECT as we know them: under each of their TRNs, and at any school."""

    teachers: Sequence[Teacher] = ()
    periods: Sequence[EctAtSchool] = ()
    schools: Mapping[Urn, str] = attrs.Factory(dict)  # what the schools of these are called
