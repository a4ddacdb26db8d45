"""Both databases, with our schema and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sql.store import SqlStore
from integration.postgresql import temporary_postgresql_url
from integration.sql.databases import empty_database, new_database, opened


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def url(kind: str, tmp_path: Path) -> str:
    """The address of a database that is up to date, to do anything with."""
    return new_database(kind, tmp_path)


@pytest.fixture
def empty_url(kind: str, tmp_path: Path) -> str:
    """The address of a database without a schema."""
    return empty_database(kind, tmp_path)


@pytest.fixture
def store(kind: str, tmp_path: Path) -> Iterator[SqlStore]:
    """A store that nobody has written to; the schema is not to be touched."""
    if kind == "sqlite":
        with opened(new_database(kind, tmp_path)) as store:
            yield store
    else:
        with temporary_postgresql_url() as url, opened(url) as store:
            yield store


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that is up to date."""
    return new_database("sqlite", tmp_path)


@pytest.fixture
def postgresql_url(tmp_path: Path) -> str:
    """The address of a PostgreSQL database that is up to date."""
    return new_database("postgresql", tmp_path)
