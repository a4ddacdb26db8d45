"""The demo: a world in a database, and a day that can be moved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime
from typing import Protocol

import attrs

from ect_registration.domain.notice import Message
from ect_registration.domain.values import Urn
from ect_registration.domain.world import World
from ect_registration.ports.clock import Clock
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.notices import Notifier
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.signing_in.sessions import bring_sessions, every_session
from ect_registration.use_cases.transactions import Ports
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


class Demo:
    """The demo's world, clock and database. ``lasting``: the database is never emptied."""

    def __init__(
        self,
        world: World,
        tries: Sequence[Try],
        clock: MovableClock,
        begin: Begin,
        notices: Sent,
        *,
        lasting: bool = False,
    ) -> None:
        self.world, self.tries, self.clock, self.lasting = world, tries, clock, lasting
        self.notices = notices
        self._begin, self._lock = begin, threading.Lock()
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

    def move_to(self, day: date) -> bool:
        """Sets the date. Returns whether the world was loaded again, for an earlier date."""
        with self._lock:
            back = day < self.clock.today()
            self.clock.move_to(day)
            if back:
                self._begin_afresh()
        return back

    def _begin_afresh(self) -> None:
        """Loads the world again, and keeps the sessions of signed-in users."""
        kept = every_session(self._ports)
        with ExitStack() as former:
            former.push(self._open.pop_all())
            self._ports = self._open.enter_context(self._begin(self.clock))
        bring_sessions(kept, self._ports)

    def close(self) -> None:
        """Closes the demo's database."""
        self._open.close()
