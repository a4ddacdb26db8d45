"""Wrong facts that were typed, and the chain through history."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass
