"""A town in which somebody is registered, and a school that wants to change something of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import attrs

from builders import URN, a_mentor, a_partnership, an_ect
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Urn
from ect_registration.testing.memory.state import State
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.service import USER, Service
from unit.use_cases.town import BRAM, OTHER_SCHOOL, PASSED, town

A_YEAR_AGO, SUMMER = date(2024, 9, 1), date(2025, 7, 31)
USED, ONCE_USED = Email("used@example.org"), Email("once.used@example.org")
THERE = Actor(USER, OTHER_SCHOOL)


@attrs.frozen
class Situation:
    """A town in which this ECT or mentor is somehow registered."""

    service: Service
    id: UUID
    school: Urn = URN  # of whoever asks

    @property
    def state(self) -> State:
        """Everything that is kept."""
        return self.service.store.state

    @property
    def today(self) -> date:
        """The day."""
        return self.service.clock.today()

    @property
    def actor(self) -> Actor:
        """Whoever asks."""
        return Actor(USER, self.school)

    @property
    def row(self) -> Any:
        """The ECT or the mentor, as the store has them."""
        return self.state.ects.get(self.id) or self.state.mentors[self.id]


def a_town(*, open_next_year: bool = True) -> Service:
    """Somebody uses an address here, and somebody who left used another."""
    service = Service.of(town(open_next_year=open_next_year))
    service.has_mentor(a_mentor(teacher=Teacher(PASSED, "Pia Passmore"), email=USED))
    gone = Teacher(BRAM, "Bram Okafor")
    service.has_ect(an_ect(teacher=gone, email=ONCE_USED, period=Period(A_YEAR_AGO, SUMMER)))
    return service


def open_year(service: Service, year: AcademicYear) -> None:
    """This academic year is open for registration, too."""
    service.do(lambda uow: uow.offers.save_academic_year(year, open_for_registration=True))


def registered(service: Service, **document: object) -> Situation:
    """An ECT whom the school registers now."""
    ect = service.register(**document).ect
    return Situation(service, ect.id, ect.school)


def confirms(service: Service, **changes: object) -> None:
    """The lead provider works with the school this year."""
    report_partnership(a_partnership(**changes), USER, service.ports)
