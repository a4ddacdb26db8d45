"""Moves the records of a school to its successor, and counts what schools have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from adapters.sql.connection.engine import SQLITE
from adapters.sql.connection.transaction import Transaction, Values
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.offers import partnerships, school_successions, schools
from adapters.sql.tables.people import ect_periods, mentor_periods, mentorships, trainings
from adapters.sql.tables.records import journeys
from ect_registration.domain.school import SchoolRecords, Succession
from ect_registration.domain.values import Urn

_OLD = number_of(schools.c.urn, "of_old")
_NEW = number_of(schools.c.urn, "of_new")
_there = partnerships.alias("there")


def of_successor(table: sa.Table) -> sa.ScalarSelect[int]:
    """Returns the successor's own partnership with a row's lead provider in its year."""
    return (
        sa.select(_there.c.id)
        .where(
            _there.c.school_id == _NEW,
            _there.c.lead_provider_id == table.c.lead_provider_id,
            _there.c.year == table.c.year,
        )
        .correlate(table)
        .scalar_subquery()
    )


_partnership = sa.case(
    (trainings.c.partnership_id.is_(None), sa.null()),
    else_=sa.func.coalesce(of_successor(trainings), trainings.c.partnership_id),
)
_taken = of_successor(partnerships).is_not(None)
_of_old = partnerships.c.school_id == _OLD

# Trainings first: they look for the partnerships that the successor had before.
_MOVES = (
    sa.update(trainings)
    .where(trainings.c.school_id == _OLD)
    .values(school_id=_NEW, partnership_id=_partnership),
    sa.update(partnerships)
    .where(_of_old)
    .values(
        school_id=sa.case((_taken, partnerships.c.school_id), else_=_NEW),
        active=partnerships.c.active & ~_taken,
    ),
    *(
        sa.update(table).where(table.c.school_id == _OLD).values(school_id=_NEW)
        for table in (mentorships, ect_periods, mentor_periods, journeys)
    ),
)
_WAIT_WITH_REFERENCES = sa.text("PRAGMA defer_foreign_keys = ON")
_REMEMBER = upsert(school_successions, "school_id").values(school_id=_OLD, successor_id=_NEW)


def _counted(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.Label[int]:
    counted = sa.select(sa.func.count()).where(table.c.school_id == schools.c.id, *conditions)
    return counted.correlate(schools).scalar_subquery().label(table.name)


def _going_on(table: sa.Table) -> sa.Label[int]:
    day = sa.bindparam("today", type_=sa.Date())
    ended = sa.or_(table.c.finished_on <= schools.c.closed_on, table.c.finished_on < day)
    counted = _counted(table, ~table.c.withdrawn, sa.func.coalesce(~ended, sa.true()))
    return counted.element.label(f"{table.name}_going_on")


_KEPT = (ect_periods, mentor_periods, partnerships, journeys)
_RECORDS = sa.select(
    schools.c.urn,
    _counted(ect_periods),
    _counted(mentor_periods),
    _counted(partnerships, partnerships.c.active),
    _counted(journeys),
    *map(_going_on, (ect_periods, mentor_periods)),
).where(sa.or_(*(schools.c.id.in_(sa.select(table.c.school_id)) for table in _KEPT)))


_RECORDS_OF = _RECORDS.where(schools.c.urn.in_(sa.bindparam("of_urns", expanding=True)))


def records(
    today: date, of: Collection[Urn] | None, transaction: Transaction
) -> dict[Urn, SchoolRecords]:
    """Returns how many records each school has that has any, or each of these schools."""
    if of is None:
        rows = transaction.rows(_RECORDS, {"today": today})
    else:
        urns = [urn.digits for urn in of]
        rows = transaction.rows(_RECORDS_OF, {"today": today, "of_urns": urns})
    found = {Urn(row.urn): _records(row) for row in rows}
    return {urn: kept for urn, kept in found.items() if kept.any}


def _records(row: Any) -> SchoolRecords:
    return SchoolRecords(
        row.ect_periods,
        row.mentor_periods,
        row.partnerships,
        row.journeys,
        row.ect_periods_going_on + row.mentor_periods_going_on,
    )


def move_records(succession: Succession, transaction: Transaction) -> None:
    """Moves everything, and remembers where to."""
    values = {"of_old": succession.school.digits, "of_new": succession.successor.digits}
    move_together(_MOVES, values, transaction)
    transaction.write(_REMEMBER, {**values, "moved_on": succession.moved_on})


def move_together(moves: Sequence[sa.Update], values: Values, transaction: Transaction) -> None:
    """Moves rows at once: each refers to others by their school, which changes with it.

    SQLite waits with foreign keys until the commit; PostgreSQL checks them after a statement.
    """
    if transaction.dialect == SQLITE:
        transaction.write(_WAIT_WITH_REFERENCES, {})
        for move in moves:
            transaction.write(move, values)
    else:
        together = sa.select(sa.literal(1)).add_cte(
            *(move.cte(f"moved_{number}") for number, move in enumerate(moves))
        )
        transaction.write(together, values)
