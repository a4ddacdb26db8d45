"""Connects to SQLite and PostgreSQL, set up so that both keep the same promises."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from adapters.sql.connection import postgresql
from adapters.sql.connection.errors import is_busy
from adapters.sql.connection.waiting import current_waiting

SQLITE, POSTGRESQL = "sqlite", "postgresql"
_POSTGRESQL_NAMES = {POSTGRESQL, "postgres"}  # many platforms hand out the short one
OLDEST_SQLITE = (3, 35, 0)  # the first with RETURNING

_SQLITE_BEGIN = "sqlite_begin"  # our execution option: the statement that begins a transaction
_BEGIN_WRITING = "BEGIN IMMEDIATE"  # writers wait at the first statement, not fail at the last
_READING: Mapping[str, Mapping[str, Any]] = {
    SQLITE: {_SQLITE_BEGIN: "BEGIN"},
    POSTGRESQL: {postgresql.BEGIN: postgresql.BEGIN_READING},
}

# Between its tries to write, SQLite rests for longer and longer: who waits for long would be
# overtaken, again and again, by a process that has just come. So each try is short.
_A_TRY = 0.003  # seconds

_IN_MEMORY = (None, "", ":memory:")

_OTHER_ADDRESS = (
    "the database address must be one of SQLite or PostgreSQL, like"
    " postgresql://USER@HOST/DATABASE or sqlite:////FULL/PATH/ect.db"
)
_OTHER_SQLITE_ADDRESS = (
    "the address of a SQLite file has three slashes before its path and nothing after it, like"
    " sqlite:///ect.db in this folder or sqlite:////FULL/PATH/ect.db"
)


def engine_for(url: str, patience: float) -> sa.Engine:
    """Returns an engine that waits ``patience`` seconds for others, or raises ValueError.

    Nothing is connected yet. A SQLite file must exist: only an upgrade creates one. ValueError
    means that the URL is not an address of SQLite or PostgreSQL.
    """
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError(_OTHER_ADDRESS) from None  # SQLAlchemy's message may hold a password
    kind = address.get_backend_name()
    if kind == SQLITE:
        _check_nothing_is_dropped(address)
        return _sqlite(address.database, patience)
    if kind in _POSTGRESQL_NAMES:
        return postgresql.engine_on_postgresql(address, patience)
    raise ValueError(_OTHER_ADDRESS)


def _check_nothing_is_dropped(address: sa.URL) -> None:
    """Refuses what SQLite has no use for: with two slashes, a part of the path is a host."""
    if address.host or address.port or address.username or address.query:
        raise ValueError(_OTHER_SQLITE_ADDRESS)


def sqlite_file(url: str) -> Path | None:
    """Returns the file that a SQLite address names; None for one in memory, and for PostgreSQL."""
    address = sa.make_url(url)
    if address.get_backend_name() != SQLITE or address.database in _IN_MEMORY:
        return None
    return Path(str(address.database)).absolute()


def most_connections(engine: sa.Engine) -> int:
    """Returns how many units of work can run at once; a SQLite file has room for every thread."""
    if engine.dialect.name == POSTGRESQL:
        return int(engine.get_execution_options()[postgresql.MOST])
    pool: Any = engine.pool
    return 1 if pool.size() == 1 else 1000


def reading_engine(engine: sa.Engine) -> sa.Engine:
    """Returns an engine on the same pool whose transactions only read.

    Each sees the state of one moment, and makes no writer wait.
    """
    return engine.execution_options(**_READING[engine.dialect.name])


def _sqlite(database: str | None, patience: float) -> sa.Engine:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ValueError("SQLite 3.35 or newer is needed")
    in_memory = database in _IN_MEMORY
    where = ":memory:" if in_memory else f"{Path(str(database)).absolute().as_uri()}?mode=rw"
    engine = sa.create_engine(
        "sqlite://",
        creator=_sqlite_connections(where),
        poolclass=sa.QueuePool,
        # A database in memory lives in its one connection, and its units take turns.
        pool_size=1 if in_memory else 5,
        max_overflow=0 if in_memory else -1,
        pool_timeout=patience,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    if not in_memory:
        _notice_another_file(engine, Path(str(database)).absolute())
    return engine


def _notice_another_file(engine: sa.Engine, file: Path) -> None:
    """Gives up connections to a file that was deleted or replaced.

    Such a file still takes everything that is written, and is gone with the last connection.
    """

    @event.listens_for(engine, "connect")
    def _remember(_: object, record: Any) -> None:
        record.info[file] = _identity(file)

    @event.listens_for(engine, "checkout")
    def _still_the_same(_: object, record: Any, *__: object) -> None:
        if record.info[file] != _identity(file):
            raise sa.exc.DisconnectionError


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _sqlite_connections(where: str) -> Callable[[], sqlite3.Connection]:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            where,
            uri=True,
            timeout=current_waiting().for_others(),
            isolation_level=None,  # transactions begin when we say so
            check_same_thread=False,  # the pool lends a connection to one thread at a time
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return connect


def _begin(connection: sa.Connection) -> None:
    """Begins a transaction on SQLite, which the driver leaves to us.

    See "Enabling Non-Legacy SQLite Transactional Modes" in SQLAlchemy's page on SQLite.
    """
    until = monotonic() + current_waiting().for_others()
    begin = connection.get_execution_options().get(_SQLITE_BEGIN, _BEGIN_WRITING)
    begun = False
    while begin == _BEGIN_WRITING and not begun and until - monotonic() > _A_TRY:
        begun = _tried(connection, begin)
    _wait_for_others(connection, until - monotonic())
    if not begun:
        connection.exec_driver_sql(begin)


def _tried(connection: sa.Connection, begin: str) -> bool:
    """Says whether a transaction has begun, which another may hold up."""
    _wait_for_others(connection, _A_TRY)
    try:
        connection.exec_driver_sql(begin)
    except sa.exc.OperationalError as error:
        if is_busy(error):
            return False
        raise
    return True


def _wait_for_others(connection: sa.Connection, seconds: float) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {max(round(seconds * 1000), 0)}")
