"""Unfinished journeys, and what happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "journeys",
        sa.Column("public_id", sa.Uuid(), primary_key=True),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("used_at", Moment, nullable=False),
        sa.Column("registered_ect_id", Number, sa.ForeignKey("ect_periods.id")),
        sa.CheckConstraint("length(user_id) BETWEEN 1 AND 255", name="user_id_length"),
        sa.CheckConstraint("length(draft) BETWEEN 2 AND 100000", name="draft_length"),
        sa.Index(None, "school_id", "user_id", "used_at"),
        sa.Index(None, "used_at"),
    )
    op.create_table(
        "history",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id")),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("trn", sa.Text()),
        sa.Column("about", sa.Uuid()),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.CheckConstraint("length(actor) BETWEEN 1 AND 255", name="actor_length"),
        sa.CheckConstraint("length(what) BETWEEN 1 AND 50", name="what_length"),
        sa.CheckConstraint("length(rules) BETWEEN 2 AND 100000", name="rules_length"),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
        sa.CheckConstraint("length(before) BETWEEN 2 AND 100000", name="before_length"),
        sa.CheckConstraint("length(after) BETWEEN 2 AND 100000", name="after_length"),
        sa.Index(None, "school_id", "id"),
    )
