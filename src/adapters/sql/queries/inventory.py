"""Finds what a database holds already, whatever the version of its schema."""

from __future__ import annotations

from contextlib import closing

import sqlalchemy as sa

from adapters.sql.connection.engine import sqlite_file
from adapters.sql.connection.errors import speaking_our_errors
from adapters.sql.store import SqlStore

SCHOOLS = sa.table("schools", sa.column("urn"))


def urns_in(url: str) -> frozenset[str]:
    """Returns the URNs of the schools in a database; none where there is no database yet.

    Raises Unavailable, and ValueError as a store does.
    """
    with closing(SqlStore.at(url)) as store:
        file = sqlite_file(url)
        if file is not None and not file.exists():
            return frozenset()
        with speaking_our_errors(), store.reading_engine.connect() as connection:
            if not sa.inspect(connection).has_table(SCHOOLS.name):
                return frozenset()
            return frozenset(map(str, connection.scalars(sa.select(SCHOOLS.c.urn))))
