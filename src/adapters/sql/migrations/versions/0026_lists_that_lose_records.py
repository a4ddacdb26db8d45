"""What keeps programs of lead providers from missing what leaves a list, or changes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

expands = True
loses = "when a school's choice of a year was taken back, and how much has left lists"


def upgrade() -> None:
    op.add_column(
        "seen_school_years",
        sa.Column("has_anything", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    for table in ("seen_moment", "api_lists"):
        op.add_column(
            table, sa.Column("removed", sa.BigInteger(), nullable=False, server_default="0")
        )
    op.add_column(
        "seen_moment", sa.Column("rules", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("seen_moment", "rules")
    for table in ("api_lists", "seen_moment"):
        op.drop_column(table, "removed")
    op.execute("DELETE FROM seen_school_years WHERE NOT has_anything")
    op.drop_column("seen_school_years", "has_anything")
