"""Finding some of a school's ECTs: counted, searched and put in order by the database."""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa

from adapters.sql.ect_queries import EctQuery
from adapters.sql.lookups import number_of
from adapters.sql.offer_tables import schools
from adapters.sql.people_tables import ect_periods, mentorships, teachers
from adapters.sql.transaction import Values
from ect_registration.domain.finding import EctsWanted, ShownStatus

_TODAY = sa.bindparam("today", type_=sa.Date())
_ESCAPE = "\\"


def _word(status: ShownStatus) -> sa.BindParameter[str]:
    return sa.literal(status.value, sa.Text(), literal_execute=True)


_theirs = mentorships.alias("theirs")
_mentored = (
    sa.exists()
    .where(
        _theirs.c.ect_period_id == ect_periods.c.id,
        ~_theirs.c.withdrawn,
        sa.or_(_theirs.c.finished_on.is_(None), _theirs.c.finished_on >= _TODAY),
    )
    .correlate(ect_periods)
)

# As ``shown_status_of`` has it; the tests of the store hold the two to each other.
_STATUS = sa.case(
    (ect_periods.c.completed, _word(ShownStatus.COMPLETED)),
    (ect_periods.c.finished_on < _TODAY, _word(ShownStatus.LEFT)),
    (_mentored, _word(ShownStatus.REGISTERED)),
    else_=_word(ShownStatus.MENTOR_REQUIRED),
)
_ORDER = (
    _word(ShownStatus.MENTOR_REQUIRED) != _STATUS,  # no comes before yes
    ect_periods.c.registered_at.desc(),
    ect_periods.c.id.desc(),
)


def values_of(wanted: EctsWanted) -> Values:
    """What the statements below ask for."""
    words = {f"word_{n}": _anywhere(word) for n, word in enumerate(wanted.words.words)}
    return {
        "of_urn": wanted.school.digits,
        "today": wanted.today,
        **({} if wanted.status is None else {"status": wanted.status.value}),
        **words,
    }


@cache
def counting(words: int) -> sa.Executable:
    """How many of those with so many words have which status."""
    statuses = _with_words(sa.select(_STATUS.label("status")), words).subquery("found")
    column = statuses.c.status
    return sa.select(column, sa.func.count().label("ects")).group_by(column)


@cache
def paging(words: int, *, one_status: bool) -> EctQuery:
    """Some of those with so many words, of every status or of one."""
    numbers = _with_words(sa.select(ect_periods.c.id.label("number")), words)
    if one_status:
        numbers = numbers.where(sa.bindparam("status", type_=sa.Text()) == _STATUS)
    some = numbers.order_by(*_ORDER).limit(_number("most")).offset(_number("skip"))
    return EctQuery.of(some, *_ORDER)


def _with_words(ects: sa.Select[Any], words: int) -> sa.Select[Any]:
    """Those of the school; teachers are looked at only when there is something to look for."""
    here = ects.where(ect_periods.c.school_id == number_of(schools.c.urn, "of_urn"))
    if not words:
        return here
    return here.join(teachers, teachers.c.id == ect_periods.c.teacher_id).where(
        *(_has(f"word_{n}") for n in range(words))
    )


def _has(bind: str) -> sa.ColumnElement[bool]:
    pattern = sa.bindparam(bind, type_=sa.Text())
    return sa.or_(
        teachers.c.searched_name.like(pattern, escape=_ESCAPE),
        teachers.c.trn.like(pattern, escape=_ESCAPE),
    )


def _anywhere(word: str) -> str:
    """A pattern in which nothing that was typed means anything but itself."""
    for special in (_ESCAPE, "%", "_"):
        word = word.replace(special, _ESCAPE + special)
    return f"%{word}%"


def _number(name: str) -> sa.BindParameter[int]:
    return sa.bindparam(name, type_=sa.Integer())
