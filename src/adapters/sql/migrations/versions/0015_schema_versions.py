"""Which programs work with each revision of the schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

expands = True
loses = None


def upgrade() -> None:
    op.create_table(
        "schema_versions",
        sa.Column("revision", sa.Text(), primary_key=True),
        sa.Column("oldest_program", sa.Text(), nullable=False),
        sa.CheckConstraint("length(revision) BETWEEN 4 AND 4", name="revision_length"),
        sa.CheckConstraint("length(oldest_program) BETWEEN 4 AND 4", name="oldest_program_length"),
    )


def downgrade() -> None:
    op.drop_table("schema_versions")
