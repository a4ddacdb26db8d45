"""The use cases on the memory adapters, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Self, TypeVar
from uuid import uuid4

import attrs

from builders import ECT_TRN, NOW, URN
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.records.history import Change
from ect_registration.domain.values import NationalInsuranceNumber, Trn, Urn
from ect_registration.domain.world import TrsPerson, World
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.store import MemoryStore
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.registering.register_ect import Checked, check_ect, register_ect
from ect_registration.use_cases.transactions import Actor, Ports
from unit.use_cases.town import the_document

T = TypeVar("T")

USER = "user-1"
ACTOR = Actor(USER, URN)


@attrs.define
class HandClock:
    """Stands still until it is moved."""

    moment: datetime = NOW

    def today(self) -> date:
        """The day of the moment."""
        return self.moment.date()

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def stamp(self) -> datetime:
        """The moment."""
        return self.moment

    def wait(self, **how_long: float) -> None:
        """So much later."""
        self.moment += timedelta(**how_long)

    def turn_to(self, day: date) -> None:
        """Noon of that day."""
        self.moment = datetime.combine(day, time(12), UTC)


class ListeningRecords(MemoryTeacherRecords):
    """TRS in memory; it remembers which facts it was asked by.

    ``meanwhile`` happens once, while somebody waits for the next answer.
    """

    def __init__(self, people: Sequence[TrsPerson]) -> None:
        super().__init__(people)
        self.asked: list[str] = []
        self.asked_for_many: list[Trn] = []
        self.meanwhile: Callable[[], object] | None = None

    def _hear(self, fact: str) -> None:
        self.asked.append(fact)
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()

    def by_date_of_birth(self, trn: Trn, born_on: date) -> TeacherRecord | NoMatch:
        """Heard."""
        self._hear("date of birth")
        return super().by_date_of_birth(trn, born_on)

    def by_national_insurance_number(
        self, trn: Trn, number: NationalInsuranceNumber
    ) -> TeacherRecord | NoMatch:
        """Heard."""
        self._hear("National Insurance number")
        return super().by_national_insurance_number(trn, number)

    def matching(self, people: Mapping[Trn, date]) -> Mapping[Trn, TeacherRecord]:
        """Heard."""
        self.asked_for_many += people
        return super().matching(people)

    def by_trn(self, trn: Trn) -> TeacherRecord | NoMatch:
        """Heard."""
        self._hear("TRN")
        return super().by_trn(trn)


@attrs.define
class Service:
    """What a composition root would put together, and short ways to use it."""

    store: MemoryStore
    clock: HandClock
    records: ListeningRecords
    ports: Ports
    pauses: list[int]

    @classmethod
    def of(cls, world: World) -> Self:
        """With this world loaded."""
        store, clock, pauses = MemoryStore(), HandClock(), list[int]()
        records = ListeningRecords(world.trs_people)
        ports = Ports(
            unit_of_work=store.unit_of_work,
            reading=store.reading,
            teacher_records=records,
            clock=clock,
            new_id=uuid4,
            pause=pauses.append,
        )
        load_world(world, "loader", ports)
        return cls(store, clock, records, ports, pauses)

    def register(self, **changes: object) -> object:
        """What registering the example comes to, with these changes."""
        return register_ect(the_document(**changes), USER, self.ports)

    def check(self, **changes: object) -> Checked:
        """The same, only checked."""
        return check_ect(the_document(**changes), self.ports)

    def trs_now_says(self, *people: TrsPerson) -> None:
        """TRS knows these people instead."""
        self.records = ListeningRecords(people)
        self.ports = attrs.evolve(self.ports, teacher_records=self.records)

    def do(self, action: Callable[[UnitOfWork], T]) -> T:
        """Something done in a unit of work of its own, and kept."""
        with self.store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING])
            result = action(uow)
            uow.commit()
        return result

    def has_ect(self, ect: EctAtSchool) -> EctAtSchool:
        """This ECT is on the books already."""
        self.do(lambda uow: _bring_in(ect, uow, self.clock.today()))
        return ect

    def has_mentor(self, mentor: MentorAtSchool) -> MentorAtSchool:
        """This mentor is on the books already."""

        def add(uow: UnitOfWork) -> None:
            uow.teachers.save(mentor.teacher)
            if mentor.email is not None:
                uow.emails.claim(mentor.email, mentor.teacher.trn, self.clock.today())
            uow.mentors.add(mentor)

        self.do(add)
        return mentor

    def ects_of(self, *trns: Trn) -> Sequence[EctAtSchool]:
        """Their periods, oldest first."""
        with self.store.reading() as uow:
            return uow.ects.of_people(trns or [ECT_TRN])

    def history(self, school: Urn = URN) -> Sequence[Change]:
        """What happened at this school, without what was loaded."""
        with self.store.reading() as uow:
            return [change for change in uow.history.of_school(school) if change.actor == USER]


def _bring_in(ect: EctAtSchool, uow: UnitOfWork, today: date) -> None:
    uow.teachers.save(ect.teacher)
    if ect.email is not None and ect.period.is_open(today):
        uow.emails.claim(ect.email, ect.teacher.trn, today)
    uow.ects.add(ect)
