"""A mentor's time at one school."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.endings import moved_with
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.teacher import Teacher
from ect_registration.domain.training import Training
from ect_registration.domain.values import Urn


@attrs.frozen
class MentorAtSchool:
    """One period of one mentor at one school. ``id`` is public; a returner gets a new one."""

    id: MentorId
    school: Urn
    teacher: Teacher
    email: Email
    period: Period
    trainings: tuple[Training, ...] = ()

    def leaving(self, last_day: date | None) -> MentorAtSchool:
        """Set, correct or withdraw the last day; training that ended with it moves along."""
        period = Period(self.period.started_on, last_day)
        trainings = tuple(moved_with(self.period, period, t) for t in self.trainings)
        return attrs.evolve(self, period=period, trainings=trainings)
