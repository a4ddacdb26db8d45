"""One mentor period out of two, where a person mentors at two schools that merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from typing import Self

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship, MentorshipId
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class MentorOfBoth:
    """A person's overlapping periods: the longer-standing one is kept, and takes over the other.

    The other is withdrawn before the schools become one, since the store lets nobody mentor twice
    at one school; what it had is given to the kept one afterwards.
    """

    kept: MentorAtSchool
    other: MentorAtSchool
    mentored: Mapping[EctId, Sequence[Mentorship]]  # by the other

    @classmethod
    def all_of(cls, old: Urn, new: Urn, uow: UnitOfWork) -> Sequence[Self]:
        """Returns everybody who mentors at both schools at once."""
        both = product(uow.mentors.at_school(new), uow.mentors.at_school(old))
        return [cls._of(one, two, uow) for one, two in both if _at_once(one, two)]

    @classmethod
    def _of(cls, one: MentorAtSchool, two: MentorAtSchool, uow: UnitOfWork) -> Self:
        kept, other = sorted((one, two), key=lambda each: each.period.started_on)
        mentored = {
            ect.id: [m for m in ect.mentorships if m.mentor == other.id and not m.withdrawn]
            for ect in uow.mentors.mentored_by(other.id)
        }
        return cls(kept, other, mentored)

    def withdraw_other(self, today: date, uow: UnitOfWork) -> None:
        """Withdraws the other period with its trainings and mentorships."""
        for ect in uow.mentors.mentored_by(self.other.id):
            parts = tuple(
                m.ended(self._end(m.period, today)) if m.mentor == self.other.id else m
                for m in ect.mentorships
            )
            uow.ects.change(ect, attrs.evolve(ect, mentorships=parts))
        uow.mentors.change(self.other, self.other.ended(self._end(self.other.period, today)))

    def take_over(self, school: Urn, ports: Ports, uow: UnitOfWork) -> None:
        """Gives the kept period the days, the mentorships and the training of the other."""
        here = {each.id: each for each in uow.mentors.at_school(school, withdrawn=True)}
        kept, other = here[self.kept.id], here[self.other.id]
        partners = {training.id: training.delivery_partner for training in other.trainings}
        # The store lets nobody be trained twice at once, at whichever school.
        trainings = [
            attrs.evolve(each, id=TrainingId(ports.new_id()), delivery_partner=partners[each.id])
            for each in self.other.trainings
            if not each.withdrawn
        ]
        trained = attrs.evolve(kept, trainings=(*kept.trainings, *trainings))
        longer = _longest(kept.period, self.other.period)
        after = trained if longer == kept.period else attrs.evolve(trained, period=longer, ends=())
        uow.mentors.change(kept, after)
        for ect in uow.ects.at_school(school):
            again = [
                Mentorship(MentorshipId(ports.new_id()), kept.id, kept.teacher, each.period)
                for each in self.mentored.get(ect.id, ())
            ]
            if again:
                parts = (*ect.mentorships, *again)
                uow.ects.change(ect, attrs.evolve(ect, mentorships=parts))

    def _end(self, period: Period, today: date) -> End:
        return End(Cause.CHANGED, self.kept.id, day_before(period.started_on), today)


def _at_once(one: MentorAtSchool, two: MentorAtSchool) -> bool:
    return one.teacher.trn == two.teacher.trn and one.period.overlaps(two.period)


def _longest(one: Period, other: Period) -> Period:
    """Returns the days of both periods, which overlap; ``one`` begins first."""
    if one.finished_on is None or other.finished_on is None:
        return Period(one.started_on)
    return Period(one.started_on, max(one.finished_on, other.finished_on))
