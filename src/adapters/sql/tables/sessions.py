"""Defines the tables of users who are signed in."""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    Moment,
    key,
    length_of,
    public_id,
    reference,
    text,
)

LONGEST_PROOF = 20_000  # an ID token has one or two thousand
LONGEST_LIST = 20_000  # of URNs; six digits each

users = sa.Table(
    "users",
    METADATA,
    key(),
    text("user_id"),
    text("name"),
    sa.Column("signed_in_at", Moment(), nullable=False),
    sa.Column("email", sa.Text(), nullable=False, server_default=""),  # where receipts go
    sa.UniqueConstraint("user_id"),
    length_of("user_id", 1, 255),
    length_of("name", 0, 255),
)

sessions = sa.Table(
    "sessions",
    METADATA,
    key(),
    public_id(),
    text("key_hash"),
    reference("user_id", "users"),
    reference("school_id", "schools", optional=True),
    text("school_urns"),
    text("signed_in_as"),
    text("why_not"),
    text("proof", optional=True),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("used_at", Moment(), nullable=False),
    sa.UniqueConstraint("key_hash"),
    length_of("key_hash", 64, 64),
    length_of("school_urns", 0, LONGEST_LIST),
    length_of("signed_in_as", 0, 1000),
    length_of("why_not", 0, 50),
    length_of("proof", 0, LONGEST_PROOF),
    sa.Index(None, "user_id"),
    sa.Index(None, "school_id"),
    sa.Index(None, "used_at"),
)
