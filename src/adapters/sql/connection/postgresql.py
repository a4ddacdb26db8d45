"""Connects to PostgreSQL, so that nothing is waited for without end."""

from __future__ import annotations

from math import isinf
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.abc import RV, PQGen
from sqlalchemy import event

from adapters.sql.connection.pooling import Pooling
from adapters.sql.connection.waiting import (
    LONGEST_TO_CONNECT,
    SHORTEST_TO_CONNECT,
    UNLIMITED,
    Waiting,
    current_waiting,
)
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import Contention

BEGIN = "postgresql_begin"  # our execution option: the statement that begins a transaction
BEGIN_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
ISOLATION_LEVEL = "isolation_level"  # SQLAlchemy's option; with it the driver begins transactions

MOST = "most_connections"  # our execution option: so many units of work can run at once
# A host that is gone says nothing. Idle connections in the pool find that out in ten seconds; a
# caller that waits has an earlier deadline.
_LIVELINESS = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# Seconds. The server is the first to give up: it says why, and the connection lives on.
_SOONER = 0.2
_SHORTEST = 0.1
_BETWEEN_STATEMENTS = 5.0  # for the program to think, beyond its deadline


class TimedConnection(psycopg.Connection[Any]):
    """Waits for the server no longer than the unit of work may that has the connection.

    Timeouts of the server do not help while it is frozen, or while no packet comes through.
    """

    waiting = Waiting()

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Waits within the limits, and closes the connection when they are over."""
        longest = max(_SHORTEST, self.waiting.for_a_statement())
        if isinf(longest):
            return super().wait(gen, interval, timeout)
        until = Deadline.after(longest if timeout is None else min(timeout, longest))
        try:
            return super().wait(gen, interval, until.left())
        except psycopg.OperationalError:
            if until.is_over:
                self.close()  # the statement may have been carried out, or not
            raise


def engine_on_postgresql(address: sa.URL, patience: float) -> sa.Engine:
    """Returns an engine that begins transactions itself: in one message with their limits."""
    pooling, address = Pooling.of(address)
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        connect_args={**_LIVELINESS, "prepare_threshold": pooling.prepare_threshold},
        execution_options={MOST: pooling.kept + pooling.overflow},
        pool_size=pooling.kept,
        max_overflow=pooling.overflow,
        pool_timeout=patience,
        pool_use_lifo=True,  # few connections at work, which have prepared what pages ask for
        hide_parameters=True,
    )
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "begin", _begin)
    return engine


def _connect(_: object, __: object, where: list[Any], how: dict[str, Any]) -> TimedConnection:
    left = min(LONGEST_TO_CONNECT, current_waiting().deadline.left())
    if left < SHORTEST_TO_CONNECT:
        raise Contention("no time is left to connect")
    return TimedConnection.connect(*where, **{"connect_timeout": int(left), **how})


def _begin(connection: sa.Connection) -> None:
    """Sends BEGIN and the limits of the transaction, which any pool in between understands."""
    driver: Any = connection.connection.driver_connection
    options, waiting = connection.get_execution_options(), current_waiting()
    if ISOLATION_LEVEL in options:
        driver.waiting = UNLIMITED
        return
    driver.waiting = waiting
    statement = options.get(BEGIN, BEGIN_WRITING) + _limits(waiting)
    try:
        driver.execute(statement, prepare=False)
    except psycopg.Error as error:
        raise sa.exc.OperationalError(
            statement, None, error, connection_invalidated=driver.closed
        ) from None


def _limits(waiting: Waiting) -> str:
    a_statement = waiting.for_a_statement() - _SOONER
    limits = {
        "lock_timeout": min(waiting.for_others(), a_statement * 0.9),  # it says more
        "statement_timeout": a_statement,
        "idle_in_transaction_session_timeout": a_statement + _BETWEEN_STATEMENTS,
    }
    return "".join(
        f"; SET LOCAL {name} = {round(max(_SHORTEST, seconds) * 1000)}"
        for name, seconds in limits.items()
    )
