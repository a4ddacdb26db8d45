"""Guarantees that tables alone cannot give."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"

GUARDS = Path(__file__).parents[1] / "guards"


def upgrade() -> None:
    database = op.get_bind()
    for name in ("views", database.dialect.name):
        script = (GUARDS / f"{name}.sql").read_text(encoding="utf-8")
        for statement in script.split("\n\n"):
            database.exec_driver_sql(statement)
