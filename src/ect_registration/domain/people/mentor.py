"""A mentor's time at one school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.bringing_back import (
    Standing,
    TakenBack,
    brought_back,
    cut_before,
    newly_beside,
)
from ect_registration.domain.people.endings import Cause, End, Extent, adopted, extent_of_whole
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Training, latest_standing
from ect_registration.domain.values import Trn, Urn


@attrs.frozen
class MentorTrainingHistory:
    """What a mentor did under earlier programmes, as DfE's records have it."""

    trn: Trn
    early_roll_out: bool = False
    completed_on: date | None = None
    timed_out_on: date | None = None


@attrs.frozen
class MentorAtSchool:
    """One period of one mentor at one school. ``id`` is public; a returner gets a new one."""

    id: MentorId
    school: Urn
    teacher: Teacher
    email: Email | None  # None only on records brought in from elsewhere
    period: Period
    trainings: tuple[Training, ...] = ()
    withdrawn: bool = False  # kept, and read only: it counts for nothing
    ends: tuple[End, ...] = ()
    registered_at: datetime | None = None  # None: brought in, or kept before moments were

    def open_training(self, day: date) -> Training | None:
        """Returns the latest training that has not ended by that day, future ones included."""
        return latest_standing(each for each in self.trainings if each.period.is_open(day))

    @property
    def standing(self) -> Standing:
        """Returns what the period does to one of the same person that comes back beside it."""
        return Standing(self.period, Cause.TRANSFER, self.id)

    def ended(self, end: End) -> MentorAtSchool:
        """Returns the mentor ended by this cause; trainings end with the period."""
        whole = extent_of_whole(self)
        extent = whole.ended(end)
        if extent == whole:
            return self
        trainings = tuple(t.lasting(adopted(t, self).ended(end)) for t in self.trainings)
        return attrs.evolve(self._lasting(extent), trainings=trainings)

    def ended_again(self, end: End, before: MentorAtSchool) -> MentorAtSchool:
        """Returns the mentor ended on another day than ``before`` by a cause that was taken back.

        It keeps its place among the causes, which says what it shortened.
        """
        after = self.ended(end)
        return after._lasting(extent_of_whole(after).in_order_of(extent_of_whole(before)))

    def taken_back(
        self,
        taken: TakenBack,
        beside: Iterable[Standing],
        trainings_elsewhere: Sequence[Standing] = (),
    ) -> MentorAtSchool:
        """Returns the mentor as if a cause had never ended the period, nor training with it.

        The period goes no further than the day before one ``beside`` it at this school, training
        no further than the day before the person's next training elsewhere.
        """
        now = extent_of_whole(self)
        without = now.without(taken.cause, taken.by)
        whole = cut_before(without, newly_beside(now, beside), taken.today)
        extents = brought_back(
            self.trainings,
            taken,
            taken.concerns,
            lambda _: (whole,),
            lambda training: training.standing,
            trainings_elsewhere,
        )
        trainings = tuple(map(Training.lasting, self.trainings, extents))
        return attrs.evolve(self._lasting(whole), trainings=trainings)

    def leaving(
        self,
        last_day: date | None,
        today: date,
        beside: Iterable[Standing] = (),
        trainings_elsewhere: Sequence[Standing] = (),
    ) -> MentorAtSchool:
        """Sets, corrects or withdraws the last day; training that ended with it moves with it."""
        taken = TakenBack.of(Cause.LEAVING, self, today)
        back = self.taken_back(taken, beside, trainings_elsewhere)
        if last_day is None:
            return back
        return back.ended_again(End(Cause.LEAVING, self.id, last_day, today), self)

    def _lasting(self, extent: Extent) -> MentorAtSchool:
        return attrs.evolve(
            self, period=extent.period, withdrawn=extent.withdrawn, ends=extent.ends
        )


def trainings_standing(mentors: Iterable[MentorAtSchool]) -> Sequence[Standing]:
    """Returns the trainings of these periods, each as one that another must not overlap."""
    return [
        Standing(training.period, Cause.TRANSFER, mentor.id)
        for mentor in mentors
        for training in mentor.trainings
        if not training.withdrawn
    ]


@attrs.frozen
class MentorPast:
    """A person's mentoring: every period, at any school, and their training before."""

    periods: Sequence[MentorAtSchool] = ()
    training_history: Sequence[MentorTrainingHistory] = ()

    def period_with(self, id: MentorId) -> MentorAtSchool | None:
        """Returns the period with this id; None when the person has no such period."""
        return next((each for each in self.periods if each.id == id), None)


@attrs.frozen
class KnownMentor:
    """A mentor as we know them: under each of their TRNs, with their past at any school."""

    teachers: Sequence[Teacher] = ()
    past: MentorPast = MentorPast()
    schools: Mapping[Urn, str] = attrs.Factory(dict)  # what those where they mentor are called
