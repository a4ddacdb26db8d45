"""Says what a guarantee is, and how to see whether a database keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs
import sqlalchemy as sa

from adapters.sql.connection.engine import POSTGRESQL, SQLITE


@attrs.frozen
class Guarantee:
    """Describes something that no writer can break, whatever program it is."""

    name: str  # the catalogue of rules says "database: <name>"
    says: str  # one plain sentence
    constraints: tuple[str, ...] = ()  # the names of those that keep it in both databases
    sqlite: tuple[str, ...] = ()  # of triggers
    postgresql: tuple[str, ...] = ()  # of triggers and exclusion constraints
    violations: tuple[sa.Executable, ...] = ()  # each must be refused among the made-up rows
    sqlite_violations: tuple[sa.Executable, ...] = ()
    postgresql_violations: tuple[sa.Executable, ...] = ()

    def declarations(self, database: str) -> frozenset[str]:
        """Returns the names to look for in this kind of database."""
        theirs = {SQLITE: self.sqlite, POSTGRESQL: self.postgresql}[database]
        return frozenset((*self.constraints, *theirs))

    def attempts(self, database: str) -> tuple[sa.Executable, ...]:
        """Returns the violations to try in this kind of database."""
        theirs = {SQLITE: self.sqlite_violations, POSTGRESQL: self.postgresql_violations}
        return (*self.violations, *theirs[database])


@attrs.frozen
class Finding:
    """Says whether a guarantee is in force, and what was looked at."""

    name: str
    in_force: bool
    detail: str


# A trigger that is switched off does not count, nor a reference that one of those would keep.
_POSTGRESQL_NAMES = sa.text(
    """
    SELECT conname FROM pg_constraint
    WHERE connamespace = to_regnamespace(current_schema()) AND convalidated AND NOT EXISTS (
        SELECT FROM pg_trigger WHERE tgconstraint = pg_constraint.oid AND tgenabled = 'D'
    )
    UNION ALL
    SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = to_regnamespace(current_schema())
    AND NOT tgisinternal AND tgenabled IN ('A', 'O')
    """
)
_SQLITE_TRIGGERS = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
_SQLITE_TABLES = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table'")


def declared_in(connection: sa.Connection) -> frozenset[str]:
    """Returns the names of every constraint and trigger that is there and switched on."""
    if connection.dialect.name == POSTGRESQL:
        return frozenset(connection.scalars(_POSTGRESQL_NAMES))
    tables = " ".join(connection.scalars(_SQLITE_TABLES))
    triggers = connection.scalars(_SQLITE_TRIGGERS)
    return frozenset((*triggers, *re.findall(r"CONSTRAINT (\w+)", tables)))


def is_refused(
    violation: sa.Executable, connection: sa.Connection, values: Mapping[str, str]
) -> bool:
    """Says whether the database refuses a violation, which is undone where it is let happen."""
    attempt = connection.begin_nested()
    try:
        connection.execute(violation, values)
    except (sa.exc.DataError, sa.exc.IntegrityError):
        return True
    finally:
        attempt.rollback()
    return False
