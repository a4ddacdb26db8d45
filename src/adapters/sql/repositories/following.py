"""Keeps when each person was last looked up in TRS."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.tables.people import ect_periods, mentor_periods, teachers, trs_lookups
from ect_registration.domain.policy import COMPLETION_FOLLOWED
from ect_registration.domain.records.trs_lookup import TrsLookup
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.following import Concerned

_TODAY = sa.bindparam("today", type_=sa.Date())
_A_YEAR_AGO = sa.bindparam("a_year_ago", type_=sa.Date())
_MOMENT = sa.bindparam("moment", type_=trs_lookups.c.asked_at.type)
_MOST = sa.bindparam("most", type_=sa.Integer())


def _lasts(periods: sa.Table, day: sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    return sa.or_(periods.c.finished_on.is_(None), periods.c.finished_on >= day)


def _has_period(
    periods: sa.Table, counts: sa.ColumnElement[bool], teacher: sa.ColumnElement[int]
) -> sa.ColumnElement[bool]:
    """Says that a teacher has a period that counts.

    Looked for by index, one teacher after the other: PostgreSQL would read all periods at once for
    an EXISTS that stands beside another.
    """
    found = sa.select(periods.c.id).where(periods.c.teacher_id == teacher, counts)
    return found.limit(1).correlate(teachers, trs_lookups).scalar_subquery().is_not(None)


def _is_here(teacher: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Says that a teacher is an ECT or mentor, or was an ECT until TRS gave an outcome.

    For a year TRS may take an outcome back: a withdrawn period comes back, and an ECT who left
    may be registered again.
    """
    here, mentors_here = (
        sa.and_(_lasts(periods, _TODAY), ~periods.c.withdrawn)
        for periods in (ect_periods, mentor_periods)
    )
    with_outcome = sa.and_(
        ect_periods.c.induction_outcome.is_not(None), _lasts(ect_periods, _A_YEAR_AGO)
    )
    return sa.or_(
        _has_period(ect_periods, sa.or_(here, with_outcome), teacher),
        _has_period(mentor_periods, mentors_here, teacher),
    )


_never = ~sa.exists().where(trs_lookups.c.teacher_id == teachers.c.id)
_with_lookup = teachers.join(trs_lookups, trs_lookups.c.teacher_id == teachers.c.id)

_NEVER_ASKED = (
    sa.select(teachers.c.trn)
    .where(teachers.c.trn > sa.bindparam("after"), _never, _is_here(teachers.c.id))
    .order_by(teachers.c.trn)
    .limit(_MOST)
)
_ASKED_BEFORE = (
    sa.select(teachers.c.trn)
    .select_from(_with_lookup)
    .where(trs_lookups.c.asked_at < _MOMENT, _is_here(trs_lookups.c.teacher_id))
    .order_by(trs_lookups.c.asked_at, trs_lookups.c.teacher_id)
    .limit(_MOST)
)
_since = sa.exists().where(
    trs_lookups.c.teacher_id == teachers.c.id, trs_lookups.c.asked_at >= _MOMENT
)
_WAITING = (
    sa.select(sa.func.count().label("number"))
    .select_from(teachers)
    .where(~_since, _is_here(teachers.c.id))
)
_LAST = (
    sa.select(trs_lookups.c.asked_at, trs_lookups.c.concern)
    .select_from(_with_lookup)
    .where(teachers.c.trn == sa.bindparam("of_trn"))
)
_noted = postgresql.insert(trs_lookups).from_select(  # SQLite speaks this dialect too
    ["teacher_id", "asked_at", "concern"],
    sa.select(
        teachers.c.id,
        sa.bindparam("asked_at", type_=trs_lookups.c.asked_at.type),
        sa.bindparam("concern", type_=sa.Text()),
    ).where(teachers.c.trn == sa.bindparam("of_trn")),
)
_NOTE = _noted.on_conflict_do_update(
    index_elements=["teacher_id"],
    set_={name: _noted.excluded[name] for name in ("asked_at", "concern")},
)
_CONCERNS = (
    sa.select(teachers, trs_lookups.c.concern, trs_lookups.c.asked_at)
    .select_from(_with_lookup)
    .where(trs_lookups.c.concern.is_not(None), _is_here(teachers.c.id))
    .order_by(teachers.c.trn)
)


@attrs.frozen
class SqlTrsLookups:
    """Keeps the latest lookup of each teacher, in a table that no trigger follows."""

    _transaction: Transaction

    def never_asked(self, today: date, after: Trn | None, most: int) -> Sequence[Trn]:
        """Returns TRNs by the index of TRNs."""
        values = {**_days(today), "after": after.digits if after else "", "most": most}
        return [Trn(row.trn) for row in self._transaction.rows(_NEVER_ASKED, values)]

    def asked_before(self, moment: datetime, today: date, most: int) -> Sequence[Trn]:
        """Returns TRNs by the index of moments."""
        values = {**_days(today), "moment": moment, "most": most}
        return [Trn(row.trn) for row in self._transaction.rows(_ASKED_BEFORE, values)]

    def waiting(self, moment: datetime, today: date) -> int:
        """Returns the number of people not looked up since then; it reads every person."""
        [row] = self._transaction.rows(_WAITING, {**_days(today), "moment": moment})
        number: int = row.number
        return number

    def last(self, trn: Trn) -> TrsLookup | None:
        """Returns the row, if there is one."""
        row = self._transaction.row(_LAST, {"of_trn": trn.digits})
        if row is None:
            return None
        return TrsLookup(trn, row.asked_at, row.concern and Concern(row.concern))

    def note(self, trn: Trn, asked_at: datetime, concern: Concern | None) -> None:
        """Adds a row, or sets the one that is there."""
        values = {"of_trn": trn.digits, "asked_at": asked_at, "concern": concern}
        self._transaction.write(_NOTE, values)

    def concerns(self, today: date) -> Sequence[Concerned]:
        """Returns teachers with what their latest lookup came to."""
        rows = self._transaction.rows(_CONCERNS, _days(today))
        return [
            Concerned(teacher_from_row(row), Concern(row.concern), row.asked_at) for row in rows
        ]


def _days(today: date) -> dict[str, object]:
    return {"today": today, "a_year_ago": today - COMPLETION_FOLLOWED.value}
