"""A mentor's training that only the assignment to an undone ECT set up, which is undone as well.

No row says which assignment set a training up. It counts as set up by the first assignment to a
provider-led ECT from which on it can have begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import day_before
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End, extent_of
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Programme, Training
from ect_registration.journeys.answers import given
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.change_outcomes import MentorPair
from ect_registration.use_cases.changing.registration_days import mentor_registered_on


def mentors_trained_for(ect: EctAtSchool, today: date, uow: UnitOfWork) -> Iterator[MentorPair]:
    """Yields the mentors whose training only the assignment to this ECT set up.

    A mentor of another provider-led ECT by now keeps it.
    """
    for id in dict.fromkeys(mentorship.mentor for mentorship in ect.mentorships):
        mentor = given(uow.mentors.find(id))
        others = [
            other
            for other in uow.mentors.mentored_by(id, withdrawn=True)
            if other.id != ect.id
            and not other.withdrawn
            and other.programme is Programme.PROVIDER_LED
        ]
        if any(each.mentor == id for other in others for each in other.open_mentorships(today)):
            continue
        mine = _assignments([ect], mentor)
        theirs = _assignments(others, mentor)
        trainings = tuple(
            training.ended(_undone(ect, training, today))
            if _is_set_up_by(mine, theirs, _first_day_of(training, mentor.trainings))
            else training
            for training in mentor.trainings
        )
        if trainings != mentor.trainings:
            yield mentor, attrs.evolve(mentor, trainings=trainings)


@attrs.frozen
class _Assignment:
    """A mentorship as it is by now, and the first day of training that it may have set up."""

    begins: date
    mentorship: Mentorship

    def may_set_up(self, first_day: date) -> bool:
        """Says whether training from this day on may come from this assignment."""
        last_day = self.mentorship.period.finished_on
        lasts = self.mentorship.withdrawn or last_day is None or last_day >= first_day
        return self.begins <= first_day and lasts


def _is_set_up_by(
    mine: Sequence[_Assignment], theirs: Sequence[_Assignment], first_day: date
) -> bool:
    """Says whether training from this day on was set up by one of mine, and none of theirs before.

    What began with mine may have gone on after the mentorship.
    """
    begins = min(assignment.begins for assignment in mine)
    earlier = [other for other in theirs if other.begins < begins]
    return begins <= first_day and not any(each.may_set_up(first_day) for each in earlier)


def _undone(ect: EctAtSchool, training: Training, today: date) -> End:
    return End(Cause.UNDONE, ect.id, day_before(training.period.started_on), today)


def _assignments(ects: Sequence[EctAtSchool], mentor: MentorAtSchool) -> Sequence[_Assignment]:
    """Returns each assignment of this mentor to these ECTs."""
    return [
        _Assignment(_from(mentorship, mentor), mentorship)
        for ect in ects
        for mentorship in ect.mentorships
        if mentorship.mentor == mentor.id
    ]


def _from(mentorship: Mentorship, mentor: MentorAtSchool) -> date:
    """Returns the first day on which training may begin that this assignment sets up.

    First days that are corrected move mentorships, and trainings of new mentors.
    """
    first_day = mentorship.period.started_on
    assigned_on = mentorship.assigned_on or first_day
    if mentor_registered_on(mentor) == assigned_on:
        return min(mentor.period.started_on, assigned_on, first_day)
    return min(assigned_on, first_day)


def _first_day_of(training: Training, trainings: Sequence[Training]) -> date:
    """Returns the first day of the training that this one goes on, with other lead providers."""
    for before in trainings:
        if extent_of(before).carries(Cause.CHANGED, training.id):
            return _first_day_of(before, trainings)
    return training.period.started_on
