"""Finds some of a school's mentors, and the ECTs they mentor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.lists.name_search import ByCharacter, has_words, values_of
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import ect_periods, mentor_periods, mentorships, teachers
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.search.mentor_search import (
    Mentored,
    MentorStatus,
    MentorsWanted,
)

_MENTORED = (
    sa.select(
        mentor_periods.c.public_id.label("mentor"),
        ect_periods.c.public_id.label("ect"),
        teachers.c.trn,
        teachers.c.trs_name,
        teachers.c.corrected_name,
        mentorships.c.started_on,
        mentorships.c.finished_on,
    )
    .join(mentor_periods, mentor_periods.c.id == mentorships.c.mentor_period_id)
    .join(ect_periods, ect_periods.c.id == mentorships.c.ect_period_id)
    .join(teachers, teachers.c.id == ect_periods.c.teacher_id)
    .where(
        ~mentorships.c.withdrawn,
        mentor_periods.c.public_id.in_(sa.bindparam("ids", expanding=True)),
    )
    .order_by(mentorships.c.started_on, mentorships.c.id)
)


_TODAY = sa.bindparam("today", type_=sa.Date())


def numbers_of(
    transaction: Transaction, wanted: MentorsWanted, skip: int, most: int
) -> tuple[Mapping[MentorStatus, int], Sequence[int]]:
    """Returns the count of each status, and the row ids of one page of mentors in order."""
    rows = transaction.rows(
        _finding(len(wanted.words.words), one_status=wanted.status is not None),
        {
            "of_urn": wanted.school.digits,
            "today": wanted.today,
            "skip": skip,
            "most": most,
            **({} if wanted.status is None else {"status": wanted.status.value}),
            **values_of(wanted.words),
        },
    )
    counts = {MentorStatus(row.status): row.number for row in rows if row.place is None}
    return counts, [row.number for row in sorted(rows, key=_place) if row.place is not None]


def _place(row: Row) -> int:
    place: int | None = row.place
    return place or 0


def mentored_by_any(transaction: Transaction, ids: Collection[MentorId]) -> Sequence[Mentored]:
    """Returns the ECTs of these mentors by first day, then in the order of writing."""
    rows = transaction.rows(_MENTORED, {"ids": list(ids)}) if ids else ()
    return [
        Mentored(
            mentor=MentorId(row.mentor),
            ect=EctId(row.ect),
            teacher=teacher_from_row(row),
            period=Period(row.started_on, row.finished_on),
        )
        for row in rows
    ]


_HAS_LEFT = sa.func.coalesce(mentor_periods.c.finished_on < _TODAY, sa.false())
_theirs = mentorships.alias("theirs")
_mentors_someone = (
    sa.exists()
    .where(
        _theirs.c.mentor_period_id == mentor_periods.c.id,
        ~_theirs.c.withdrawn,
        sa.or_(_theirs.c.finished_on.is_(None), _theirs.c.finished_on >= _TODAY),
    )
    .correlate(mentor_periods)
)


def _said(status: MentorStatus) -> sa.BindParameter[str]:
    return sa.literal(status.value, sa.Text(), literal_execute=True)


# As ``mentor_status_of`` has it; the tests of the store hold the two to each other.
_STATUS = sa.case(
    (_HAS_LEFT, _said(MentorStatus.LEFT)),
    (_mentors_someone, _said(MentorStatus.MENTORING)),
    else_=_said(MentorStatus.NO_ECTS),
)


@cache
def _finding(words: int, *, one_status: bool) -> sa.Select[Any]:
    """Counts mentors by status and selects a page, present ones first, then by name.

    A page past the last mentor is the last one.
    """
    here = _with_words(words)
    each = _in_order(here, one_status=one_status)
    skip, most = (sa.bindparam(name, type_=sa.BigInteger()) for name in ("skip", "most"))
    last_page = (each.c.found - 1) // most * most
    before = sa.case((skip < last_page, skip), else_=last_page)
    page = sa.select(each.c.status, each.c.number, each.c.place).where(
        each.c.place > before, each.c.place <= before + most
    )
    nowhere = sa.cast(sa.null(), sa.BigInteger()).label("place")
    counts = sa.select(here.c.status, sa.func.count().label("number"), nowhere)
    both = sa.union_all(counts.group_by(here.c.status), page)
    return sa.select(both.subquery("numbers"))


def _with_words(words: int) -> sa.CTE:
    """Selects the school's mentors whose names or TRNs have these words."""
    return (
        sa.select(
            mentor_periods.c.id.label("number"),
            _STATUS.label("status"),
            _HAS_LEFT.label("has_left"),
            teachers.c.searched_name,
            mentor_periods.c.started_on,
        )
        .join(teachers, teachers.c.id == mentor_periods.c.teacher_id)
        .where(
            mentor_periods.c.school_id == number_of(schools.c.urn, "of_urn"),
            ~mentor_periods.c.withdrawn,
            *has_words(words),
        )
        .cte("here")
    )


def _in_order(here: sa.CTE, *, one_status: bool) -> sa.Subquery:
    """Selects mentors, of one status if asked for, with their places and their number."""
    in_order = (
        here.c.has_left,
        ByCharacter(here.c.searched_name),
        here.c.started_on,
        here.c.number,
    )
    wanted = sa.select(
        here.c.status,
        here.c.number,
        sa.func.count().over().label("found"),
        sa.func.row_number().over(order_by=in_order).label("place"),
    )
    if one_status:
        wanted = wanted.where(here.c.status == sa.bindparam("status", type_=sa.Text()))
    return wanted.subquery("each")
