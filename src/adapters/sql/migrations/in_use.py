"""Steps of migrations that hold up no page on a PostgreSQL server in use.

Where no page can be held up (on SQLite, in a new database and in a window) each step runs at once.
A step that leaves the transaction comes last in its revision, or has a revision of its own: it may
be run again after it failed halfway, and so may the steps before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op

_VALID = sa.text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)")


def add_index(table: str, columns: Sequence[str], *, where: str | None = None) -> None:
    """Makes an index under the name that the tables give it, while pages read and write."""
    name = f"ix_{table}_{'_'.join(columns)}"
    if not is_in_use():
        some = sa.text(where) if where else None
        op.create_index(op.f(name), table, list(columns), sqlite_where=some, postgresql_where=some)
        return
    condition = f" WHERE {where}" if where else ""
    with _no_transaction():
        if _printed() is None and op.get_bind().scalar(_VALID, {"name": name}):
            return
        _run(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")  # what a failed try has left
        _run(f"CREATE INDEX CONCURRENTLY {name} ON {table} ({', '.join(columns)}){condition}")


def drop_index(table: str, columns: Sequence[str]) -> None:
    """Removes the index under the name that the tables give it."""
    name = f"ix_{table}_{'_'.join(columns)}"
    if not is_in_use():
        op.drop_index(op.f(name), table)
        return
    with _no_transaction():
        _run(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


def set_check(table: str, name: str, condition: str) -> None:
    """Adds a check, or puts another in place of the one with this name.

    New rows are held to it at once; those that are there are looked at while pages go on.
    """
    full = f"ck_{table}_{name}"
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(table, full, condition)
        return
    late = " NOT VALID" if is_in_use() else ""
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {full}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {full} CHECK ({condition}){late}")
    _validate(table, full)


def drop_check(table: str, name: str) -> None:
    """Removes a check. On SQLite no column can be dropped before its check."""
    full = f"ck_{table}_{name}"
    if op.get_bind().dialect.name == "sqlite":
        _make_anew(table, full, None)
    else:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {full}")


def add_reference(table: str, column: str, other: str) -> None:
    """Lets a column of a table on PostgreSQL refer to the rows of another.

    On SQLite a column is added with its reference or not at all.
    """
    if op.get_bind().dialect.name == "sqlite":
        return
    full, late = f"fk_{table}_{column}", " NOT VALID" if is_in_use() else ""
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {full}")
    op.execute(
        f"ALTER TABLE {table} ADD CONSTRAINT {full}"
        f" FOREIGN KEY ({column}) REFERENCES {other} (id){late}"
    )
    _validate(table, full)


def is_in_use() -> bool:
    """Says whether others use the database meanwhile: each revision is then a transaction."""
    return _given("in_use") is True or _printed() is not None


def _validate(table: str, constraint: str) -> None:
    if is_in_use():
        with _no_transaction():
            _run(f"ALTER TABLE {table} VALIDATE CONSTRAINT {constraint}")


@contextmanager
def _no_transaction() -> Iterator[None]:
    """Commits what was done, so that no lock is held while this waits."""
    if (lines := _printed()) is not None:
        lines.append("COMMIT;")
        yield
        lines.append("BEGIN;")
        return
    with op.get_context().autocommit_block():
        for unhurried in ("SET lock_timeout = 0", "SET statement_timeout = 0"):
            _run(unhurried)
        yield


def _run(statement: str) -> None:
    """Runs what cannot run in a transaction, or only prints it."""
    if (lines := _printed()) is not None:
        lines.append(f"{statement};")
    else:
        op.execute(statement)


def _printed() -> list[str] | None:
    """Returns where statements are printed to, when that is all that is wanted."""
    lines: list[str] | None = _given("printing")
    return lines


def _given(name: str) -> Any:
    config = op.get_context().config
    return None if config is None else config.attributes.get(name)


def _make_anew(table: str, check: str, condition: str | None) -> None:
    """Rebuilds a table on SQLite from its own SQL, with its indexes and triggers."""
    database = op.get_bind()
    kept = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND "
    made = database.exec_driver_sql(f"{kept} type = 'table'", (table,)).scalar_one()
    others = database.exec_driver_sql(f"{kept} type <> 'table'", (table,)).scalars().all()
    without = re.sub(rf",?\s*CONSTRAINT {check} CHECK \((?:[^()]|\([^()]*\))*\)", "", made)
    changed = without.rstrip()
    if condition is not None:
        changed = f"{changed.removesuffix(')').rstrip()}, CONSTRAINT {check} CHECK ({condition}))"
    renamed = re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", changed)
    columns = ", ".join(
        f'"{row.name}"' for row in database.exec_driver_sql(f"PRAGMA table_info({table})")
    )
    database.exec_driver_sql(renamed)
    database.exec_driver_sql(
        f"INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table}"  # noqa: S608
    )
    database.exec_driver_sql(f"DROP TABLE {table}")
    database.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for other in others:
        database.exec_driver_sql(other)
