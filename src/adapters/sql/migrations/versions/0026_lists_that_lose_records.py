"""What keeps programs of lead providers from missing what leaves a list, or changes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

expands = True
loses = "when a school's choice of a year was taken back, and how much has left lists"

# Everybody who was ever trained is looked at again: by other rules than before.
LOOK_AGAIN = (
    "INSERT INTO change_notes (about, row_id) "
    "SELECT DISTINCT 'person', teacher_id FROM trainings WHERE partnership_id IS NOT NULL"
)


def upgrade() -> None:
    op.add_column(
        "seen_school_years",
        sa.Column("has_anything", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    for table in ("seen_moment", "api_lists"):
        op.add_column(
            table, sa.Column("removed", sa.BigInteger(), nullable=False, server_default="0")
        )
    op.execute(LOOK_AGAIN)


def downgrade() -> None:
    for table in ("api_lists", "seen_moment"):
        op.drop_column(table, "removed")
    op.execute("DELETE FROM seen_school_years WHERE NOT has_anything")
    op.drop_column("seen_school_years", "has_anything")
