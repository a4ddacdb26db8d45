"""Migrates a PostgreSQL server in use: each revision by itself, and no long wait for a lock.

A statement that waits for a table lock makes every later statement wait too. So each wait is
short, and is tried again after the later statements have had their turn.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import command
from sqlalchemy import event

from adapters.sql.connection.errors import DATABASE, speaking_our_errors
from adapters.sql.connection.revisions import (
    FIRST_THAT_SAYS,
    Revision,
    configuration,
)
from ect_registration.ports.errors import Contention, Unavailable

LONGEST_WAIT = 500  # milliseconds that pages may wait behind us for a lock
TRIES = 60
PAUSE = (0.5, 1.5)  # seconds, in which those who waited behind us go on

HELD = "others hold a table that it changes, for too long: try again at a quieter time"


def migrate_in_use(engine: sa.Engine, pending: Iterable[Revision]) -> None:
    """Takes these steps; what was done before one that fails stays done.

    Revisions that say nothing of themselves are one transaction together, in a window.
    """
    earlier = [found for found in pending if found.number < FIRST_THAT_SAYS]
    if earlier:
        with speaking_our_errors(), _unhurried(engine) as connection, connection.begin():
            command.upgrade(configuration(connection), earlier[-1].number)
    for found in pending:
        if found.number >= FIRST_THAT_SAYS:
            step_in_use(engine, found, _up)


def step_in_use(
    engine: sa.Engine, revision: Revision, step: Callable[[sa.Connection, str], None]
) -> None:
    """Takes one step up or down; raises Unavailable when a lock is not to be had."""
    for _ in range(TRIES):
        try:
            with speaking_our_errors(), _unhurried(engine) as connection:
                event.listen(connection, "begin", _wait_briefly)
                return step(connection, revision.number)
        except Contention:
            time.sleep(random.uniform(*PAUSE))  # noqa: S311 - no secret
    raise Unavailable(DATABASE, f"revision {revision.number} was not begun: {HELD}")


def _up(connection: sa.Connection, number: str) -> None:
    command.upgrade(configuration(connection, in_use=True), number)


@contextmanager
def _unhurried(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Opens a connection of its own, which no page uses after it: its settings are ours."""
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
        try:
            yield connection
        finally:
            connection.invalidate()


def _wait_briefly(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        f"SET LOCAL lock_timeout = {LONGEST_WAIT}; SET LOCAL statement_timeout = 0"
    )
