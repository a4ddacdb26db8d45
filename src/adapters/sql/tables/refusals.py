"""Defines the table of what rules refused lately."""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    digits_in,
    key,
    length_of,
    one_of,
    reference,
    text,
)
from ect_registration.domain.notice import Role

refusals = sa.Table(
    "refusals",
    METADATA,
    key(),
    sa.Column("refused_on", sa.Date(), nullable=False),
    text("rule"),
    text("role"),
    text("trn", optional=True),
    reference("school_id", "schools", optional=True),
    text("user_id", optional=True),
    length_of("rule", 1, 100),
    one_of("role", Role),
    length_of("trn", 7, 7),
    digits_in("trn"),
    length_of("user_id", 1, 255),
    sa.CheckConstraint(
        "(trn IS NULL) = (school_id IS NULL) AND (trn IS NULL) = (user_id IS NULL)",
        name="of_a_person_or_counted",
    ),
    sa.UniqueConstraint("trn", "refused_on", "rule", "role", "school_id", "user_id"),
    sa.Index(None, "refused_on"),
    sa.Index(None, "school_id"),
)
