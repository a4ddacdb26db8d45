"""One mentor period out of two, where a person mentors at two schools that merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Self

import attrs

from ect_registration.domain.calendar import Period, day_before
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import Mentorship, MentorshipId
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.records.history import Change
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.changing.beside import standing_again
from ect_registration.use_cases.changing.records import about_row, with_email_lost
from ect_registration.use_cases.registering.write_ect import last_day_of
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class MentorOfBoth:
    """A person's overlapping periods: the longer-standing one is kept, and takes over the other.

    The other is withdrawn before the schools become one, since a person cannot mentor twice at one
    school; what it had is given to the kept one afterwards, with the causes that ended it.
    """

    kept: MentorAtSchool
    other: MentorAtSchool
    mentored: Mapping[EctId, Sequence[Mentorship]]  # by the other

    @classmethod
    def all_of(cls, old: Urn, new: Urn, uow: UnitOfWork) -> Sequence[Self]:
        """Returns all people who mentor at both schools at once."""
        both = product(uow.mentors.at_school(new), uow.mentors.at_school(old))
        return [cls._of(one, two, uow) for one, two in both if _at_once(one, two)]

    @classmethod
    def _of(cls, one: MentorAtSchool, two: MentorAtSchool, uow: UnitOfWork) -> Self:
        kept, other = sorted((one, two), key=lambda each: each.period.started_on)
        mentored = {
            ect.id: [m for m in ect.mentorships if m.mentor == other.id]
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

    def take_over(
        self, school: Urn, line: Change, today: date, ports: Ports, uow: UnitOfWork
    ) -> None:
        """Gives the kept period the days, the mentorships and the training of the other.

        ``line`` is signed for the history of each record that this changes.
        """
        here = {each.id: each for each in uow.mentors.at_school(school, withdrawn=True)}
        kept, other = here[self.kept.id], here[self.other.id]
        partners = {training.id: training.delivery_partner for training in other.trainings}
        # The store lets no person be trained twice at once, at any schools.
        trainings = [
            attrs.evolve(
                each,
                id=TrainingId(ports.new_id()),
                delivery_partner=partners[each.id],
                ends=self._of_kept(each.ends),
            )
            for each in self.other.trainings
        ]
        longer = self._longer(attrs.evolve(kept, trainings=(*kept.trainings, *trainings)))
        after = standing_again(kept, longer, uow, today, keep=True)
        uow.mentors.change(kept, after)
        lines = [*_lines_of_mentors(line, kept, after, other)]
        for ect in uow.ects.at_school(school):
            if again := [self._moved(m, ports) for m in self.mentored.get(ect.id, ())]:
                parts = (*ect.mentorships, *again)
                uow.ects.change(ect, attrs.evolve(ect, mentorships=parts))
                lines.append(_line_of_ect(line, ect, kept, other))
        uow.history.add(lines)

    def _longer(self, kept: MentorAtSchool) -> MentorAtSchool:
        """Returns the kept period with the days of both, and what ends the one that ends later."""
        days = _longest(kept.period, self.other.period)
        if days == kept.period:
            return kept
        return attrs.evolve(kept, period=days, ends=self._of_kept(self.other.ends))

    def _moved(self, mentorship: Mentorship, ports: Ports) -> Mentorship:
        """Returns a mentorship of the other period as one of the kept period."""
        return attrs.evolve(
            mentorship,
            id=MentorshipId(ports.new_id()),
            mentor=self.kept.id,
            mentor_teacher=self.kept.teacher,
            ends=self._of_kept(mentorship.ends),
        )

    def _of_kept(self, ends: Sequence[End]) -> tuple[End, ...]:
        """Returns these ends; what the other period brought about is the kept one's now."""
        return tuple(
            attrs.evolve(end, by=self.kept.id) if end.by == self.other.id else end for end in ends
        )

    def _end(self, period: Period, today: date) -> End:
        return End(Cause.CHANGED, self.kept.id, day_before(period.started_on), today)


def _at_once(one: MentorAtSchool, two: MentorAtSchool) -> bool:
    return one.teacher.trn == two.teacher.trn and one.period.overlaps(two.period)


def _longest(one: Period, other: Period) -> Period:
    """Returns the days of both periods, which overlap; ``one`` begins first."""
    if one.finished_on is None or other.finished_on is None:
        return Period(one.started_on)
    return Period(one.started_on, max(one.finished_on, other.finished_on))


def _lines_of_mentors(
    line: Change, before: MentorAtSchool, after: MentorAtSchool, other: MentorAtSchool
) -> Iterator[Change]:
    """Yields the history of the period that is kept, and of the one that is withdrawn."""
    kept = attrs.evolve(
        about_row(line, after),
        before={"merged_with": str(other.id), "finished_on": last_day_of(before.period)},
        after={"finished_on": last_day_of(after.period)},
    )
    yield with_email_lost(kept, before, after)
    yield attrs.evolve(
        about_row(line, other),
        before={"merged_into": str(after.id)},
        after={"withdrawn": True},
    )


def _line_of_ect(
    line: Change, ect: EctAtSchool, kept: MentorAtSchool, other: MentorAtSchool
) -> Change:
    """Returns the history of an ECT whose mentor goes on under the period that is kept."""
    return attrs.evolve(
        about_row(line, ect),
        before={"mentor": other.teacher.name, "merged_with": str(other.id)},
        after={"merged_into": str(kept.id)},
    )
