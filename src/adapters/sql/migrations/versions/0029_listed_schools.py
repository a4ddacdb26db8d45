"""When a school was dated only because it began or ceased to be listed, and when it was before.

Years in which it stays listed all the time are not dated then. A program of the revision before
dates them too, and shows no change with an earlier moment than it should.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

expands = True
loses = "which schools were dated only because they opened or closed: every year is dated then"

Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    for name in ("listed_at", "named_at"):
        op.add_column("seen_schools", sa.Column(name, Moment))


def downgrade() -> None:
    for name in ("named_at", "listed_at"):
        op.drop_column("seen_schools", name)
