"""A SQLite file for tests that is up to date: migrated once in a process, then copied."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from adapters.sql.connection.upgrade import upgrade


def fresh_sqlite_url(folder: Path) -> str:
    """The address of a new file in this folder."""
    file = folder / "store.db"
    file.write_bytes(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()
