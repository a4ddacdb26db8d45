"""Reads across schools, for operators."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lists.name_search import ByCharacter, contains, has_words, values_of
from adapters.sql.queries.rows import school_from_row
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.repositories.history import change_from_row
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import (
    ect_periods,
    mentor_periods,
    teacher_aliases,
    teachers,
)
from adapters.sql.tables.records import history
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import School
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.text import folded
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.stored.lookups import FoundPeriod

_NAME = sa.func.coalesce(teachers.c.corrected_name, teachers.c.trs_name)
_ADDRESS = sa.bindparam("address", type_=sa.Text())

_CORRECTED = (
    sa.select(teachers).where(teachers.c.corrected_name.is_not(None)).order_by(teachers.c.trn)
)
_old, _kept = teachers.alias("old"), teachers.alias("kept")
_TWICE = (
    sa.select(_old.c.trn.label("old"), _kept.c.trn.label("retained"))
    .select_from(teacher_aliases)
    .join(_old, _old.c.trn == teacher_aliases.c.trn)
    .join(_kept, _kept.c.trn == teacher_aliases.c.retained_trn)
    # Nothing is left at an old record whose periods were moved.
    .where(
        sa.or_(
            *(
                sa.exists().where(periods.c.teacher_id == _old.c.id)
                for periods in (ect_periods, mentor_periods)
            )
        )
    )
    .order_by(_old.c.trn)
)
_TEACHERS = sa.select(teachers).where(
    teachers.c.trn.in_(sa.bindparam("trns", type_=sa.Text(), expanding=True))
)
_CHANGES = (
    sa.select(history, schools.c.urn)
    .outerjoin(schools, schools.c.id == history.c.school_id)
    .where(
        history.c.at >= sa.bindparam("since", type_=history.c.at.type),
        history.c.what.in_(sa.bindparam("what", type_=sa.Text(), expanding=True)),
    )
    .order_by(history.c.id)
)


def _periods(
    kind: str, periods: sa.Table, condition: sa.ColumnElement[bool]
) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            sa.literal(kind).label("kind"),
            periods.c.public_id,
            periods.c.started_on,
            teachers.c.trn,
            _NAME.label("name"),
            schools.c.urn,
            schools.c.name.label("school"),
        )
        .select_from(periods)
        .join(teachers, teachers.c.id == periods.c.teacher_id)
        .join(schools, schools.c.id == periods.c.school_id)
        .where(condition | (periods.c.email_key.like(_ADDRESS, escape="\\") & (_ADDRESS != "")))
    )


@attrs.frozen
class SqlLookups:
    """Reads teachers, schools and history whatever their school."""

    _transaction: Transaction

    def people(self, words: SearchWords, address: str, most: int) -> Sequence[FoundPeriod]:
        """Finds people by words or an address, in one statement for ECTs and mentors."""
        condition = self._named(words)
        both = sa.union_all(
            _periods("ect", ect_periods, condition), _periods("mentor", mentor_periods, condition)
        ).subquery("both")
        statement = (
            sa.select(both)
            .order_by(ByCharacter(both.c.name), both.c.trn, both.c.started_on, both.c.kind)
            .limit(most)
        )
        values = {**values_of(words), "address": contains(address) if address else ""}
        return [
            FoundPeriod(row.kind, row.public_id, Trn(row.trn), row.name, Urn(row.urn), row.school)
            for row in self._transaction.rows(statement, values)
        ]

    def schools(self, words: SearchWords, most: int) -> Sequence[School]:
        """Compares here: names of schools are not kept folded, and there are some 25,000."""
        if not words.words:
            return []
        rows = self._transaction.rows(sa.select(schools))
        found = [school for row in rows if _is_found(school := school_from_row(row), words)]
        return sorted(found, key=lambda school: (school.name, school.urn))[:most]

    def corrected(self) -> Sequence[Teacher]:
        """Returns the teachers with a corrected name, in order of TRN."""
        return [teacher_from_row(row) for row in self._transaction.rows(_CORRECTED)]

    def known_twice(self) -> Sequence[tuple[Teacher, Teacher]]:
        """Returns both teachers of each merge that left two, in order of the old TRN."""
        pairs = [(row.old, row.retained) for row in self._transaction.rows(_TWICE)]
        if not pairs:
            return []
        trns = sorted({trn for pair in pairs for trn in pair})
        rows = self._transaction.rows(_TEACHERS, {"trns": trns})
        known = {row.trn: teacher_from_row(row) for row in rows}
        return [(known[old], known[retained]) for old, retained in pairs]

    def changes(self, since: datetime, what: Collection[What]) -> Sequence[Change]:
        """Returns the changes from then on, in the order of writing."""
        values = {"since": since, "what": [each.value for each in what]}
        return [change_from_row(row) for row in self._transaction.rows(_CHANGES, values)]

    def _named(self, words: SearchWords) -> sa.ColumnElement[bool]:
        """Returns the condition that each word is in the name, the TRN or one merged into it."""
        if not words.words:
            return sa.false()
        merged = [
            sa.exists().where(
                teacher_aliases.c.retained_trn == teachers.c.trn,
                teacher_aliases.c.trn.like(
                    sa.bindparam(f"word_{n}", type_=sa.Text()), escape="\\"
                ),
            )
            for n in range(len(words.words))
        ]
        named = has_words(len(words.words))
        return sa.and_(*(one | other for one, other in zip(named, merged, strict=True)))


def _is_found(school: School, words: SearchWords) -> bool:
    text = f"{folded(school.name)} {school.urn}"
    return all(word in text for word in words.words)
