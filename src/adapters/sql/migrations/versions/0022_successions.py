"""Schools that have closed, and those that have taken their place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

expands = True
loses = "which school took the place of which; records stay where they were moved to"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "school_successions",
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), primary_key=True),
        sa.Column("successor_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.CheckConstraint("school_id <> successor_id", name="another_school"),
        sa.Index(None, "successor_id"),
    )


def downgrade() -> None:
    op.drop_table("school_successions")
