"""What the Teaching Record System said of teachers when it was last asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

expands = True
loses = "what TRS said of QTS and induction, until it is asked again"

Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

STATUSES = (
    "'none', 'required_to_complete', 'in_progress', 'exempt', 'passed', 'failed', "
    "'failed_in_wales', 'unknown'"
)
STATUS = (
    "ALTER TABLE teachers ADD COLUMN induction_status TEXT "
    f"CONSTRAINT ck_teachers_induction_status_known CHECK (induction_status IN ({STATUSES}))"
)


def upgrade() -> None:
    op.add_column("teachers", sa.Column("has_qts", sa.Boolean()))
    op.execute(STATUS)  # in words that both databases know: Alembic adds no checks on SQLite
    op.add_column("teachers", sa.Column("induction_started_on", sa.Date()))
    op.add_column("teachers", sa.Column("induction_completed_on", sa.Date()))
    op.add_column("teachers", sa.Column("seen_in_trs_at", Moment))


def downgrade() -> None:
    for column in ("seen_in_trs_at", "induction_completed_on", "induction_started_on", "has_qts"):
        op.drop_column("teachers", column)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_teachers_induction_status_known", "teachers")
    op.drop_column("teachers", "induction_status")
