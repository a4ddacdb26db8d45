"""The ports that a use case is given, and how it runs a unit of work."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.values import Urn
from ect_registration.ports.clock import Clock
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Busy, Conflict, Contention, Rejected, Unstorable
from ect_registration.ports.store import BeginReading, BeginWriting, UnitOfWork
from ect_registration.ports.teacher_records import TeacherRecords

T = TypeVar("T")

DATABASE = "database"

# Seconds after which nothing is tried again, for commands too: a database that others keep locked
# for a minute will hardly be free in the next.
LONGEST_TO_TRY = 60.0
TRIES = 40  # eight processes that want the same rows have finished long before
# A race that one guarantee explains is over when the rules run again on fresh facts. Another race
# about the same guarantee may follow, but hardly a third one in a row.
SAME_CONFLICTS = 3


NewId = Callable[[], UUID]  # returns an id that no record has yet


@attrs.frozen
class Ports:
    """Everything outside that the use cases talk to."""

    unit_of_work: BeginWriting
    reading: BeginReading
    teacher_records: TeacherRecords
    clock: Clock
    new_id: NewId
    pause: Callable[[int], None]  # before the next try, given how many there were
    deadline: Deadline = NEVER

    def within(self, deadline: Deadline) -> Ports:
        """Returns these ports for work that is given up at the deadline."""
        return attrs.evolve(
            self,
            unit_of_work=partial(self.unit_of_work, deadline=deadline),
            reading=partial(self.reading, deadline=deadline),
            teacher_records=self.teacher_records.within(deadline),
            deadline=deadline,
        )


class Tells(StrEnum):
    """Who gets a notice of what is done."""

    NOBODY = "nobody"  # as for a command of an operator
    PEOPLE = "people"  # the ECT or mentor
    EVERYBODY = "everybody"  # the user gets a receipt as well


@attrs.frozen
class Actor:
    """Who does something, for which school, and who is told of it."""

    user: str
    school: Urn
    tells: Tells = Tells.NOBODY
    reason: str | None = None  # of an operator who acts for the school; history keeps it


def transact(ports: Ports, work: Callable[[UnitOfWork], T]) -> T:
    """Runs ``work`` in a unit of work, and in a fresh one after a conflict or a failed wait.

    After a conflict the rules, run again on fresh facts, say what it was. ``work`` commits.
    Raises Rejected when the store refuses the change for the same reason each time, and Busy
    after the last attempt or when the deadline of the ports has passed; the last error is the
    cause of either.
    """
    conflicts, tries = _Conflicts(), 0
    deadline = ports.deadline.within(LONGEST_TO_TRY)
    while True:
        tries += 1
        try:
            with ports.unit_of_work() as uow:
                return work(uow)
        except (Conflict, Contention) as error:
            if conflicts.are_hopeless_after(error):
                raise Rejected(DATABASE, str(error)) from error
            if tries == TRIES or deadline.is_over:
                raise Busy(DATABASE, f"busy: gave up after {tries} attempts") from error
        ports.pause(tries)


@attrs.define
class _Conflicts:
    """Counts how often in a row the store gave the same reason."""

    _reason: str | None = None
    _in_a_row: int = 0

    def are_hopeless_after(self, error: Conflict | Contention) -> bool:
        """Says whether the same work would be refused again."""
        if isinstance(error, Unstorable):
            return True
        reason = str(error) if isinstance(error, Conflict) else None
        self._in_a_row = self._in_a_row + 1 if reason == self._reason else 1
        self._reason = reason
        return reason is not None and self._in_a_row >= SAME_CONFLICTS
