"""Questions about email addresses are counted too, by user: no address is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KNOWN = "what IN ('wrong-fact', 'sign-in', 'download', 'email-question')"


def upgrade() -> None:
    with op.batch_alter_table("attempts") as attempts:
        attempts.drop_constraint("what_known", type_="check")
        attempts.create_check_constraint("what_known", sa.text(KNOWN))
