"""Finds some of a school's ECTs: counted, searched and put in order by the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction, Values
from adapters.sql.queries.ects import NUMBERED
from adapters.sql.queries.lists.ects_in_need import MENTORED, NEEDS, TODAY, ects_in_need
from adapters.sql.queries.lists.name_search import has_words, values_of
from adapters.sql.queries.lookups import NOBODY, number_of
from adapters.sql.tables.columns import Moment
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import ect_periods, teachers
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.search.ect_search import (
    IN_PROGRESS,
    EctsFound,
    EctsWanted,
    ShownStatus,
)

_LAST = datetime.max.replace(tzinfo=UTC)
_AT_ONCE = (20, 40, 100, 500)  # a few lengths only, so that few statements have to be prepared


def _said(status: ShownStatus) -> sa.BindParameter[str]:
    return sa.literal(status.value, sa.Text(), literal_execute=True)


# As ``shown_status_of`` has it; the tests of the store hold the two to each other.
_STATUS = sa.case(
    (ect_periods.c.completed, _said(ShownStatus.COMPLETED)),
    (ect_periods.c.finished_on < TODAY, _said(ShownStatus.LEFT)),
    (MENTORED, _said(ShownStatus.REGISTERED)),
    else_=_said(ShownStatus.MENTOR_REQUIRED),
)


def look(transaction: Transaction, wanted: EctsWanted, skip: int, most: int) -> EctsFound:
    """Finds ECTs by one statement for counts, row ids and needs, and one for the ECTs."""
    statement = _finding(
        len(wanted.words.words),
        one_status=wanted.status is not None,
        in_progress=wanted.in_progress,
        needs=wanted.most_in_need > 0,
    )
    rows = transaction.rows(statement, {**_values(wanted), "skip": skip, "most": most})
    needs = [row for row in rows if row.many is not None]
    some = sorted((row for row in rows if row.registered_at), key=_in_order)
    ects = _numbered(transaction, {row.number for row in (*some, *needs)})
    return EctsFound(
        counts={
            ShownStatus(row.status): row.number
            for row in rows
            if row.registered_at is None and row.many is None
        },
        ects=[ects[row.number] for row in some],
        in_need=ects_in_need(needs, ects),
    )


def _in_order(row: Row) -> tuple[bool, timedelta, int]:
    """Returns the sort key of the statement's order, which a database need not keep."""
    return row.status != ShownStatus.MENTOR_REQUIRED, _LAST - row.registered_at, -row.number


def _numbered(transaction: Transaction, numbers: Collection[int]) -> Mapping[int, EctAtSchool]:
    """Returns the ECT periods in the rows with these ids, by row id."""
    found: dict[int, EctAtSchool] = {}
    in_order = sorted(numbers)
    for first in range(0, len(in_order), _AT_ONCE[-1]):
        some = in_order[first : first + _AT_ONCE[-1]]
        missing = next(most for most in _AT_ONCE if most >= len(some)) - len(some)
        asked = {"numbers": [*some, *[NOBODY] * missing]}
        found |= NUMBERED.by_number(transaction, asked)
    return found


@cache
def _finding(words: int, *, one_status: bool, in_progress: bool, needs: bool) -> sa.Select[Any]:
    """Returns a statement that counts matching ECTs by status and selects the rows of one page."""
    found = _with_words(words).cte("found")
    nothing = sa.cast(sa.null(), Moment()).label("registered_at")
    none = sa.cast(sa.null(), sa.BigInteger()).label("many")
    counts = sa.select(found.c.status, sa.func.count().label("number"), nothing, none)
    some = sa.select(found.c.status, found.c.number, found.c.registered_at, none).order_by(
        found.c.status != _said(ShownStatus.MENTOR_REQUIRED),  # no comes before yes
        found.c.registered_at.desc(),
        found.c.number.desc(),
    )
    if one_status:
        some = some.where(found.c.status == sa.bindparam("status", type_=sa.Text()))
    if in_progress:
        some = some.where(found.c.status.in_(list(map(_said, sorted(IN_PROGRESS)))))
    skip, most = (sa.bindparam(name, type_=sa.BigInteger()) for name in ("skip", "most"))
    page = some.limit(most).offset(skip).subquery("page")
    parts = [counts.group_by(found.c.status), sa.select(page)]
    all_of_them = sa.union_all(*parts, *([NEEDS] if needs else []))
    return sa.select(all_of_them.subquery("numbers"))


def _with_words(words: int) -> sa.Select[Any]:
    """Selects the school's ECTs, and joins teachers only when there are words to search for."""
    here = sa.select(
        ect_periods.c.id.label("number"), ect_periods.c.registered_at, _STATUS.label("status")
    ).where(
        ect_periods.c.school_id == number_of(schools.c.urn, "of_urn"), ~ect_periods.c.withdrawn
    )
    if not words:
        return here
    return here.join(teachers, teachers.c.id == ect_periods.c.teacher_id).where(*has_words(words))


def _values(wanted: EctsWanted) -> Values:
    """Returns the values that the statements ask for."""
    status = {} if wanted.status is None else {"status": wanted.status.value}
    return {
        "of_urn": wanted.school.digits,
        "today": wanted.today,
        **({"most_in_need": wanted.most_in_need} if wanted.most_in_need else {}),
        **status,
        **values_of(wanted.words),
    }
