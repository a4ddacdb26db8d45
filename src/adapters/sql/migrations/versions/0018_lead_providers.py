"""What lead providers sign in with and see, and notes of every change that they may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

expands = True
loses = "tokens of lead providers, the ids that they know people and schools by, and moments"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")

TEACHER, SCHOOL, PARTNER = "person", "school", "delivery-partner"


def upgrade() -> None:
    _tokens()
    _notes()
    _seen_records()
    _seen_schools()
    for table, about in NOTED.items():
        for trigger in _triggers(table, about, op.get_bind().dialect.name):
            op.execute(trigger)


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in NOTED:
        for event in EVENTS if not on_postgresql else ("change",):
            at = f" ON {table}" if on_postgresql else ""
            op.execute(f"DROP TRIGGER {table}_note_{event}{at}")
        if on_postgresql:
            op.execute(f"DROP FUNCTION note_{table}()")
    for table in reversed(TABLES):
        op.drop_table(table)


TABLES = (
    "api_tokens",
    "api_lists",
    "change_notes",
    "participants",
    "seen_records",
    "seen_schools",
    "seen_school_years",
    "seen_school_choices",
    "seen_moment",
)


def _tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("lead_provider_id", Number, sa.ForeignKey("lead_providers.id"), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("last_used_at", Moment),
        sa.Column("revoked_at", Moment),
        sa.Column("window_began_at", Moment),
        sa.Column("requests", sa.Integer(), nullable=False, server_default="0"),
        sa.UniqueConstraint("secret_hash"),
        sa.CheckConstraint("length(secret_hash) BETWEEN 64 AND 64", name="secret_hash_length"),
    )
    op.create_table(
        "api_lists",
        sa.Column("token_id", Number, sa.ForeignKey("api_tokens.id"), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("shown_until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("token_id", "list"),
        sa.CheckConstraint("length(list) BETWEEN 64 AND 64", name="list_length"),
    )


def _notes() -> None:
    op.create_table(
        "change_notes",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "participants",
        sa.Column("teacher_id", sa.BigInteger(), sa.ForeignKey("teachers.id"), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("into_teacher_id", Number, sa.ForeignKey("teachers.id")),
        sa.Column("retired_at", Moment),
        sa.CheckConstraint(
            "(into_teacher_id IS NULL) = (retired_at IS NULL)", name="retired_with_moment"
        ),
        sa.Index(None, "into_teacher_id"),
    )
    op.create_table(
        "seen_moment",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("moment", Moment, nullable=False),
    )


def _seen_records() -> None:
    kinds = "participant participant-transfer unfunded-mentor partnership delivery-partner"
    known = ", ".join(f"'{kind}'" for kind in kinds.split())
    op.create_table(
        "seen_records",
        sa.Column("id", Number, sa.Identity(), primary_key=True),
        sa.Column("lead_provider_id", Number, sa.ForeignKey("lead_providers.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("cohorts", sa.Text(), nullable=False, server_default=""),
        sa.Column("has_active", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("has_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("mentoring_until", sa.Date()),
        sa.Column("delivery_partner", sa.Uuid()),
        sa.Column("school", sa.Uuid()),
        sa.UniqueConstraint("lead_provider_id", "kind", "record_id"),
        sa.CheckConstraint(f"kind IN ({known})", name="kind_known"),
        sa.Index(None, "kind", "record_id"),
        sa.Index(None, "lead_provider_id", "kind", "created_at", "record_id"),
        sa.Index(None, "lead_provider_id", "kind", "updated_at", "record_id"),
        sa.Index(None, "school"),
    )


def _seen_schools() -> None:
    op.create_table(
        "seen_schools",
        sa.Column("school_id", sa.BigInteger(), sa.ForeignKey("schools.id"), primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("urn", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("may_register", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Index(None, "created_at", "public_id"),
        sa.Index(None, "updated_at", "public_id"),
        sa.Index(None, "urn"),
    )
    op.create_table(
        "seen_school_years",
        sa.Column("school_id", sa.BigInteger(), sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("programme_choice", sa.Text(), nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("school_id", "year"),
        sa.CheckConstraint("year BETWEEN 1 AND 9998", name="year_in_calendar"),
        sa.CheckConstraint(
            "programme_choice IN ('provider_led', 'school_led', 'not_yet_known')",
            name="programme_choice_known",
        ),
        sa.Index(None, "year", "updated_at"),
    )
    op.create_table(
        "seen_school_choices",
        sa.Column("school_id", sa.BigInteger(), sa.ForeignKey("schools.id"), nullable=False),
        sa.Column("lead_provider_id", Number, sa.ForeignKey("lead_providers.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("in_partnership", sa.Boolean(), nullable=False),
        sa.Column("expression_of_interest", sa.Boolean(), nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("lead_provider_id", "year", "school_id"),
        sa.CheckConstraint("year BETWEEN 1 AND 9998", name="year_in_calendar"),
        sa.Index(None, "school_id"),
        sa.Index(None, "lead_provider_id", "year", "updated_at"),
    )


def _row(about: str, column: str) -> str:
    return f"SELECT '{about}', {{row}}.{column}"


def _rows(about: str, column: str, found_in: str) -> str:
    return f"SELECT DISTINCT '{about}', {column} FROM {found_in}"  # noqa: S608 - all of it is ours


PERIOD = (_row(TEACHER, "teacher_id"), _row(SCHOOL, "school_id"))
# What a change of a row is about, by table. {row} is the row as it was, and as it becomes.
NOTED: Mapping[str, Sequence[str]] = {
    "teachers": (_row(TEACHER, "id"),),
    "teacher_aliases": (
        _rows(TEACHER, "id", "teachers WHERE trn IN ({row}.trn, {row}.retained_trn)"),
    ),
    "ect_periods": PERIOD,
    "mentor_periods": PERIOD,
    "trainings": PERIOD,
    "mentorships": (_row(TEACHER, "ect_teacher_id"), _row(TEACHER, "mentor_teacher_id")),
    "mentor_training_history": (
        _rows(
            TEACHER,
            "id",
            "teachers WHERE trn = {row}.trn OR trn IN "
            "(SELECT retained_trn FROM teacher_aliases WHERE trn = {row}.trn)",
        ),
    ),
    "schools": (_row(SCHOOL, "id"),),
    "partnerships": (
        _row(SCHOOL, "school_id"),
        _rows(TEACHER, "teacher_id", "trainings WHERE partnership_id = {row}.id"),
    ),
    "pairings": (_row(PARTNER, "delivery_partner_id"),),
    "delivery_partners": (
        _row(PARTNER, "id"),
        _rows(SCHOOL, "school_id", "partnerships WHERE delivery_partner_id = {row}.id"),
    ),
    # Transfers of the people it trains show its name.
    "lead_providers": (
        _rows(TEACHER, "teacher_id", "trainings WHERE lead_provider_id = {row}.id"),
    ),
}
EVENTS: Mapping[str, tuple[str, ...]] = {
    "insert": ("NEW",),
    "update": ("NEW", "OLD"),
    "delete": ("OLD",),
}


def _triggers(table: str, about: Sequence[str], dialect: str) -> Iterator[str]:
    if dialect == "postgresql":
        yield from _on_postgresql(table, about)
        return
    for event, rows in EVENTS.items():
        notes = " ".join(f"{note};" for note in _notes_of(about, rows))
        yield (
            f"CREATE TRIGGER {table}_note_{event} AFTER {event.upper()} ON {table} "
            f"BEGIN {notes} END"
        )


def _on_postgresql(table: str, about: Sequence[str]) -> Iterator[str]:
    cases = " ".join(
        f"IF TG_OP = '{event.upper()}' THEN {'; '.join(_notes_of(about, rows))}; END IF;"
        for event, rows in EVENTS.items()
    )
    yield (
        f"CREATE FUNCTION note_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {cases} RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_note_change AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION note_{table}()"
    )


def _notes_of(about: Sequence[str], rows: Sequence[str]) -> Iterator[str]:
    """Yields the notes of a change: those of both rows, each once."""
    selects = " UNION ".join(select.format(row=row) for select in about for row in rows)
    yield f"INSERT INTO change_notes (about, row_id) {selects}"
