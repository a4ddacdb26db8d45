"""Defines the table that says which programs work with a schema."""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import METADATA, length_of, text

# For programs that have never heard of a revision: each knows its own, and those before it.
schema_versions = sa.Table(
    "schema_versions",
    METADATA,
    sa.Column("revision", sa.Text(), primary_key=True),
    text("oldest_program"),
    length_of("revision", 4, 4),
    length_of("oldest_program", 4, 4),
)
