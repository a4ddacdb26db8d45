"""An empty store of every kind, for as long as a block lasts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.sql.store import SqlStore
from ect_registration.testing.memory.store import MemoryStore
from integration.contracts.steps import Store
from integration.postgresql import temporary_postgresql_url
from integration.sqlite import fresh_sqlite_url

PATIENCE = 30.0  # seconds


@contextmanager
def memory(patience: float = PATIENCE) -> Iterator[Store]:
    """Nothing but dicts."""
    yield MemoryStore(patience=patience)


@contextmanager
def sqlite(patience: float = PATIENCE) -> Iterator[Store]:
    """A file of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _sql_store(fresh_sqlite_url(Path(folder)), patience) as store,
    ):
        yield store


@contextmanager
def postgresql(patience: float = PATIENCE) -> Iterator[Store]:
    """A database of its own."""
    with temporary_postgresql_url() as url, _sql_store(url, patience) as store:
        yield store


@contextmanager
def _sql_store(url: str, patience: float) -> Iterator[Store]:
    store = SqlStore.at(url, patience=patience)
    try:
        yield store
    finally:
        store.close()


STORES = {"memory": memory, "sqlite": sqlite, "postgresql": postgresql}
