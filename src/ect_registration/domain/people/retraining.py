"""Another programme or lead provider, from a day on."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End, Extent, extent_of_whole, fitted
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Training, TrainingState


def retrained(
    whole: EctAtSchool | MentorAtSchool, new: Training, today: date
) -> tuple[Training, ...]:
    """Returns the trainings with a new one, which holds from its first day on.

    What is confirmed and has begun ends the day before; anything else that would go on into it
    is withdrawn. The new one goes no further than the period.
    """
    before = tuple(_replaced(training, new, today) for training in whole.trainings)
    extent = fitted(Extent(Period(new.period.started_on)), extent_of_whole(whole))
    return (*before, new.lasting(extent))


def _replaced(training: Training, new: Training, today: date) -> Training:
    first_day = new.period.started_on
    if training.withdrawn or training.period.is_finished(first_day):
        return training
    begun = training.period.started_on < first_day
    keeps = begun and training.state is TrainingState.CONFIRMED
    last_day = day_before(first_day if keeps else training.period.started_on)
    return training.ended(End(Cause.CHANGED, new.id, last_day, today))
