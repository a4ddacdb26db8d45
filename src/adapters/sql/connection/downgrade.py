"""Takes back the last step of the schema, where that can be done."""

from __future__ import annotations

from contextlib import closing

import sqlalchemy as sa
from alembic import command

from adapters.sql.connection.engine import SQLITE
from adapters.sql.connection.errors import DATABASE, speaking_our_errors
from adapters.sql.connection.migrating_in_use import step_in_use
from adapters.sql.connection.revisions import Revision, all_revisions, configuration
from adapters.sql.connection.schema import revision_of
from adapters.sql.connection.upgrade import alone_in
from adapters.sql.store import SqlStore
from ect_registration.ports.errors import Unavailable

NO_WAY_BACK = "cannot be taken back; restore a copy from before it"


def last_step(url: str) -> Revision:
    """Returns the revision that a downgrade would take back.

    Raises Unavailable when there is none that can be, and ValueError as a store does.
    """
    with (
        closing(SqlStore.at(url)) as store,
        speaking_our_errors(),
        store.reading_engine.connect() as connection,
    ):
        return _last_step(connection)


def downgrade(url: str) -> Revision:
    """Takes back the last step, and returns it; raises as ``last_step`` does."""
    with closing(SqlStore.at(url)) as store, speaking_our_errors():
        with alone_in(store.engine) as connection:
            found = _last_step(connection)
            if store.engine.dialect.name == SQLITE:
                command.downgrade(configuration(connection), "-1")
            else:
                step_in_use(store.engine, found, _down)
        return found


def _last_step(connection: sa.Connection) -> Revision:
    number = revision_of(connection)
    if number is None:
        raise Unavailable(DATABASE, "it is empty; there is nothing to take back")
    found = all_revisions().get(number)
    if found is None:
        raise Unavailable(
            DATABASE,
            f"its schema is newer than this program; the program that made {number} takes it back",
        )
    if not found.can_be_taken_back:
        raise Unavailable(DATABASE, f"revision {number} {NO_WAY_BACK}")
    return found


def _down(connection: sa.Connection, _: str) -> None:
    command.downgrade(configuration(connection, in_use=True), "-1")
