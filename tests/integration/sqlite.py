"""A SQLite file for tests that is up to date: migrated once in a process, then copied."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from adapters.sql.connection.upgrade import upgrade


def fresh_sqlite_url(folder: Path) -> str:
    """The address of a new file in this folder."""
    file = folder / "store.db"
    write_privately(file, _migrated())
    return f"sqlite:///{file}"


def write_privately(file: Path, content: bytes) -> None:
    """Write a file that nobody else may open, as an upgrade makes one."""
    file.touch(mode=0o600)
    file.write_bytes(content)


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()
