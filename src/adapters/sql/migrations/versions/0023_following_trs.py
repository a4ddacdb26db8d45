"""Adds when each person was last looked up in TRS, and outcomes of induction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

expands = True
loses = "when each person was last looked up in TRS, and which periods TRS marked; the marks stay"

Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

# In words that both databases know: Alembic adds no checks on SQLite.
OUTCOME = (
    "ALTER TABLE ect_periods ADD COLUMN induction_outcome TEXT "
    "CONSTRAINT ck_ect_periods_induction_outcome_known "
    "CHECK (induction_outcome IN ('passed', 'failed', 'exempt'))"
)


def upgrade() -> None:
    op.create_table(
        "trs_lookups",
        sa.Column("teacher_id", sa.BigInteger(), sa.ForeignKey("teachers.id"), primary_key=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("concern", sa.Text()),
        sa.CheckConstraint(
            "concern IN ('prohibited', 'not_found', 'not_shown', 'not_followed')",
            name="concern_known",
        ),
        sa.Index(None, "asked_at", "teacher_id"),
    )
    op.add_column("teachers", _flag("trs_name_changed_since"))
    op.execute(OUTCOME)
    op.add_column("ect_periods", sa.Column("induction_outcome_on", sa.Date()))
    op.add_column("ect_periods", _flag("completed_before_trs"))


def downgrade() -> None:
    op.drop_column("ect_periods", "completed_before_trs")
    op.drop_column("ect_periods", "induction_outcome_on")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_ect_periods_induction_outcome_known", "ect_periods")
    op.drop_column("ect_periods", "induction_outcome")
    op.drop_column("teachers", "trs_name_changed_since")
    op.drop_table("trs_lookups")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
