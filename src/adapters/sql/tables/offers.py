"""Defines the tables of schools and of what they choose from.

Rows that others may refer to are never deleted: what is no longer on offer is not active.
"""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    Number,
    a_year,
    digits_in,
    flag,
    key,
    length_of,
    number_of,
    one_of,
    public_id,
    reference,
    text,
    year,
)
from ect_registration.domain.school import (
    LONGEST_CODE,
    LONGEST_MESSAGE,
    LONGEST_TITLE,
    BodyKind,
    SchoolStatus,
    SchoolType,
)

# No table refers to it: a year is a formula, and this only says whether it is open.
academic_years = sa.Table(
    "academic_years",
    METADATA,
    sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
    flag("open_for_registration"),
    a_year(),
)

closed_days = sa.Table(
    "closed_days",
    METADATA,
    sa.Column("first_day", sa.Date(), primary_key=True),
    sa.Column("last_day", sa.Date(), nullable=False),
    text("message", optional=True),
    flag("active"),
    sa.CheckConstraint("first_day <= last_day", name="first_day_not_after_last"),
    length_of("message", 1, LONGEST_MESSAGE),
)

schools = sa.Table(
    "schools",
    METADATA,
    key(),
    text("urn"),
    text("name"),
    text("type"),
    flag("section_41"),
    text("status"),
    flag("in_england"),
    # Facts of Get information about schools that may be absent.
    sa.Column("opened_on", sa.Date()),
    sa.Column("closed_on", sa.Date()),
    text("local_authority", optional=True),
    text("region", optional=True),
    text("phase", optional=True),
    text("la_code", optional=True),
    text("new_la_code", optional=True),
    text("ukprn", optional=True),
    sa.UniqueConstraint("urn"),
    length_of("urn", 5, 7),
    digits_in("urn"),
    length_of("name", 1, LONGEST_TITLE),
    one_of("type", SchoolType),
    one_of("status", SchoolStatus),
    length_of("local_authority", 1, LONGEST_TITLE),
    length_of("region", 1, LONGEST_TITLE),
    length_of("phase", 1, LONGEST_TITLE),
    length_of("la_code", 1, LONGEST_CODE),
    length_of("new_la_code", 1, LONGEST_CODE),
    length_of("ukprn", 1, LONGEST_CODE),
)

# The records of a school that has closed belong to its successor.
school_successions = sa.Table(
    "school_successions",
    METADATA,
    sa.Column("school_id", Number, sa.ForeignKey("schools.id"), primary_key=True),
    reference("successor_id", "schools"),
    sa.Column("moved_on", sa.Date(), nullable=False),
    sa.CheckConstraint("school_id <> successor_id", name="another_school"),
    sa.Index(None, "successor_id"),
)

appropriate_bodies = sa.Table(
    "appropriate_bodies",
    METADATA,
    key(),
    text("name"),
    text("kind"),
    sa.Column("active_from", sa.Date()),
    sa.Column("active_until", sa.Date()),
    public_id(),
    text("name_key"),
    sa.UniqueConstraint("name"),
    sa.UniqueConstraint("name_key"),
    length_of("name", 1, LONGEST_TITLE),
    one_of("kind", BodyKind),
    sa.CheckConstraint("active_from <= active_until", name="first_day_not_after_last"),
)

lead_providers = sa.Table(
    "lead_providers",
    METADATA,
    key(),
    text("name"),
    public_id(),
    text("name_key"),
    sa.UniqueConstraint("name"),
    sa.UniqueConstraint("name_key"),
    length_of("name", 1, LONGEST_TITLE),
)

lead_provider_years = sa.Table(
    "lead_provider_years",
    METADATA,
    reference("lead_provider_id", "lead_providers"),
    year(),
    flag("active"),
    sa.PrimaryKeyConstraint("lead_provider_id", "year"),
    a_year(),
)

delivery_partners = sa.Table(
    "delivery_partners",
    METADATA,
    key(),
    text("name"),
    public_id(),
    text("name_key"),
    sa.UniqueConstraint("name"),
    sa.UniqueConstraint("name_key"),
    length_of("name", 1, LONGEST_TITLE),
)

pairings = sa.Table(
    "pairings",
    METADATA,
    reference("lead_provider_id", "lead_providers"),
    reference("delivery_partner_id", "delivery_partners"),
    year(),
    flag("active"),
    sa.PrimaryKeyConstraint("lead_provider_id", "delivery_partner_id", "year"),
    a_year(),
    sa.Index(None, "delivery_partner_id"),
)

partnerships = sa.Table(
    "partnerships",
    METADATA,
    key(),
    reference("school_id", "schools"),
    number_of("lead_provider_id"),
    number_of("delivery_partner_id"),
    year(),
    # Ended partnerships are kept: trainings that ended before them were confirmed by them.
    sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.UniqueConstraint("school_id", "lead_provider_id", "year"),
    # What a confirmed training refers to: of its own school, lead provider and year.
    sa.UniqueConstraint("id", "school_id", "lead_provider_id", "year"),
    sa.ForeignKeyConstraint(
        ["lead_provider_id", "delivery_partner_id", "year"],
        ["pairings.lead_provider_id", "pairings.delivery_partner_id", "pairings.year"],
    ),
)


def _former_names(table: str) -> sa.Table:
    """Returns a table of the former names of organisations, each with the one that had it last."""
    return sa.Table(
        f"{table}_former_names",
        METADATA,
        sa.Column("name_key", sa.Text(), primary_key=True),
        text("name"),
        reference("organisation_id", table),
        length_of("name", 1, LONGEST_TITLE),
        sa.Index(None, "organisation_id"),
    )


former_body_names = _former_names("appropriate_bodies")
former_provider_names = _former_names("lead_providers")
former_partner_names = _former_names("delivery_partners")
