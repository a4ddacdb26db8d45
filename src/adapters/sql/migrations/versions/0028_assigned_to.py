"""To which ECT a notice says that a mentor was assigned: none is sent once that was undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

expands = True
loses = "to which ECTs the mentors were assigned who are still to be told"


def upgrade() -> None:
    op.add_column("notices", sa.Column("ect", sa.Uuid()))


def downgrade() -> None:
    op.drop_column("notices", "ect")
