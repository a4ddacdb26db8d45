"""Holds the whole schema, and says which state of it this program was written for."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from adapters.sql.tables import (
    announcements,
    lead_providers,
    notices,
    offers,
    people,
    records,
    refusals,
    sessions,
)
from adapters.sql.tables.columns import METADATA
from adapters.sql.tables.versions import schema_versions

__all__ = [
    "HEAD",
    "METADATA",
    "REVISIONS",
    "SchemaState",
    "announcements",
    "lead_providers",
    "notices",
    "offers",
    "people",
    "records",
    "refusals",
    "sessions",
    "state_of",
]

MIGRATIONS = Path(__file__).parents[1] / "migrations"

# Oldest first, by the names of their files: a program that only checks needs no Alembic.
REVISIONS = tuple(sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("????_*.py")))
HEAD = REVISIONS[-1]


class SchemaState(StrEnum):
    """Says how the schema of a database compares with this program's."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    NEWER_BY_ADDITIONS = "newer by additions"  # this program works with it
    MISSING = "missing"


_versions = sa.table("alembic_version", sa.column("version_num", sa.Text()))


def revision_of(connection: sa.Connection) -> str | None:
    """Returns the revision of the schema, or None when there is none."""
    if not sa.inspect(connection).has_table(_versions.name):
        return None
    return connection.scalar(sa.select(_versions.c.version_num))


def state_of(connection: sa.Connection) -> SchemaState:
    """Returns the state of the schema.

    A revision that this program has never heard of is newer. The database says itself which
    programs work with it: see ``schema_versions``.
    """
    revision = revision_of(connection)
    if revision is None:
        return SchemaState.MISSING
    if revision == HEAD:
        return SchemaState.CURRENT
    if revision in REVISIONS:
        return SchemaState.OLDER
    works = _oldest_program(revision, connection) in REVISIONS
    return SchemaState.NEWER_BY_ADDITIONS if works else SchemaState.NEWER


def _oldest_program(revision: str, connection: sa.Connection) -> str | None:
    """Returns the oldest revision whose programs work with this one; None if not recorded."""
    if not sa.inspect(connection).has_table(schema_versions.name):
        return None
    return connection.scalar(
        sa.select(schema_versions.c.oldest_program).where(schema_versions.c.revision == revision)
    )
