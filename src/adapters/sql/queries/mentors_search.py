"""Finds some of a school's mentors, and the ECTs they mentor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.name_search import ByCharacter, has_words, values_of
from adapters.sql.queries.rows import teacher_from_row
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import ect_periods, mentor_periods, mentorships, teachers
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.search.mentor_search import Mentored, MentorsWanted

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


def numbers_of(
    transaction: Transaction, wanted: MentorsWanted, skip: int, most: int
) -> tuple[int, Sequence[int]]:
    """Returns the count of matching mentors, and the row ids of one page of them in order."""
    rows = transaction.rows(
        _finding(len(wanted.words.words)),
        {
            "of_urn": wanted.school.digits,
            "today": wanted.today,
            "skip": skip,
            "most": most,
            **values_of(wanted.words),
        },
    )
    return (rows[0].found if rows else 0), [row.number for row in rows]


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


@cache
def _finding(words: int) -> sa.Select[Any]:
    """Selects a page of mentors, present ones first, then by name; at most the last page."""
    has_left = mentor_periods.c.finished_on < sa.bindparam("today", type_=sa.Date())
    skip, most = (sa.bindparam(name, type_=sa.BigInteger()) for name in ("skip", "most"))
    in_order = (
        sa.func.coalesce(has_left, sa.false()),
        ByCharacter(teachers.c.searched_name),
        mentor_periods.c.started_on,
        mentor_periods.c.id,
    )
    everybody = (
        sa.select(
            mentor_periods.c.id.label("number"),
            sa.func.count().over().label("found"),
            sa.func.row_number().over(order_by=in_order).label("place"),
        )
        .join(teachers, teachers.c.id == mentor_periods.c.teacher_id)
        .where(
            mentor_periods.c.school_id == number_of(schools.c.urn, "of_urn"),
            ~mentor_periods.c.withdrawn,
            *has_words(words),
        )
        .subquery("everybody")
    )
    last_page = (everybody.c.found - 1) // most * most
    before = sa.case((skip < last_page, skip), else_=last_page)
    return (
        sa.select(everybody.c.number, everybody.c.found)
        .where(everybody.c.place > before, everybody.c.place <= before + most)
        .order_by(everybody.c.place)
    )
