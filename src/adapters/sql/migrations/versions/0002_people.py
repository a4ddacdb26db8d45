"""Teachers, their time at schools, and who trains and mentors them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    _teachers()
    _ect_periods()
    _mentor_periods()
    _mentorships()
    _trainings()
    _email_claims()


def _teachers() -> None:
    op.create_table(
        "teachers",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("trn", sa.Text(), nullable=False),
        sa.Column("trs_name", sa.Text(), nullable=False),
        sa.Column("corrected_name", sa.Text()),
        sa.UniqueConstraint("trn"),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
        sa.CheckConstraint("length(trs_name) BETWEEN 1 AND 500", name="trs_name_length"),
        sa.CheckConstraint(
            "length(corrected_name) BETWEEN 1 AND 70", name="corrected_name_length"
        ),
    )
    op.create_table(
        "teacher_aliases",
        sa.Column("trn", sa.Text(), primary_key=True),
        sa.Column("retained_trn", sa.Text(), nullable=False),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
        sa.CheckConstraint("length(retained_trn) BETWEEN 7 AND 7", name="retained_trn_length"),
        sa.CheckConstraint("ltrim(retained_trn, '0123456789') = ''", name="retained_trn_digits"),
        sa.CheckConstraint("trn <> retained_trn", name="leads_elsewhere"),
        sa.Index(None, "retained_trn"),
    )


def _ect_periods() -> None:
    op.create_table(
        "ect_periods",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("teacher_id", Number, sa.ForeignKey("teachers.id"), nullable=False),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date()),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("working_pattern", sa.Text()),
        sa.Column("registered_at", Moment, nullable=False),
        sa.Column("expected_year", sa.Integer(), nullable=False),
        sa.Column("chosen_appropriate_body_id", Number, sa.ForeignKey("appropriate_bodies.id")),
        sa.Column("chosen_programme", sa.Text()),
        sa.Column("chosen_lead_provider_id", Number, sa.ForeignKey("lead_providers.id")),
        sa.UniqueConstraint("id", "teacher_id", "school_id"),
        sa.CheckConstraint("started_on <= finished_on", name="first_day_not_after_last"),
        sa.CheckConstraint("length(email) BETWEEN 3 AND 254", name="email_length"),
        sa.CheckConstraint("length(email_key) BETWEEN 3 AND 254", name="email_key_length"),
        sa.CheckConstraint(
            "working_pattern IN ('full_time', 'part_time')", name="working_pattern_known"
        ),
        sa.CheckConstraint(
            "chosen_programme IN ('provider_led', 'school_led')", name="chosen_programme_known"
        ),
        sa.CheckConstraint("expected_year BETWEEN 1 AND 9998", name="expected_year_in_calendar"),
        sa.Index(None, "teacher_id", "started_on"),
        sa.Index(None, "school_id", "registered_at", "id"),
        sa.Index(None, "email_key"),
    )


def _mentor_periods() -> None:
    op.create_table(
        "mentor_periods",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("teacher_id", Number, sa.ForeignKey("teachers.id"), nullable=False),
        sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date()),
        sa.UniqueConstraint("id", "teacher_id", "school_id"),
        sa.CheckConstraint("started_on <= finished_on", name="first_day_not_after_last"),
        sa.CheckConstraint("length(email) BETWEEN 3 AND 254", name="email_length"),
        sa.CheckConstraint("length(email_key) BETWEEN 3 AND 254", name="email_key_length"),
        sa.Index(None, "teacher_id", "school_id", "started_on"),
        sa.Index(None, "school_id"),
        sa.Index(None, "email_key"),
    )


def _mentorships() -> None:
    op.create_table(
        "mentorships",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("school_id", Number, nullable=False),
        sa.Column("ect_period_id", Number, nullable=False),
        sa.Column("ect_teacher_id", Number, nullable=False),
        sa.Column("mentor_period_id", Number, nullable=False),
        sa.Column("mentor_teacher_id", Number, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date()),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ect_period_id", "ect_teacher_id", "school_id"],
            ["ect_periods.id", "ect_periods.teacher_id", "ect_periods.school_id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_period_id", "mentor_teacher_id", "school_id"],
            ["mentor_periods.id", "mentor_periods.teacher_id", "mentor_periods.school_id"],
        ),
        sa.CheckConstraint("started_on <= finished_on", name="first_day_not_after_last"),
        sa.CheckConstraint("ect_teacher_id <> mentor_teacher_id", name="nobody_mentors_themself"),
        sa.Index(None, "ect_period_id"),
        sa.Index(None, "mentor_period_id"),
    )


def _trainings() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("teacher_id", Number, nullable=False),
        sa.Column("school_id", Number, nullable=False),
        sa.Column("ect_period_id", Number),
        sa.Column("mentor_period_id", Number),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date()),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("lead_provider_id", Number, sa.ForeignKey("lead_providers.id")),
        sa.Column("partnership_id", Number),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ect_period_id", "teacher_id", "school_id"],
            ["ect_periods.id", "ect_periods.teacher_id", "ect_periods.school_id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_period_id", "teacher_id", "school_id"],
            ["mentor_periods.id", "mentor_periods.teacher_id", "mentor_periods.school_id"],
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "school_id", "lead_provider_id", "year"],
            [
                "partnerships.id",
                "partnerships.school_id",
                "partnerships.lead_provider_id",
                "partnerships.year",
            ],
        ),
        sa.CheckConstraint("started_on <= finished_on", name="first_day_not_after_last"),
        sa.CheckConstraint(
            "(ect_period_id IS NULL) <> (mentor_period_id IS NULL)", name="of_ect_or_mentor"
        ),
        sa.CheckConstraint("programme IN ('provider_led', 'school_led')", name="programme_known"),
        sa.CheckConstraint(
            "(programme = 'provider_led') = (lead_provider_id IS NOT NULL)",
            name="led_by_lead_provider",
        ),
        sa.CheckConstraint("year BETWEEN 1 AND 9998", name="year_in_calendar"),
        sa.Index(None, "ect_period_id"),
        sa.Index(None, "mentor_period_id"),
        sa.Index(
            "ix_trainings_waiting",
            "school_id",
            "lead_provider_id",
            "year",
            sqlite_where=sa.text("partnership_id IS NULL"),
            postgresql_where=sa.text("partnership_id IS NULL"),
        ),
    )


def _email_claims() -> None:
    op.create_table(
        "email_claims",
        sa.Column("email_key", sa.Text(), primary_key=True),
        sa.Column("teacher_id", Number, sa.ForeignKey("teachers.id"), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(email_key) BETWEEN 3 AND 254", name="email_key_length"),
    )
