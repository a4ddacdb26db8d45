"""Sessions of those who are signed in, and what they are called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _users()
    _sessions()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("signed_in_at", Moment, nullable=False),
        sa.UniqueConstraint("user_id"),
        sa.CheckConstraint("length(user_id) BETWEEN 1 AND 255", name="user_id_length"),
        sa.CheckConstraint("length(name) BETWEEN 0 AND 255", name="name_length"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("user_id", Number, sa.ForeignKey("users.id"), nullable=False),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id")),
        sa.Column("school_urns", sa.Text(), nullable=False),
        sa.Column("signed_in_as", sa.Text(), nullable=False),
        sa.Column("why_not", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text()),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=False),
        sa.UniqueConstraint("key_hash"),
        sa.CheckConstraint("length(key_hash) BETWEEN 64 AND 64", name="key_hash_length"),
        sa.CheckConstraint("length(school_urns) BETWEEN 0 AND 20000", name="school_urns_length"),
        sa.CheckConstraint("length(signed_in_as) BETWEEN 0 AND 1000", name="signed_in_as_length"),
        sa.CheckConstraint("length(why_not) BETWEEN 0 AND 50", name="why_not_length"),
        sa.CheckConstraint("length(proof) BETWEEN 0 AND 20000", name="proof_length"),
        sa.Index(None, "user_id"),
        sa.Index(None, "school_id"),
        sa.Index(None, "used_at"),
    )
