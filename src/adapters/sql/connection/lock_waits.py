"""Tells how long units of work wait for what they hold."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

# The statements that wait for others: advisory locks of PostgreSQL, the one writer of SQLite.
WAITING = ("pg_advisory_xact_lock", "BEGIN IMMEDIATE")
BEGAN = "lock_wait_began"


def observe_lock_waits(engine: sa.Engine, waited: Callable[[float], object]) -> None:
    """Calls ``waited`` with the seconds of each such wait, whether the lock was got or not.

    One that asks again is one wait. It ends with a statement that succeeds, or when the connection
    goes back to its pool.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def _before(connection: Any, _: object, statement: str, *__: object) -> None:
        if _waits(statement):
            connection.info.setdefault(BEGAN, perf_counter())

    @event.listens_for(engine, "after_cursor_execute")
    def _after(connection: Any, *_: object) -> None:
        _tell(connection.info)

    @event.listens_for(engine, "checkin")
    def _in_vain(_: object, record: Any) -> None:
        _tell(record.info)

    def _tell(info: dict[Any, Any]) -> None:
        began = info.pop(BEGAN, None)
        if began is not None:
            waited(perf_counter() - began)


def _waits(statement: str) -> bool:
    return any(words in statement for words in WAITING)
