"""Schools, and what they choose from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _schools()
    _appropriate_bodies()
    _lead_providers()
    _delivery_partners()
    _partnerships()


def _schools() -> None:
    op.create_table(
        "academic_years",
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("open_for_registration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("year BETWEEN 1 AND 9998", name="year_in_calendar"),
    )
    op.create_table(
        "schools",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("section_41", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("in_england", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("urn"),
        sa.CheckConstraint("length(urn) BETWEEN 5 AND 6", name="urn_length"),
        sa.CheckConstraint("ltrim(urn, '0123456789') = ''", name="urn_digits"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        sa.CheckConstraint("type IN ('state_funded', 'independent')", name="type_known"),
        sa.CheckConstraint(
            "status IN ('open', 'proposed_to_close', 'closed')", name="status_known"
        ),
    )


def _appropriate_bodies() -> None:
    op.create_table(
        "appropriate_bodies",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("active_from", sa.Date()),
        sa.Column("active_until", sa.Date()),
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        sa.CheckConstraint(
            "kind IN ('teaching_school_hub', 'national', 'local_authority')", name="kind_known"
        ),
        sa.CheckConstraint("active_from <= active_until", name="first_day_not_after_last"),
    )


def _lead_providers() -> None:
    op.create_table(
        "lead_providers",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
    )
    op.create_table(
        "lead_provider_years",
        sa.Column("lead_provider_id", Number, sa.ForeignKey("lead_providers.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("lead_provider_id", "year"),
        sa.CheckConstraint("year BETWEEN 1 AND 9998", name="year_in_calendar"),
    )


def _delivery_partners() -> None:
    op.create_table(
        "delivery_partners",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.UniqueConstraint("name"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
    )
    op.create_table(
        "pairings",
        sa.Column("lead_provider_id", Number, sa.ForeignKey("lead_providers.id"), nullable=False),
        sa.Column(
            "delivery_partner_id", Number, sa.ForeignKey("delivery_partners.id"), nullable=False
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("lead_provider_id", "delivery_partner_id", "year"),
        sa.CheckConstraint("year BETWEEN 1 AND 9998", name="year_in_calendar"),
        sa.Index(None, "delivery_partner_id"),
    )


def _partnerships() -> None:
    op.create_table(
        "partnerships",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("lead_provider_id", Number, nullable=False),
        sa.Column("delivery_partner_id", Number, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.UniqueConstraint("school_id", "lead_provider_id", "year"),
        sa.UniqueConstraint("id", "school_id", "lead_provider_id", "year"),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "delivery_partner_id", "year"],
            ["pairings.lead_provider_id", "pairings.delivery_partner_id", "pairings.year"],
        ),
    )
