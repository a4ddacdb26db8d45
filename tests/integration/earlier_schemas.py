"""Databases as an earlier program left them: a process runs each revision once, and copies."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config

from adapters.sql.connection.schema import REVISIONS
from adapters.sql.connection.upgrade import MIGRATIONS, alone_in
from adapters.sql.store import SqlStore
from integration.postgresql import copied_postgresql_url, empty_postgresql_url
from integration.sqlite import write_privately


def brought_to(revision: str, url: str) -> None:
    """Upgrade a database as far as an earlier program did."""
    store = SqlStore.at(url)
    try:
        with alone_in(store.engine) as connection:
            configuration = Config(attributes={"connection": connection})
            configuration.set_main_option("script_location", str(MIGRATIONS))
            configuration.set_main_option("path_separator", "os")
            command.upgrade(configuration, revision)
    finally:
        store.close()


def earlier_database(kind: str, revision: str, folder: Path) -> str:
    """The address of a new one, empty, with the schema of this revision."""
    if kind == "postgresql":
        return copied_postgresql_url(_postgresql_at(revision))
    file = folder / f"at-{revision}.db"
    write_privately(file, _sqlite_at(revision))
    return f"sqlite:///{file}"


@cache
def _postgresql_at(revision: str) -> str:
    before = revision_before(revision)
    url = copied_postgresql_url(_postgresql_at(before)) if before else empty_postgresql_url()
    brought_to(revision, url)
    return url


@cache
def _sqlite_at(revision: str) -> bytes:
    before = revision_before(revision)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        write_privately(file, _sqlite_at(before) if before else b"")
        brought_to(revision, f"sqlite:///{file}")
        return file.read_bytes()


def revision_before(revision: str) -> str | None:
    """The revision that this one comes after; None for the first."""
    at = REVISIONS.index(revision)
    return REVISIONS[at - 1] if at else None
