"""The day on which a mentor was assigned: a corrected start date moves no mentorship before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

expands = True
loses = "on which days mentors were assigned"


def upgrade() -> None:
    op.add_column("mentorships", sa.Column("assigned_on", sa.Date()))


def downgrade() -> None:
    op.drop_column("mentorships", "assigned_on")
