"""The ports that a use case is given, and how it runs a unit of work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.values import Urn
from ect_registration.ports.clock import Clock
from ect_registration.ports.errors import Conflict, Contention, Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.teacher_records import TeacherRecords

T = TypeVar("T")

TRIES = 40  # eight processes that want the same rows have finished long before


@attrs.frozen
class Ports:
    """Everything outside that the use cases talk to."""

    unit_of_work: Callable[[], UnitOfWork]
    # For looking only: it holds nobody up.
    reading: Callable[[], AbstractContextManager[UnitOfWork]]
    teacher_records: TeacherRecords
    clock: Clock
    new_id: Callable[[], UUID]
    pause: Callable[[int], None]  # before the next try, given how many there were


@attrs.frozen
class Actor:
    """Who does something, and for which school."""

    user: str
    school: Urn


def transact(ports: Ports, work: Callable[[UnitOfWork], T]) -> T:
    """Run ``work`` in a unit of work, and again in a fresh one when something was in the way.

    After a conflict the rules, run again on fresh facts, say what it was. ``work`` commits.
    Raises Unavailable when the way never clears.
    """
    for tries in range(1, TRIES + 1):
        try:
            with ports.unit_of_work() as uow:
                return work(uow)
        except (Conflict, Contention):
            ports.pause(tries)
    raise Unavailable("database", "too much was in the way for too long")
