"""Mentors: their training before us, and the journeys that register and assign them."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    pass
