"""Brings a database up to this program's schema: all of the way, or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from adapters.sql.connection.engine import SQLITE, sqlite_file
from adapters.sql.connection.errors import DATABASE, speaking_our_errors
from adapters.sql.connection.schema import HEAD, SchemaState, state_of
from adapters.sql.store import SqlStore
from ect_registration.ports.errors import Contention, Unavailable

MIGRATIONS = Path(__file__).parents[1] / "migrations"
OLDEST_POSTGRESQL = (14,)
TRIES, PAUSE = 20, 0.05  # seconds, more with each try: ten in all
OWNER_ONLY = 0o600  # names, TRNs and email addresses are in there
LOCK = 0x656374  # any number will do, as long as no other program takes it


def upgrade(url: str) -> None:
    """Brings the database up to date; a SQLite file is made when there is none.

    Raises Unavailable, for a schema newer than this program too, and ValueError as a store does.
    """
    store = SqlStore.at(url)
    try:
        if file := sqlite_file(url):
            _make(file)
        upgrade_store(store)
    finally:
        store.close()


def upgrade_store(store: SqlStore) -> None:
    """Brings a store that is open already, such as one in memory, up to date."""
    for tries in range(1, TRIES + 1):
        try:
            return _upgrade(store)
        except Contention:  # SQLite does not wait for others who open a new file too
            time.sleep(tries * PAUSE)
    raise Unavailable(DATABASE, "others are upgrading it; try again")


def _upgrade(store: SqlStore) -> None:
    with speaking_our_errors(), alone_in(store.engine) as connection:
        if state_of(connection) is SchemaState.NEWER:
            raise Unavailable(DATABASE, "its schema is newer than this program")
        command.upgrade(_configuration(connection), HEAD)


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
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            yield connection


def _configuration(connection: sa.Connection) -> Config:
    configuration = Config(attributes={"connection": connection})
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration
