"""Adds a row, or sets the one that is there to what is given."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


def upsert(table: sa.Table, *key: str, once: Collection[str] = ()) -> postgresql.Insert:
    """Returns an upsert of the row with this ``key``, which keeps its first value of ``once``.

    SQLite speaks this dialect of PostgreSQL too.
    """
    insert = postgresql.insert(table).inline()
    rest = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in {"id", *key, *once}
    }
    if not rest:
        return insert.on_conflict_do_nothing(index_elements=key)
    return insert.on_conflict_do_update(index_elements=key, set_=rest)
