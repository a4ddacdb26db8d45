"""Defines the tables of unfinished journeys and of the history of changes."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    Moment,
    digits_in,
    key,
    length_of,
    number_of,
    one_of,
    reference,
    text,
)
from ect_registration.domain.attempts import Attempted

LONGEST_JSON = 100_000


class JourneyKind(StrEnum):
    """Says which questions a journey asks, and so what its draft holds."""

    REGISTER_ECT = "register-ect"
    REGISTER_MENTOR = "register-mentor"
    ASSIGN_MENTOR = "assign-mentor"


journeys = sa.Table(
    "journeys",
    METADATA,
    sa.Column("public_id", sa.Uuid(), primary_key=True),
    reference("school_id", "schools"),
    text("user_id"),
    text("draft"),
    sa.Column("used_at", Moment(), nullable=False),
    reference("registered_ect_id", "ect_periods", optional=True),
    sa.Column("kind", sa.Text(), nullable=False, server_default=JourneyKind.REGISTER_ECT),
    reference("registered_mentor_id", "mentor_periods", optional=True),
    # Who was chosen. The draft has the name as it was then, this leads to the present one.
    reference("appropriate_body_id", "appropriate_bodies", optional=True),
    reference("lead_provider_id", "lead_providers", optional=True),
    one_of("kind", JourneyKind),
    length_of("user_id", 1, 255),
    length_of("draft", 2, LONGEST_JSON),
    sa.Index(None, "school_id", "user_id", "used_at"),
    sa.Index(None, "used_at"),
)

history = sa.Table(
    "history",
    METADATA,
    key(),
    sa.Column("at", Moment(), nullable=False),
    text("actor"),
    reference("school_id", "schools", optional=True),
    text("what"),
    text("rules"),
    text("trn", optional=True),
    sa.Column("about", sa.Uuid()),
    text("before"),
    text("after"),
    text("chain"),
    number_of("number"),
    text("seal"),
    length_of("actor", 1, 255),
    length_of("what", 1, 50),
    length_of("rules", 2, LONGEST_JSON),
    length_of("trn", 7, 7),
    digits_in("trn"),
    length_of("before", 2, LONGEST_JSON),
    length_of("after", 2, LONGEST_JSON),
    length_of("chain", 4, 7),
    length_of("seal", 64, 64),
    sa.UniqueConstraint("chain", "number"),
    sa.Index(None, "school_id", "id"),
    sa.Index(None, "about"),
)

history_heads = sa.Table(
    "history_heads",
    METADATA,
    sa.Column("chain", sa.Text(), primary_key=True),
    number_of("number"),
    text("seal"),
    length_of("chain", 4, 7),
    length_of("seal", 0, 64),
)

attempts = sa.Table(
    "attempts",
    METADATA,
    sa.Column("id", sa.Uuid(), primary_key=True),
    text("what"),
    text("key"),
    text("trn", optional=True),
    sa.Column("at", Moment(), nullable=False),
    one_of("what", Attempted),
    length_of("key", 1, 255),
    length_of("trn", 7, 7),
    digits_in("trn"),
    sa.Index(None, "key", "at"),
    sa.Index(None, "trn", "at"),
    sa.Index(None, "at"),
)
