"""A mentor's time at one school."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.email import Email
from ect_registration.domain.people.endings import ending_on, moved_with
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Training
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

    def open_training(self, day: date) -> Training | None:
        """Returns the latest training that has not ended by that day, future ones included."""
        standing = [t for t in self.trainings if t.period.is_open(day) and not t.withdrawn]
        return max(standing, key=lambda training: training.period.started_on, default=None)

    def ending(self, period: Period) -> MentorAtSchool:
        """Returns the mentor with ``period``; trainings end with it."""
        return attrs.evolve(self, period=period, trainings=ending_on(period, self.trainings))

    def leaving(
        self, last_day: date | None, elsewhere: Collection[Training] = ()
    ) -> MentorAtSchool:
        """Sets, corrects or withdraws the last day; training that ended with it moves with it.

        It goes no further than the day before the person's next one at another school begins.
        """
        period = Period(self.period.started_on, last_day)
        trainings = tuple(
            moved_with(self.period, period, training, _last_day_before(elsewhere, training))
            for training in self.trainings
        )
        return attrs.evolve(self, period=period, trainings=trainings)


def _last_day_before(others: Collection[Training], training: Training) -> date | None:
    """Returns the day before the next other training begins; None when there is no next one."""
    first_days = [
        other.period.started_on
        for other in others
        if other.period.started_on > training.period.started_on and not other.withdrawn
    ]
    return day_before(min(first_days)) if first_days else None


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
