"""The demo: a world in a database, a day that can be moved, and a TRS that can be cut off."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from typing import Protocol

import attrs

from ect_registration.domain.catalogue import rule_named
from ect_registration.domain.decisions import Rule
from ect_registration.domain.notice import Message
from ect_registration.domain.school import School
from ect_registration.domain.sessions import Person
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import World
from ect_registration.ports.clock import Clock
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.notices import Notifier
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.teacher_records import TeacherRecords
from ect_registration.use_cases.signing_in.sessions import bring_sessions, every_session
from ect_registration.use_cases.transactions import Ports
from entrypoints.demo.highlights import highlights_of
from entrypoints.demo.tries import Part, Try, parts_of

Begin = Callable[[Clock], AbstractContextManager[Ports]]  # with the world in the database


class MovableClock:
    """A clock whose date the user sets; limits still use the real time."""

    def __init__(self, day: date, fixed: Callable[[date], Clock]) -> None:
        self._fixed = fixed
        self._clock = fixed(day)

    def move_to(self, day: date) -> None:
        """Sets the clock to this day."""
        self._clock = self._fixed(day)

    def today(self) -> date:
        """Returns the day that was chosen."""
        return self._clock.today()

    def now(self) -> datetime:
        """Returns the real moment, with its time zone, in UTC."""
        return self._clock.now()

    def stamp(self) -> datetime:
        """Returns the real time of day on the day that was chosen."""
        return self._clock.stamp()


class Sent(Notifier, Protocol):
    """Takes notices along, and shows what was sent."""

    def messages(self) -> Sequence[Message]:
        """Returns what was sent, latest first."""


class StandIn(TeacherRecords, Protocol):
    """TRS in memory, which can be out of reach."""

    out_of_reach: bool


class Demo:
    """The demo's world, clock, TRS and database. ``lasting``: the database is never emptied."""

    def __init__(
        self,
        world: World,
        tries: Sequence[Try],
        clock: MovableClock,
        begin: Begin,
        sending: Callable[[], Sent],  # with nothing sent yet
        trs: StandIn,
        *,
        lasting: bool = False,
    ) -> None:
        self.world, self.tries, self.clock, self.lasting = world, tries, clock, lasting
        self.trs, self.highlights = trs, highlights_of(world)
        self._first_day, self._lock = clock.today(), threading.Lock()
        self._begin, self._sending = begin, sending
        self.notices = sending()
        self._open = ExitStack()
        self._ports = self._open.enter_context(begin(clock))

    def ports(self) -> Ports:
        """Returns ports that keep working when the world is loaded again."""
        return attrs.evolve(self._ports, unit_of_work=self._unit_of_work, reading=self._reading)

    def _unit_of_work(self, deadline: Deadline = NEVER) -> UnitOfWork:
        return self._ports.unit_of_work(deadline)

    def _reading(self, deadline: Deadline = NEVER) -> AbstractContextManager[UnitOfWork]:
        return self._ports.reading(deadline)

    def tries_at(self, school: Urn) -> Sequence[Part]:
        """Returns what a user of this school can try."""
        return parts_of([row for row in self.tries if row.school == school.digits])

    def person(self, id: str) -> tuple[Person, School]:
        """Returns a user of the world, and their school."""
        user = next(user for user in self.world.users if user.id == id)
        school = next(school for school in self.world.schools if school.urn == user.school)
        return Person(user.id, user.name, user.email), school

    def born_on(self, trn: Trn) -> date:
        """Returns the date of birth of one of the invented people; LookupError without one."""
        born_on = next(each.date_of_birth for each in self.world.trs_people if each.trn == trn)
        if born_on is None:
            raise LookupError("TRS has no date of birth")
        return born_on

    def rule(self, id: str) -> Rule | None:
        """Returns the rule with this id, for a page that it is about."""
        return rule_named(id)

    def move_to(self, day: date) -> bool:
        """Sets the date. Returns whether the world was loaded again, for an earlier date."""
        with self._lock:
            back = day < self.clock.today()
            self.clock.move_to(day)
            if back:
                self._begin_afresh()
        return back

    def start_again(self) -> None:
        """Puts date, TRS and data back to the start. Raises ValueError for a lasting database."""
        if self.lasting:
            raise ValueError("this database is never emptied")
        with self._lock:
            self.clock.move_to(self._first_day)
            self._begin_afresh()

    def _begin_afresh(self) -> None:
        """Loads the world again, and keeps the sessions of signed-in users.

        Requests that are running finish on the former database, which is not read again.
        """
        self.trs.out_of_reach = False
        with ExitStack() as opening:
            ports = opening.enter_context(self._begin(self.clock))
            bring_sessions(every_session(self._ports), ports)
            former, self._open = self._open, opening.pop_all()
            self._ports, self.notices = ports, self._sending()
        former.close()

    def close(self) -> None:
        """Closes the demo's database."""
        self._open.close()
