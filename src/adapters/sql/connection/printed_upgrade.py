"""Prints what an upgrade would run, and runs it on nothing but an empty copy of the schema.

What a revision does to rows one by one depends on the rows: it says so in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import sqlalchemy as sa
from alembic import command
from sqlalchemy import event

from adapters.sql.connection.engine import POSTGRESQL, SQLITE, sqlite_file
from adapters.sql.connection.errors import DATABASE, speaking_our_errors
from adapters.sql.connection.migrating_in_use import LONGEST_WAIT
from adapters.sql.connection.revisions import FIRST_THAT_SAYS, after, configuration
from adapters.sql.connection.schema import SchemaState, revision_of, state_of
from adapters.sql.connection.upgrade import alone_in
from adapters.sql.store import SqlStore
from ect_registration.ports.errors import Unavailable

ROW_BY_ROW = "-- Here the program reads rows and changes them one by one: run ect db upgrade."
COPY = "ect_printed_upgrade"
_OF_NO_ROW = ("pg_catalog", "sqlite_master", "alembic_version", "schema_versions")


def printed_upgrade(url: str) -> str:
    """Returns the statements of an upgrade; nothing for a database that is up to date.

    Nothing is changed. Raises Unavailable, and ValueError as a store does.
    """
    with closing(SqlStore.at(url)) as store:
        before = _revision_in(store, url)
        dialect = store.engine.dialect.name
        if not after(before):
            return ""
        with closing(SqlStore.at("sqlite://" if dialect == SQLITE else url)) as elsewhere:
            lines = _run_on_a_copy(elsewhere.engine, before)
    begins, ends = _around(dialect, at_once=before is None)
    return "\n".join([*begins, *lines, *ends])


def _revision_in(store: SqlStore, url: str) -> str | None:
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return None
    with speaking_our_errors(), store.reading_engine.connect() as connection:
        if state_of(connection) is SchemaState.NEWER:
            raise Unavailable(DATABASE, "its schema is newer than this program")
        return revision_of(connection)


def _run_on_a_copy(engine: sa.Engine, before: str | None) -> list[str]:
    in_use = before is not None and engine.dialect.name == POSTGRESQL
    lines: list[str] = []
    with speaking_our_errors(), _copy(engine) as connection:
        if before is not None:
            command.upgrade(configuration(connection), before)
        event.listen(connection, "before_cursor_execute", _recorder(lines))
        for revision in after(before):
            by_itself = in_use and revision.number >= FIRST_THAT_SAYS
            printing = {"printing": lines} if by_itself else {}
            lines.append(f"\n-- {revision.number}: {revision.does}")
            if by_itself:
                lines += ["BEGIN;", f"SET LOCAL lock_timeout = {LONGEST_WAIT};"]
            elif in_use:
                lines.append("BEGIN;")
            command.upgrade(configuration(connection, **printing), revision.number)
            if in_use:
                lines.append("COMMIT;")
    return lines


@contextmanager
def _copy(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Opens a transaction among tables of its own, which is never committed."""
    if engine.dialect.name == SQLITE:
        with alone_in(engine) as connection:
            yield connection
        return
    with engine.connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql(f"CREATE SCHEMA {COPY}")
        connection.exec_driver_sql(f"SET LOCAL search_path TO {COPY}")
        yield connection
        transaction.rollback()


def _recorder(lines: list[str]) -> Callable[..., None]:
    def record(_: object, __: object, statement: str, *___: object) -> None:
        text = statement.strip()
        kind = text.split(maxsplit=1)[0].upper()
        if kind == "SELECT":
            if lines[-1] != ROW_BY_ROW and not any(name in text for name in _OF_NO_ROW):
                lines.append(ROW_BY_ROW)
        elif kind != "PRAGMA":
            lines.append(f"{text.removesuffix(';')};")

    return record


def _around(dialect: str, *, at_once: bool) -> tuple[list[str], list[str]]:
    """Returns what stands before and after everything that is one transaction."""
    if dialect == SQLITE:
        off = ["PRAGMA foreign_keys = OFF;", "PRAGMA legacy_alter_table = ON;", "BEGIN IMMEDIATE;"]
        return off, ["\nCOMMIT;", "PRAGMA legacy_alter_table = OFF;", "PRAGMA foreign_keys = ON;"]
    return (["BEGIN;"], ["\nCOMMIT;"]) if at_once else ([], [])
