"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

# Programs of the revision before go on working. If not: oldest_program = "NNNN" in its place.
expands = True
# What a downgrade loses, such as "why a training ended"; None when nothing.
loses = None
# If pages have to stop meanwhile on PostgreSQL: window = "an exclusion constraint is built".


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
