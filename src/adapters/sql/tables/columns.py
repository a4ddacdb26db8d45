"""Defines the kinds of column, and the checks that come with them."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# SQLite numbers rows by itself only where the type is called INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Moment(sa.TypeDecorator[datetime]):
    """Stores an aware moment in UTC; SQLite, without time zones, keeps text that sorts by time."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Returns text for SQLite, and a timestamp with time zone for PostgreSQL."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Text())
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> object:
        """Returns the moment to store; raises ValueError for one without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """Returns the moment in UTC, whatever zone the session is in."""
        if value is None:
            return None
        moment: datetime = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return moment.astimezone(UTC)


class AsKept(sa.TypeDecorator[str]):
    """Reads a moment or an id as the text that SQLite keeps, even where it has been spoilt."""

    impl = sa.Text()
    cache_ok = True

    def process_result_value(self, value: Any, _: sa.Dialect) -> Any:
        """Returns PostgreSQL's own values as the text that SQLite keeps."""
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        return value.hex if isinstance(value, UUID) else value


def key() -> sa.Column[int]:
    """Returns the column of the row id, which other rows refer to; people see the public id."""
    return sa.Column("id", Number, sa.Identity(), primary_key=True)


def number_of(name: str, *, optional: bool = False) -> sa.Column[int]:
    """Returns a column of the id of a row of another table."""
    return sa.Column(name, Number, nullable=optional)


def reference(name: str, table: str, *, optional: bool = False) -> sa.Column[int]:
    """Returns a column of the id of a row of another table, with its foreign key."""
    return sa.Column(name, Number, sa.ForeignKey(f"{table}.id"), nullable=optional)


def public_id() -> sa.Column[Any]:
    """Returns the column of the id that people and programs outside know a row by."""
    return sa.Column("public_id", sa.Uuid(), nullable=False, unique=True)


def text(name: str, *, optional: bool = False) -> sa.Column[str]:
    """Returns a column of text; a check beside it says how long."""
    return sa.Column(name, sa.Text(), nullable=optional)


def flag(name: str) -> sa.Column[bool]:
    """Returns a column of yes or no."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def year(name: str = "year") -> sa.Column[int]:
    """Returns a column of an academic year, by the year it starts in."""
    return sa.Column(name, sa.Integer(), nullable=False)


def days() -> tuple[sa.Column[Any] | sa.CheckConstraint, ...]:
    """Returns columns of an inclusive first day and an optional inclusive last day, in order."""
    return (
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date()),
        sa.CheckConstraint("started_on <= finished_on", name="first_day_not_after_last"),
    )


def ends() -> sa.Column[str]:
    """Returns a column of what ended the row: a JSON list, in the order of recording."""
    return sa.Column("ends", sa.Text(), nullable=False, server_default="[]")


def length_of(column: str, least: int, most: int) -> sa.CheckConstraint:
    """Returns a check that the length is between these numbers, both inclusive."""
    return sa.CheckConstraint(f"length({column}) BETWEEN {least} AND {most}", f"{column}_length")


def digits_in(column: str) -> sa.CheckConstraint:
    """Returns a check that the column holds nothing but ASCII digits."""
    return sa.CheckConstraint(f"ltrim({column}, '0123456789') = ''", name=f"{column}_digits")


def one_of(column: str, values: type[StrEnum]) -> sa.CheckConstraint:
    """Returns a check that the column holds one of these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")


def a_year(column: str = "year") -> sa.CheckConstraint:
    """Returns a check that the days of the year are in the calendar."""
    return sa.CheckConstraint(f"{column} BETWEEN 1 AND 9998", name=f"{column}_in_calendar")
