"""Numbers of connections to PostgreSQL, and poolers that lend them on."""

from __future__ import annotations

from contextlib import closing

import pytest

from adapters.sql.store import SqlStore
from builders import URN, a_school
from entrypoints.settings.config import read_settings
from integration.contracts.steps import keep, seen


def _settings(url, **said):
    return read_settings({"ECT_ENV": "test", "ECT_DATABASE_URL": url, **said})


@pytest.mark.parametrize(
    ("said", "kept", "overflow", "prepares"),
    [
        ({}, 5, 10, True),
        ({"ECT_DATABASE_POOL_SIZE": "2", "ECT_DATABASE_POOL_OVERFLOW": "0"}, 2, 0, True),
        ({"ECT_DATABASE_POOLER": "transaction"}, 5, 10, False),
    ],
)
def test_settings_say_how_many_connections_there_may_be(
    postgresql_url, said, kept, overflow, prepares
):
    """And whether the server may keep statements for a connection."""
    with closing(SqlStore.at(_settings(postgresql_url, **said).database)) as store:
        keep(store, lambda uow: uow.schools.save(a_school()))
        for _ in range(10):
            assert seen(store, lambda uow: uow.schools.find(URN)) == a_school()
        pool = store.engine.pool
        with store.reading_engine.connect() as connection:
            prepared = connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements")
            assert (prepared.scalar_one() > 0, pool.size(), pool._max_overflow) == (
                prepares,
                kept,
                overflow,
            )


def test_a_sqlite_file_has_no_use_for_it(sqlite_url):
    """One setting for every place is no mistake."""
    settings = _settings(sqlite_url, ECT_DATABASE_POOLER="transaction")

    assert settings.database == sqlite_url
