"""Notices on their way to users, ECTs and mentors, and the address that a user signed in with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

expands = True
loses = "notices, and the addresses that receipts go to"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

HAPPENED = "'registered', 'assigned', 'lead-provider-changed', 'undone', 'uploaded'"
WAITING = sa.text("state = 'waiting'")
REFUSED = sa.text("state = 'refused'")


def upgrade() -> None:
    op.add_column("users", sa.Column("email", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "notices",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("about", sa.Uuid()),
        sa.Column("user_id", sa.Text()),
        sa.Column("registrations", sa.Integer()),
        sa.Column("written_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("settled_at", Moment),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(f"happened IN ({HAPPENED})", name="happened_known"),
        sa.CheckConstraint("role IN ('ect', 'mentor')", name="role_known"),
        sa.CheckConstraint("recipient IN ('user', 'person')", name="recipient_known"),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'refused', 'dropped')", name="state_known"
        ),
        sa.CheckConstraint("length(user_id) BETWEEN 1 AND 255", name="user_id_length"),
        sa.CheckConstraint("length(why) BETWEEN 0 AND 500", name="why_length"),
        sa.Index("ix_notices_waiting", "due_at", sqlite_where=WAITING, postgresql_where=WAITING),
        sa.Index(
            "ix_notices_refused", "school_id", sqlite_where=REFUSED, postgresql_where=REFUSED
        ),
        sa.Index(None, "about"),
        sa.Index(None, "written_at"),
    )


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_column("users", "email")
