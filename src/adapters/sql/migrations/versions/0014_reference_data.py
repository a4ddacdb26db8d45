"""Reference data: codes of schools for statistics, ended partnerships, and closed days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

CODES = ("la_code", "new_la_code", "ukprn")


def upgrade() -> None:
    for code in CODES:  # in words that both databases know: Alembic adds no checks on SQLite
        check = f"CONSTRAINT ck_schools_{code}_length CHECK (length({code}) BETWEEN 1 AND 20)"
        op.execute(f"ALTER TABLE schools ADD COLUMN {code} TEXT {check}")
    active: sa.Column[bool] = sa.Column(
        "active", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("partnerships", active)
    op.create_table(
        "closed_days",
        sa.Column("first_day", sa.Date(), primary_key=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name="first_day_not_after_last"),
        sa.CheckConstraint("length(message) BETWEEN 1 AND 1000", name="message_length"),
    )
