"""Defines the table of what schools are to be told of their own records."""

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
from ect_registration.domain.records.announcement import Announced

announcements = sa.Table(
    "announcements",
    METADATA,
    key(),
    public_id(),
    reference("school_id", "schools"),
    text("what"),
    sa.Column("about", sa.Uuid(), nullable=False),
    sa.Column("last_day", sa.Date()),
    sa.Column("written_at", Moment(), nullable=False),
    sa.Column("read_at", Moment()),
    text("read_by", optional=True),
    one_of("what", Announced),
    length_of("read_by", 1, 255),
    sa.CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name="read_by_a_user"),
    sa.Index(None, "school_id", "written_at"),
)
