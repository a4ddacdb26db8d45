"""Finds the ECTs of a school in need of something, as a part of the statement of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from adapters.sql.connection.transaction import Row
from adapters.sql.queries.lookups import number_of
from adapters.sql.tables.columns import Moment
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import ect_periods, mentorships, trainings
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.search.ect_needs import EctsInNeed, Need

TODAY = sa.bindparam("today", type_=sa.Date())

_theirs = mentorships.alias("theirs")
# One by one: PostgreSQL would rather read all mentorships there are than look for one of each.
MENTORED = (
    sa.select(_theirs.c.id)
    .where(
        _theirs.c.ect_period_id == ect_periods.c.id,
        ~_theirs.c.withdrawn,
        sa.or_(_theirs.c.finished_on.is_(None), _theirs.c.finished_on >= TODAY),
    )
    .correlate(ect_periods)
    .limit(1)
    .scalar_subquery()
    .is_not(None)
)


class DayAfter(FunctionElement[date]):
    """The day after a day, which databases write in their own ways."""

    type = sa.Date()
    inherit_cache = True


@compiles(DayAfter, "sqlite")
def _sqlite(element: DayAfter, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+1 day')"


@compiles(DayAfter, "postgresql")
def _postgresql(element: DayAfter, compiler: SQLCompiler, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} + 1)"


def _mentored_on(
    ect: sa.ColumnElement[int], day: sa.ColumnElement[date], name: str
) -> sa.ColumnElement[bool]:
    """Returns whether a mentorship of the ECT covers a day.

    ``ect`` is a column of the statement right around: SQLAlchemy reaches no further by itself.
    """
    covering = mentorships.alias(name)
    return sa.exists().where(
        covering.c.ect_period_id == ect,
        ~covering.c.withdrawn,
        covering.c.started_on <= day,
        sa.or_(covering.c.finished_on.is_(None), covering.c.finished_on >= day),
    )


def _lacks_a_mentor_for_some_days() -> sa.ColumnElement[bool]:
    """Returns whether no mentor covers the first day to come, or the day after some mentor ends.

    As ``days_without_mentor`` has it; the tests of the store hold the two to each other.
    """
    first_day = sa.case((ect_periods.c.started_on > TODAY, ect_periods.c.started_on), else_=TODAY)
    ending = mentorships.alias("ending")
    ends_early = sa.exists().where(
        ending.c.ect_period_id == ect_periods.c.id,
        ~ending.c.withdrawn,
        ending.c.finished_on >= TODAY,
        sa.or_(
            ect_periods.c.finished_on.is_(None),
            ending.c.finished_on < ect_periods.c.finished_on,
        ),
        ~_mentored_on(ending.c.ect_period_id, DayAfter(ending.c.finished_on), "following"),
    )
    return sa.or_(~_mentored_on(ect_periods.c.id, first_day, "covering"), ends_early)


def _waits_for_confirmation() -> sa.ColumnElement[bool]:
    """Returns whether the latest training has begun and has no partnership."""
    latest, later = trainings.alias("latest"), trainings.alias("later")
    return sa.exists().where(
        latest.c.ect_period_id == ect_periods.c.id,
        ~latest.c.withdrawn,
        latest.c.lead_provider_id.is_not(None),
        latest.c.partnership_id.is_(None),
        latest.c.started_on <= TODAY,
        sa.or_(latest.c.finished_on.is_(None), latest.c.finished_on >= TODAY),
        ~sa.exists().where(
            later.c.ect_period_id == latest.c.ect_period_id,
            ~later.c.withdrawn,
            later.c.started_on > latest.c.started_on,
        ),
    )


_NEEDS: dict[Need, Callable[[], sa.ColumnElement[bool]]] = {
    Need.MENTOR: lambda: ~MENTORED,
    Need.MENTOR_FOR_SOME_DAYS: lambda: sa.and_(MENTORED, _lacks_a_mentor_for_some_days()),
    Need.EMAIL: lambda: ect_periods.c.email.is_(None),
    Need.CONFIRMATION: _waits_for_confirmation,
}


def _finding() -> sa.Select[Any]:
    """Selects the count of each need, and the row ids of its first ECTs."""
    here = (
        sa.select(
            ect_periods.c.id.label("number"),
            ect_periods.c.started_on,
            *(needs().label(need.value) for need, needs in _NEEDS.items()),
        )
        .where(
            ect_periods.c.school_id == number_of(schools.c.urn, "of_urn"),
            ~ect_periods.c.completed,
            ~ect_periods.c.withdrawn,
            sa.or_(ect_periods.c.finished_on.is_(None), ect_periods.c.finished_on >= TODAY),
        )
        .cte("here")
    )
    each = sa.union_all(
        *(
            sa.select(
                sa.literal(need.value, sa.Text(), literal_execute=True).label("need"),
                here.c.number,
                here.c.started_on,
            ).where(here.c[need.value])
            for need in Need
        )
    ).subquery("each")
    in_order = (each.c.started_on, each.c.number)
    ranked = sa.select(
        each.c.need,
        each.c.number,
        sa.func.count().over(partition_by=each.c.need).label("many"),
        sa.func.row_number().over(partition_by=each.c.need, order_by=in_order).label("place"),
    ).subquery("ranked")
    most = sa.bindparam("most_in_need", type_=sa.BigInteger())
    return sa.select(
        ranked.c.need, ranked.c.number, sa.cast(sa.null(), Moment()), ranked.c.many
    ).where(ranked.c.place <= most)


NEEDS = _finding()  # a need, a row id, no moment, and how many have the need


def ects_in_need(rows: Sequence[Row], ects: Mapping[int, EctAtSchool]) -> EctsInNeed:
    """Returns the ECTs with each need, found by the ids of their rows, by their first days."""
    by_need: dict[Need, list[EctAtSchool]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (ects[row.number].period.started_on, row.number)):
        by_need[Need(row.status)].append(ects[row.number])
    return EctsInNeed({Need(row.status): row.many for row in rows}, dict(by_need))
