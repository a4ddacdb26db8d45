"""Lets a person be their own mentor in a mentorship that was withdrawn, and in no other."""

from __future__ import annotations

from alembic import op

from adapters.sql.migrations.in_use import set_check

revision = "0027"
down_revision = "0026"

expands = True
loses = "withdrawn mentorships of people with themselves, whose two records TRS has merged"

CHECK = ("mentorships", "nobody_mentors_themself")
OTHERS = "ect_teacher_id <> mentor_teacher_id"


def upgrade() -> None:
    set_check(*CHECK, f"withdrawn OR {OTHERS}")


def downgrade() -> None:
    op.execute(f"DELETE FROM mentorships WHERE NOT ({OTHERS})")  # noqa: S608 - all ours
    set_check(*CHECK, OTHERS)
