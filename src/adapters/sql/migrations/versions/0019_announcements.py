"""What another school's registration did to a record, until a user at the school has read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

expands = True
loses = "which transfers schools were told of, and who read it"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("last_day", sa.Date()),
        sa.Column("written_at", Moment, nullable=False),
        sa.Column("read_at", Moment),
        sa.Column("read_by", sa.Text()),
        sa.CheckConstraint("what IN ('transferred', 'transfer-undone')", name="what_known"),
        sa.CheckConstraint("length(read_by) BETWEEN 1 AND 255", name="read_by_length"),
        sa.CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name="read_by_a_user"),
        sa.Index(None, "school_id", "written_at"),
    )


def downgrade() -> None:
    op.drop_table("announcements")
