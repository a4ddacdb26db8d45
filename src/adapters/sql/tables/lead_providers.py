"""Defines the tables of what lead providers sign in with, and of what each of them sees.

What they see is kept as it was last shown, so that it is known when that changed. None of it is
the only place where a fact stands, apart from ids and moments.
"""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    Moment,
    a_year,
    flag,
    key,
    length_of,
    one_of,
    public_id,
    reference,
    text,
    year,
)
from ect_registration.domain.lead_providers.records import Kind, ProgrammeChoice

LENGTH_OF_HASH = 64  # SHA-256 in hexadecimal digits

api_tokens = sa.Table(
    "api_tokens",
    METADATA,
    key(),
    public_id(),
    reference("lead_provider_id", "lead_providers"),
    text("secret_hash"),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("expires_on", sa.Date(), nullable=False),
    sa.Column("last_used_at", Moment()),
    sa.Column("revoked_at", Moment()),
    # Requests are counted in the row, so that the statement that counts one locks it.
    sa.Column("window_began_at", Moment()),
    sa.Column("requests", sa.Integer(), nullable=False, server_default="0"),
    sa.UniqueConstraint("secret_hash"),
    length_of("secret_hash", LENGTH_OF_HASH, LENGTH_OF_HASH),
)

# Until when a program was shown changes when it read the first page of a list.
api_lists = sa.Table(
    "api_lists",
    METADATA,
    reference("token_id", "api_tokens"),
    text("list"),  # a hash of what was asked
    sa.Column("shown_until", Moment(), nullable=False),
    sa.Column("removed", sa.BigInteger(), nullable=False, server_default="0"),  # until then
    sa.PrimaryKeyConstraint("token_id", "list"),
    length_of("list", LENGTH_OF_HASH, LENGTH_OF_HASH),
)

# Triggers on every table that lead providers see something of write here: see the migration.
# A row id is that of a teacher, a school or a delivery partner.
change_notes = sa.Table(
    "change_notes",
    METADATA,
    key(),
    text("about"),
    sa.Column("row_id", sa.BigInteger(), nullable=False),
)

# A person as lead providers know them. Two that turned out to be one: the other is retired.
participants = sa.Table(
    "participants",
    METADATA,
    sa.Column("teacher_id", sa.BigInteger(), sa.ForeignKey("teachers.id"), primary_key=True),
    public_id(),
    reference("into_teacher_id", "teachers", optional=True),
    sa.Column("retired_at", Moment()),
    sa.CheckConstraint(
        "(into_teacher_id IS NULL) = (retired_at IS NULL)", name="retired_with_moment"
    ),
    sa.Index(None, "into_teacher_id"),
)

seen_records = sa.Table(
    "seen_records",
    METADATA,
    key(),
    reference("lead_provider_id", "lead_providers"),
    text("kind"),
    sa.Column("record_id", sa.Uuid(), nullable=False),
    text("record"),  # JSON
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("updated_at", Moment(), nullable=False),
    # What lists are narrowed by, where the kind has it.
    sa.Column("cohorts", sa.Text(), nullable=False, server_default=""),  # as in |2024|2025|
    sa.Column("has_active", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("has_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("mentoring_until", sa.Date()),
    sa.Column("delivery_partner", sa.Uuid()),
    sa.Column("school", sa.Uuid()),
    sa.UniqueConstraint("lead_provider_id", "kind", "record_id"),
    one_of("kind", Kind),
    sa.Index(None, "kind", "record_id"),
    sa.Index(None, "lead_provider_id", "kind", "created_at", "record_id"),
    sa.Index(None, "lead_provider_id", "kind", "updated_at", "record_id"),
    sa.Index(None, "school"),
)

seen_schools = sa.Table(
    "seen_schools",
    METADATA,
    sa.Column("school_id", sa.BigInteger(), sa.ForeignKey("schools.id"), primary_key=True),
    public_id(),
    text("urn"),
    text("name"),
    flag("may_register"),
    sa.Column("created_at", Moment(), nullable=False),
    sa.Column("updated_at", Moment(), nullable=False),
    # As long as listed_at is updated_at, only may_register changed then, and name or URN last at
    # named_at. Programs that know neither column write updated_at alone, so that all is dated.
    sa.Column("listed_at", Moment()),
    sa.Column("named_at", Moment()),
    sa.Index(None, "created_at", "public_id"),
    sa.Index(None, "updated_at", "public_id"),
    sa.Index(None, "urn"),
)

seen_school_years = sa.Table(
    "seen_school_years",
    METADATA,
    sa.Column("school_id", sa.BigInteger(), sa.ForeignKey("schools.id"), nullable=False),
    year(),
    text("programme_choice"),
    sa.Column("updated_at", Moment(), nullable=False),
    # A row stays when nothing of the year is left, as it says when that was.
    sa.Column("has_anything", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.PrimaryKeyConstraint("school_id", "year"),
    a_year(),
    one_of("programme_choice", ProgrammeChoice),
    sa.Index(None, "year", "updated_at"),
)

seen_school_choices = sa.Table(
    "seen_school_choices",
    METADATA,
    sa.Column("school_id", sa.BigInteger(), sa.ForeignKey("schools.id"), nullable=False),
    reference("lead_provider_id", "lead_providers"),
    year(),
    flag("in_partnership"),
    flag("expression_of_interest"),
    sa.Column("updated_at", Moment(), nullable=False),
    sa.PrimaryKeyConstraint("lead_provider_id", "year", "school_id"),
    a_year(),
    sa.Index(None, "school_id"),
    sa.Index(None, "lead_provider_id", "year", "updated_at"),
)

# One row: no change is shown with an earlier moment than this, and so many records were removed.
seen_moment = sa.Table(
    "seen_moment",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("moment", Moment(), nullable=False),
    sa.Column("removed", sa.BigInteger(), nullable=False, server_default="0"),
    sa.Column("rules", sa.Integer(), nullable=False, server_default="0"),  # see Notes
)
