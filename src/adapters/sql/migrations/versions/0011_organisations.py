"""Organisations: ids that stay, names that are one without regard to case, accents and blanks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from adapters.sql.connection.errors import DATABASE
from adapters.sql.tables.columns import METADATA
from ect_registration.domain.text import name_key
from ect_registration.ports.errors import Unavailable

revision = "0011"
down_revision = "0010"

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
    sa.Column("kind", sa.Text(), server_default="register-ect", nullable=False),
    sa.Column("registered_mentor_id", Number, sa.ForeignKey("mentor_periods.id")),
    sa.CheckConstraint(
        "kind IN ('register-ect', 'register-mentor', 'assign-mentor')", name="kind_known"
    ),
    sa.CheckConstraint("length(user_id) BETWEEN 1 AND 255", name="user_id_length"),
    sa.CheckConstraint("length(draft) BETWEEN 2 AND 100000", name="draft_length"),
    sa.Index(None, "school_id", "user_id", "used_at"),
    sa.Index(None, "used_at"),
)

CHOSEN = {"appropriate_body_id": "appropriate_bodies", "lead_provider_id": "lead_providers"}


def upgrade() -> None:
    for organisations in _tables():
        _identify(organisations)
        _remember_former_names(organisations.name)
    with op.batch_alter_table("journeys", copy_from=JOURNEYS) as journeys:
        for column, table in CHOSEN.items():
            journeys.add_column(sa.Column(column, Number))
            journeys.create_foreign_key(op.f(f"fk_journeys_{column}"), table, [column], ["id"])


def _tables() -> tuple[sa.Table, ...]:
    """Returns the tables as they were before, from which SQLite rebuilds them."""
    metadata = sa.MetaData(naming_convention=METADATA.naming_convention)

    def organisations(name: str, *more: Any) -> sa.Table:
        return sa.Table(
            name,
            metadata,
            sa.Column("id", Number, sa.Identity(), primary_key=True),
            sa.Column("name", sa.Text(), nullable=False),
            *more,
            sa.UniqueConstraint("name"),
            sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        )

    return (
        organisations(
            "appropriate_bodies",
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("active_from", sa.Date()),
            sa.Column("active_until", sa.Date()),
            sa.CheckConstraint(
                "kind IN ('teaching_school_hub', 'national', 'local_authority')",
                name="kind_known",
            ),
            sa.CheckConstraint("active_from <= active_until", name="first_day_not_after_last"),
        ),
        organisations("lead_providers"),
        organisations("delivery_partners"),
    )


def _identify(table: sa.Table) -> None:
    """Add the columns, fill them, and only then hold every row to them."""
    op.add_column(table.name, sa.Column("public_id", sa.Uuid()))
    op.add_column(table.name, sa.Column("name_key", sa.Text()))
    _fill(table)
    table.append_column(sa.Column("public_id", sa.Uuid()))
    table.append_column(sa.Column("name_key", sa.Text()))
    with op.batch_alter_table(table.name, copy_from=table) as organisations:
        organisations.alter_column("public_id", existing_type=sa.Uuid(), nullable=False)
        organisations.alter_column("name_key", existing_type=sa.Text(), nullable=False)
        for column in ("public_id", "name_key"):
            organisations.create_unique_constraint(op.f(f"uq_{table.name}_{column}"), [column])


def _fill(table: sa.Table) -> None:
    names = op.get_bind().execute(sa.select(table.c.id, table.c.name).order_by(table.c.id)).all()
    first: dict[str, str] = {}
    for _, name in names:
        if first.setdefault(name_key(name), name) != name:
            raise Unavailable(DATABASE, _two_in_one(table.name, first[name_key(name)], name))
    columns = sa.table(
        table.name, sa.column("id"), sa.column("public_id", sa.Uuid()), sa.column("name_key")
    )
    for number, name in names:
        op.execute(
            sa.update(columns)
            .where(columns.c.id == number)
            .values(public_id=uuid4(), name_key=name_key(name))
        )


def _two_in_one(table: str, one: str, other: str) -> str:
    return (
        f"nothing was changed: in the table {table}, the names {one!r} and {other!r} differ only "
        "in what no longer counts, such as case, accents and blanks. Change one of them, "
        "then upgrade again"
    )


def _remember_former_names(table: str) -> None:
    op.create_table(
        f"{table}_former_names",
        sa.Column("name_key", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", Number, sa.ForeignKey(f"{table}.id"), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name_length"),
        sa.Index(None, "organisation_id"),
    )
