"""Adds a row, or sets the one that is there to what is given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


def upsert(
    table: sa.Table, *key: str, once: Collection[str] = (), together: Sequence[str] = ()
) -> postgresql.Insert:
    """Returns an upsert of the row with this ``key``, which keeps its first value of ``once``.

    Columns of ``together`` all keep their values where the last of them is not given. SQLite
    speaks this dialect of PostgreSQL too.
    """
    insert = postgresql.insert(table).inline()
    given = insert.excluded[together[-1]].is_not(None) if together else sa.true()
    rest: dict[str, sa.ColumnElement[Any]] = {
        column.name: sa.case((given, insert.excluded[column.name]), else_=column)
        if column.name in together
        else insert.excluded[column.name]
        for column in table.columns
        if column.name not in {"id", *key, *once}
    }
    if not rest:
        return insert.on_conflict_do_nothing(index_elements=key)
    return insert.on_conflict_do_update(index_elements=key, set_=rest)
