"""Defines the table of notices: who is to be told what, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    Moment,
    key,
    length_of,
    one_of,
    public_id,
    reference,
    text,
)
from ect_registration.domain.notice import Happening, NoticeState, Recipient, Role

LONGEST_REASON = 500

_WAITING = sa.text(f"state = '{NoticeState.WAITING}'")
_REFUSED = sa.text(f"state = '{NoticeState.REFUSED}'")

notices = sa.Table(
    "notices",
    METADATA,
    key(),
    public_id(),
    text("happened"),
    text("role"),
    text("recipient"),
    reference("school_id", "schools"),
    sa.Column("about", sa.Uuid()),
    text("user_id", optional=True),
    sa.Column("registrations", sa.Integer()),
    sa.Column("written_at", Moment(), nullable=False),
    sa.Column("due_at", Moment(), nullable=False),
    text("state"),
    sa.Column("tries", sa.Integer(), nullable=False),
    sa.Column("settled_at", Moment()),
    text("why"),
    sa.Column("ect", sa.Uuid()),
    one_of("happened", Happening),
    one_of("role", Role),
    one_of("recipient", Recipient),
    one_of("state", NoticeState),
    length_of("user_id", 1, 255),
    length_of("why", 0, LONGEST_REASON),
    sa.Index("ix_notices_waiting", "due_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    sa.Index("ix_notices_refused", "school_id", sqlite_where=_REFUSED, postgresql_where=_REFUSED),
    sa.Index(None, "about"),
    sa.Index(None, "written_at"),
)
