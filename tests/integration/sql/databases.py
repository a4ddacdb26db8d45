"""Databases of each kind to open stores on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.sql.store import SqlStore
from integration.postgresql import empty_postgresql_url, fresh_postgresql_url
from integration.sqlite import fresh_sqlite_url


@contextmanager
def opened(url: str, patience: float = 30.0) -> Iterator[SqlStore]:
    """A store, closed at the end of the block."""
    store = SqlStore.at(url, patience=patience)
    try:
        yield store
    finally:
        store.close()


def new_database(kind: str, folder: Path) -> str:
    """The address of one that is up to date, for its user to spoil."""
    if kind == "postgresql":
        return fresh_postgresql_url()
    return fresh_sqlite_url(folder)


def empty_database(kind: str, folder: Path) -> str:
    """The address of one without a schema."""
    if kind == "postgresql":
        return empty_postgresql_url()
    file = folder / "empty.db"
    file.touch()
    return f"sqlite:///{file}"
