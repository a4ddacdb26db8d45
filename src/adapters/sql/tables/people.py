"""Defines the tables of teachers, their time at schools, and who trains and mentors them.

Where a row belongs to two others, it carries what these must have in common (the school, the
teacher), so that foreign keys can hold all three to it.
"""

from __future__ import annotations

import sqlalchemy as sa

from adapters.sql.tables.columns import (
    METADATA,
    Moment,
    a_year,
    days,
    digits_in,
    ends,
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
from ect_registration.domain.email import LONGEST_ADDRESS
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.teacher import LONGEST_TRS_NAME, InductionStatus
from ect_registration.domain.people.training import Programme
from ect_registration.domain.policy import LONGEST_NAME
from ect_registration.domain.rules.school_year.following import Concern

SHORTEST_ADDRESS = 3

teachers = sa.Table(
    "teachers",
    METADATA,
    key(),
    text("trn"),
    text("trs_name"),
    text("corrected_name", optional=True),
    # The name that is shown, folded; rows that were not made through the store have none.
    sa.Column("searched_name", sa.Text(), nullable=False, server_default=""),
    # The folded name without its blanks, from each word on: "annemarie" finds Anne-Marie.
    sa.Column("joined_name", sa.Text(), nullable=False, server_default=""),
    # What TRS said when it was last asked; nothing where it never was.
    sa.Column("has_qts", sa.Boolean()),
    text("induction_status", optional=True),
    sa.Column("induction_started_on", sa.Date()),
    sa.Column("induction_completed_on", sa.Date()),
    sa.Column("seen_in_trs_at", Moment()),
    sa.Column("trs_name_changed_since", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("trn"),
    length_of("trn", 7, 7),
    digits_in("trn"),
    one_of("induction_status", InductionStatus),
    length_of("trs_name", 0, LONGEST_TRS_NAME),
    length_of("corrected_name", 1, LONGEST_NAME.value),
    sa.CheckConstraint("trs_name <> '' OR corrected_name IS NOT NULL", name="has_a_name"),
)


FACTS_OF_TRS = (
    teachers.c.has_qts,
    teachers.c.induction_status,
    teachers.c.induction_started_on,
    teachers.c.induction_completed_on,
    teachers.c.seen_in_trs_at,
)


# Apart from teachers, whose every change is noted for lead providers.
trs_lookups = sa.Table(
    "trs_lookups",
    METADATA,
    sa.Column("teacher_id", sa.BigInteger(), sa.ForeignKey("teachers.id"), primary_key=True),
    sa.Column("asked_at", Moment(), nullable=False),
    text("concern", optional=True),
    one_of("concern", Concern),
    sa.Index(None, "asked_at", "teacher_id"),
)


def _email_with_key() -> sa.CheckConstraint:
    """Returns a check that an address can be compared; records brought in may lack one."""
    return sa.CheckConstraint("(email IS NULL) = (email_key IS NULL)", name="email_with_key")


# Flat: what a TRN was merged into is never itself an old TRN.
teacher_aliases = sa.Table(
    "teacher_aliases",
    METADATA,
    sa.Column("trn", sa.Text(), primary_key=True),
    text("retained_trn"),
    length_of("trn", 7, 7),
    digits_in("trn"),
    length_of("retained_trn", 7, 7),
    digits_in("retained_trn"),
    sa.CheckConstraint("trn <> retained_trn", name="leads_elsewhere"),
    sa.Index(None, "retained_trn"),
)

ect_periods = sa.Table(
    "ect_periods",
    METADATA,
    key(),
    public_id(),
    reference("teacher_id", "teachers"),
    reference("school_id", "schools"),
    text("email", optional=True),
    text("email_key", optional=True),
    *days(),
    flag("completed"),
    text("working_pattern", optional=True),
    # The registration: what was chosen then, and never changed.
    sa.Column("registered_at", Moment(), nullable=False),
    year("expected_year"),
    reference("chosen_appropriate_body_id", "appropriate_bodies", optional=True),
    text("chosen_programme", optional=True),
    reference("chosen_lead_provider_id", "lead_providers", optional=True),
    sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
    ends(),
    # No school registered it here: it was brought in from elsewhere.
    sa.Column("brought_in", sa.Boolean(), nullable=False, server_default=sa.false()),
    reference("changed_appropriate_body_id", "appropriate_bodies", optional=True),
    # What TRS said that induction came to, where it marked the period completed or withdrew it.
    text("induction_outcome", optional=True),
    sa.Column("induction_outcome_on", sa.Date()),
    sa.Column("completed_before_trs", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("id", "teacher_id", "school_id"),
    length_of("email", SHORTEST_ADDRESS, LONGEST_ADDRESS),
    length_of("email_key", SHORTEST_ADDRESS, LONGEST_ADDRESS),
    _email_with_key(),
    one_of("working_pattern", WorkingPattern),
    one_of("chosen_programme", Programme),
    one_of("induction_outcome", Outcome),
    a_year("expected_year"),
    sa.Index(None, "teacher_id", "started_on"),
    sa.Index(None, "school_id", "registered_at", "id"),
    sa.Index(None, "email_key"),
)

mentor_periods = sa.Table(
    "mentor_periods",
    METADATA,
    key(),
    public_id(),
    reference("teacher_id", "teachers"),
    reference("school_id", "schools"),
    text("email", optional=True),
    text("email_key", optional=True),
    *days(),
    sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
    ends(),
    sa.Column("registered_at", Moment()),
    sa.UniqueConstraint("id", "teacher_id", "school_id"),
    length_of("email", SHORTEST_ADDRESS, LONGEST_ADDRESS),
    length_of("email_key", SHORTEST_ADDRESS, LONGEST_ADDRESS),
    _email_with_key(),
    sa.Index(None, "teacher_id", "school_id", "started_on"),
    sa.Index(None, "school_id"),
    sa.Index(None, "email_key"),
)

mentorships = sa.Table(
    "mentorships",
    METADATA,
    key(),
    public_id(),
    number_of("school_id"),
    number_of("ect_period_id"),
    number_of("ect_teacher_id"),
    number_of("mentor_period_id"),
    number_of("mentor_teacher_id"),
    *days(),
    flag("withdrawn"),
    ends(),
    sa.Column("assigned_on", sa.Date()),
    sa.ForeignKeyConstraint(
        ["ect_period_id", "ect_teacher_id", "school_id"],
        ["ect_periods.id", "ect_periods.teacher_id", "ect_periods.school_id"],
    ),
    sa.ForeignKeyConstraint(
        ["mentor_period_id", "mentor_teacher_id", "school_id"],
        ["mentor_periods.id", "mentor_periods.teacher_id", "mentor_periods.school_id"],
    ),
    sa.CheckConstraint(
        "withdrawn OR ect_teacher_id <> mentor_teacher_id", name="nobody_mentors_themself"
    ),
    sa.Index(None, "ect_period_id"),
    sa.Index(None, "mentor_period_id"),
)

trainings = sa.Table(
    "trainings",
    METADATA,
    key(),
    public_id(),
    number_of("teacher_id"),
    number_of("school_id"),
    number_of("ect_period_id", optional=True),
    number_of("mentor_period_id", optional=True),
    *days(),
    text("programme"),
    year(),
    reference("lead_provider_id", "lead_providers", optional=True),
    number_of("partnership_id", optional=True),  # confirmed when it is there
    flag("withdrawn"),
    ends(),
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
    sa.CheckConstraint(
        "(ect_period_id IS NULL) <> (mentor_period_id IS NULL)", name="of_ect_or_mentor"
    ),
    one_of("programme", Programme),
    sa.CheckConstraint(
        f"(programme = '{Programme.PROVIDER_LED}') = (lead_provider_id IS NOT NULL)",
        name="led_by_lead_provider",
    ),
    a_year(),
    sa.Index(None, "teacher_id"),
    sa.Index(None, "ect_period_id"),
    sa.Index(None, "mentor_period_id"),
    sa.Index(None, "partnership_id"),
    sa.Index(
        "ix_trainings_waiting",
        "school_id",
        "lead_provider_id",
        "year",
        sqlite_where=sa.text("partnership_id IS NULL"),
        postgresql_where=sa.text("partnership_id IS NULL"),
    ),
)

# By TRN alone: DfE's records name people that no school has registered with us yet.
mentor_training_history = sa.Table(
    "mentor_training_history",
    METADATA,
    sa.Column("trn", sa.Text(), primary_key=True),
    flag("early_roll_out"),
    sa.Column("completed_on", sa.Date()),
    sa.Column("timed_out_on", sa.Date()),
    length_of("trn", 7, 7),
    digits_in("trn"),
)

# One holder of an address at a time. Open moves with the day, which no index can follow.
email_claims = sa.Table(
    "email_claims",
    METADATA,
    sa.Column("email_key", sa.Text(), primary_key=True),
    reference("teacher_id", "teachers"),
    sa.Column("taken_on", sa.Date(), nullable=False),
    length_of("email_key", SHORTEST_ADDRESS, LONGEST_ADDRESS),
)
