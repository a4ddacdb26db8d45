"""Mentors: their training before us, one at a time, and the journeys that register them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from adapters.sql.tables.columns import METADATA

revision = "0006"
down_revision = "0005"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

# SQLite cannot add a foreign key to a table: it rebuilds the table from its old definition.
JOURNEYS = sa.Table(
    "journeys",
    sa.MetaData(naming_convention=METADATA.naming_convention),
    sa.Column("public_id", sa.Uuid(), primary_key=True),
    sa.Column("school_id", Number, sa.ForeignKey("schools.id"), nullable=False),
    sa.Column("user_id", sa.Text(), nullable=False),
    sa.Column("draft", sa.Text(), nullable=False),
    sa.Column("used_at", Moment, nullable=False),
    sa.Column("registered_ect_id", Number, sa.ForeignKey("ect_periods.id")),
    sa.CheckConstraint("length(user_id) BETWEEN 1 AND 255", name="user_id_length"),
    sa.CheckConstraint("length(draft) BETWEEN 2 AND 100000", name="draft_length"),
    sa.Index(None, "school_id", "user_id", "used_at"),
    sa.Index(None, "used_at"),
)

GUARDS = {
    "postgresql": (
        """ALTER TABLE trainings ADD CONSTRAINT ex_trainings_overlap_of_person
        EXCLUDE USING gist (
            int8range(teacher_id, teacher_id, '[]') WITH &&,
            daterange(started_on, finished_on, '[]') WITH &&
        ) WHERE (NOT withdrawn AND mentor_period_id IS NOT NULL)""",
    ),
    "sqlite": (
        """CREATE VIEW mentor_trainings_overlapping AS
        SELECT one.id FROM trainings AS one
        JOIN trainings AS other ON other.teacher_id = one.teacher_id AND other.id <> one.id
        WHERE one.mentor_period_id IS NOT NULL AND other.mentor_period_id IS NOT NULL
        AND NOT one.withdrawn AND NOT other.withdrawn
        AND other.started_on <= coalesce(one.finished_on, '9999-12-31')
        AND one.started_on <= coalesce(other.finished_on, '9999-12-31')""",
        """CREATE TRIGGER mentor_trainings_overlap_on_insert AFTER INSERT ON trainings
        WHEN EXISTS (SELECT 1 FROM mentor_trainings_overlapping WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'no two overlapping mentor trainings of a teacher'); END""",
        """CREATE TRIGGER mentor_trainings_overlap_on_update AFTER UPDATE OF
        id, teacher_id, mentor_period_id, started_on, finished_on, withdrawn ON trainings
        WHEN EXISTS (SELECT 1 FROM mentor_trainings_overlapping WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'no two overlapping mentor trainings of a teacher'); END""",
    ),
}


def upgrade() -> None:
    op.create_table(
        "mentor_training_history",
        sa.Column("trn", sa.Text(), primary_key=True),
        sa.Column("early_roll_out", sa.Boolean(), nullable=False),
        sa.Column("completed_on", sa.Date()),
        sa.Column("timed_out_on", sa.Date()),
        sa.CheckConstraint("length(trn) BETWEEN 7 AND 7", name="trn_length"),
        sa.CheckConstraint("ltrim(trn, '0123456789') = ''", name="trn_digits"),
    )
    op.create_index(op.f("ix_trainings_teacher_id"), "trainings", ["teacher_id"])
    _remember_what_journeys_came_to()
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _remember_what_journeys_came_to() -> None:
    kinds = "kind IN ('register-ect', 'register-mentor', 'assign-mentor')"
    with op.batch_alter_table("journeys", copy_from=JOURNEYS) as journeys:
        journeys.add_column(
            sa.Column("kind", sa.Text(), server_default="register-ect", nullable=False)
        )
        journeys.add_column(sa.Column("registered_mentor_id", Number))
        journeys.create_check_constraint("kind_known", kinds)
        journeys.create_foreign_key(
            op.f("fk_journeys_registered_mentor_id"),
            "mentor_periods",
            ["registered_mentor_id"],
            ["id"],
        )
