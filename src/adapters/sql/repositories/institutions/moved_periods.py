"""Moves some ECTs and mentors of a school to another."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.repositories.institutions.moved_schools import move_together, of_successor
from adapters.sql.tables.offers import partnerships, schools
from adapters.sql.tables.people import ect_periods, mentor_periods, mentorships, trainings
from ect_registration.domain.values import Urn

_OLD = number_of(schools.c.urn, "of_old")
_NEW = number_of(schools.c.urn, "of_new")
_IDS = sa.bindparam("ids", type_=sa.Uuid(), expanding=True)


def _named(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.school_id == _OLD, table.c.public_id.in_(_IDS))


def _of_named(table: sa.Table) -> sa.ColumnElement[bool]:
    """Says whether a training or a mentorship belongs to a person who moves."""
    ects = sa.select(ect_periods.c.id).where(_named(ect_periods))
    mentors = sa.select(mentor_periods.c.id).where(_named(mentor_periods))
    return sa.or_(table.c.ect_period_id.in_(ects), table.c.mentor_period_id.in_(mentors))


_COLUMNS = ("lead_provider_id", "delivery_partner_id", "year", "active")
_COPY = (
    sa.insert(partnerships)
    .inline()
    .from_select(
        ["school_id", *_COLUMNS],
        sa.select(_NEW, *(partnerships.c[name] for name in _COLUMNS)).where(
            partnerships.c.id.in_(
                sa.select(trainings.c.partnership_id).where(
                    _of_named(trainings), trainings.c.partnership_id.is_not(None)
                )
            ),
            of_successor(partnerships).is_(None),
        ),
    )
)
_MOVES = (
    sa.update(trainings)
    .where(_of_named(trainings))
    .values(
        school_id=_NEW,
        partnership_id=sa.case(
            (trainings.c.partnership_id.is_(None), sa.null()), else_=of_successor(trainings)
        ),
    ),
    sa.update(mentorships).where(_of_named(mentorships)).values(school_id=_NEW),
    sa.update(ect_periods).where(_named(ect_periods)).values(school_id=_NEW),
    sa.update(mentor_periods).where(_named(mentor_periods)).values(school_id=_NEW),
)


def move_periods(ids: Collection[UUID], old: Urn, new: Urn, transaction: Transaction) -> None:
    """Moves them at once, after the partnerships by which they are trained have been copied."""
    values = {"ids": list(ids), "of_old": old.digits, "of_new": new.digits}
    transaction.write(_COPY, values)
    move_together(_MOVES, values, transaction)
