"""Holds the whole schema, and says which state of it this program was written for."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from adapters.sql.tables import offers, people, records, sessions
from adapters.sql.tables.columns import METADATA

__all__ = [
    "HEAD",
    "METADATA",
    "REVISIONS",
    "SchemaState",
    "offers",
    "people",
    "records",
    "sessions",
    "state_of",
]

# Oldest first. Written here too, so that a program that only checks needs no Alembic.
REVISIONS = tuple(f"{number:04}" for number in range(1, 15))
HEAD = REVISIONS[-1]


class SchemaState(StrEnum):
    """Says how the schema of a database compares with this program's."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    MISSING = "missing"


_versions = sa.table("alembic_version", sa.column("version_num", sa.Text()))


def state_of(connection: sa.Connection) -> SchemaState:
    """Returns the state of the schema; an unknown revision is newer than this program."""
    if not sa.inspect(connection).has_table(_versions.name):
        return SchemaState.MISSING
    revision = connection.scalar(sa.select(_versions.c.version_num))
    if revision is None:
        return SchemaState.MISSING
    if revision == HEAD:
        return SchemaState.CURRENT
    return SchemaState.OLDER if revision in REVISIONS else SchemaState.NEWER
