"""Brings a database up to this program's schema.

A new database, or one on SQLite, all of the way or not at all; a server in use revision by
revision, so that no lock is held for long.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import sqlalchemy as sa
from alembic import command

from adapters.sql.connection.engine import SQLITE, sqlite_file
from adapters.sql.connection.errors import DATABASE, speaking_our_errors
from adapters.sql.connection.migrating_in_use import migrate_in_use
from adapters.sql.connection.revisions import Revision, after, configuration, stops_asked_for
from adapters.sql.connection.schema import (
    HEAD,
    MIGRATIONS,
    SchemaState,
    revision_of,
    state_of,
)
from adapters.sql.connection.waiting import PATIENCE
from adapters.sql.store import SqlStore
from ect_registration.ports.errors import Contention, Unavailable

__all__ = ["MIGRATIONS", "StopNeeded", "Upgraded", "alone_in", "upgrade", "upgrade_store"]

OLDEST_POSTGRESQL = (14,)
TRIES, PAUSE = 20, 0.05  # seconds, more with each try: ten in all
OWNER_ONLY = 0o600  # names, TRNs and email addresses are in there
LOCK = 0x656374  # any number will do, as long as no other program takes it


@attrs.frozen
class Upgraded:
    """Says what an upgrade did."""

    before: str | None  # the revision that was found; None when there was no schema
    done: tuple[Revision, ...]
    is_newer: bool = False  # by additions: this program works with it, and there is nothing to do


class StopNeeded(Exception):
    """The service has to stop for this upgrade, and the operator has not said that it did."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def upgrade(url: str, *, in_window: bool = False) -> Upgraded:
    """Brings the database up to date; a SQLite file is made when there is none.

    ``in_window`` says that the service is stopped. Raises StopNeeded where it has to be and is
    not, Unavailable, for a schema newer than this program too, and ValueError as a store does.
    """
    store = SqlStore.at(url)
    try:
        if file := sqlite_file(url):
            _make(file)
        return upgrade_store(store, in_window=in_window)
    finally:
        store.close()


def upgrade_store(store: SqlStore, *, in_window: bool = False) -> Upgraded:
    """Brings a store that is open already, such as one in memory, up to date."""
    for tries in range(1, TRIES + 1):
        try:
            return _upgrade(store.engine, in_window=in_window)
        except Contention:  # SQLite does not wait for others who open a new file too
            time.sleep(tries * PAUSE)
    raise Unavailable(DATABASE, "others are upgrading it; try again")


def _upgrade(engine: sa.Engine, *, in_window: bool) -> Upgraded:
    with speaking_our_errors(), alone_in(engine) as connection:
        before, state = revision_of(connection), state_of(connection)
        if state is SchemaState.NEWER:
            raise Unavailable(DATABASE, "its schema is newer than this program")
        if state is SchemaState.NEWER_BY_ADDITIONS:
            return Upgraded(before, (), is_newer=True)
        pending = after(before)
        if before is None or engine.dialect.name == SQLITE:
            command.upgrade(configuration(connection), HEAD)
            return Upgraded(before, pending)
        reasons = stops_asked_for(before, pending)
        if reasons and not in_window:
            raise StopNeeded(reasons)
        migrate_in_use(engine, pending)
        return Upgraded(before, pending)


def _make(file: Path) -> None:
    """Makes a file for its owner alone, whatever the umask; its companions get the same mode.

    A file that is there already keeps its mode: its owner may have chosen that.
    """
    try:
        descriptor = os.open(file.resolve(), os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY)
        try:
            os.fchmod(descriptor, OWNER_ONLY)
        finally:
            os.close(descriptor)
    except FileExistsError:
        return
    except OSError as error:
        raise Unavailable(DATABASE, f"the file cannot be made: {error.strerror}") from error


@contextmanager
def alone_in(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Opens one transaction in which tables may change, while no other process upgrades."""
    kept = _on_sqlite(engine) if engine.dialect.name == SQLITE else _on_postgresql(engine)
    with kept as connection:
        yield connection


@contextmanager
def _on_sqlite(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Opens a transaction in which references survive a changed table, and are checked after.

    A changed table is a new table: https://www.sqlite.org/lang_altertable.html#otheralter.
    """
    with engine.connect() as connection:
        _set(connection, foreign_keys="OFF", legacy_alter_table="ON")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Unavailable(DATABASE, "references would lead nowhere")
        finally:
            _set(connection, foreign_keys="ON", legacy_alter_table="OFF")


def _set(connection: sa.Connection, **pragmas: str) -> None:
    """Sets pragmas past SQLAlchemy, whose transaction would not let them be set."""
    driver: Any = connection.connection.driver_connection
    for pragma, value in pragmas.items():
        driver.execute(f"PRAGMA {pragma} = {value}")


@contextmanager
def _on_postgresql(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Opens a transaction that holds the upgrade lock and sees what was committed before it."""
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
        if (connection.dialect.server_version_info or ()) < OLDEST_POSTGRESQL:
            raise Unavailable(DATABASE, "PostgreSQL 14 or newer is needed")
        with connection.begin():
            connection.exec_driver_sql(
                "SET LOCAL idle_in_transaction_session_timeout = 0;"
                f" SET LOCAL lock_timeout = '{PATIENCE}s'"
            )
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            yield connection
