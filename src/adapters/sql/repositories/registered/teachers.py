"""Stores teachers, and the TRNs they are known under."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
import sqlalchemy as sa

from adapters.sql.connection.engine import SQLITE
from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.teacher_rows import teacher_from_row, teacher_to_row
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.people import (
    FACTS_OF_TRS,
    ect_periods,
    email_claims,
    mentor_periods,
    mentorships,
    teacher_aliases,
    teachers,
    trainings,
)
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn

TRNS = sa.bindparam("trns", type_=sa.Text(), expanding=True)

# Aliases are flat, so a person's TRNs are the retained one and those that lead to it.
_sibling = teacher_aliases.alias("sibling")
OTHER_TRNS = (
    sa.select(teacher_aliases.c.retained_trn).where(teacher_aliases.c.trn.in_(TRNS)),
    sa.select(teacher_aliases.c.trn).where(teacher_aliases.c.retained_trn.in_(TRNS)),
    sa.select(_sibling.c.trn)
    .join(teacher_aliases, teacher_aliases.c.retained_trn == _sibling.c.retained_trn)
    .where(teacher_aliases.c.trn.in_(TRNS)),
)
MERGED = sa.union(*OTHER_TRNS)
FAMILY = sa.union(sa.select(teachers.c.trn).where(teachers.c.trn.in_(TRNS)), *OTHER_TRNS)
_KNOWN_AS = sa.select(teachers).where(teachers.c.trn.in_(FAMILY)).order_by(teachers.c.trn)

_SAVE = upsert(teachers, "trn", together=[column.name for column in FACTS_OF_TRS])


def retained(trn: sa.ColumnElement[str], *of: sa.FromClause) -> sa.ColumnElement[str]:
    """Returns the TRN that this one leads to: itself, if it was never merged."""
    alias = teacher_aliases.alias("alias")
    leads_to = sa.select(alias.c.retained_trn).where(alias.c.trn == trn).correlate(*of)
    return sa.func.coalesce(leads_to.scalar_subquery(), trn)


def leading_to(retained: sa.ColumnElement[str]) -> sa.Select[str]:
    """Returns a statement for the TRNs that were merged into this one."""
    return sa.select(teacher_aliases.c.trn).where(teacher_aliases.c.retained_trn == retained)


_old, _kept = (sa.bindparam(name, type_=sa.Text()) for name in ("of_old", "of_retained"))
_LEAD_TO = sa.select(retained(_old).label("old"), retained(_kept).label("retained"))
_REPOINT = sa.update(teacher_aliases).where(
    teacher_aliases.c.retained_trn == sa.bindparam("of_old")
)
_ADD_ALIAS = sa.insert(teacher_aliases).inline()

_both = teachers.alias("known_under_retained")
_RENAME = (
    sa.update(teachers)
    .where(
        teachers.c.trn == sa.bindparam("of_old"),
        ~sa.exists().where(_both.c.trn == sa.bindparam("of_retained")),
    )
    .values(trn=sa.bindparam("of_retained"))
)

_number_of_old, _number_of_kept = (
    number_of(teachers.c.trn, name) for name in ("of_old", "of_retained")
)


def _kept_instead(teacher: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    return sa.case((teacher == _number_of_old, _number_of_kept), else_=teacher)


_MOVES = (
    *(
        sa.update(table)
        .where(table.c.teacher_id == _number_of_old)
        .values(teacher_id=_number_of_kept)
        for table in (email_claims, ect_periods, mentor_periods, trainings)
    ),
    sa.update(mentorships)
    .where(
        sa.or_(
            mentorships.c.ect_teacher_id == _number_of_old,
            mentorships.c.mentor_teacher_id == _number_of_old,
        )
    )
    .values(
        ect_teacher_id=_kept_instead(mentorships.c.ect_teacher_id),
        mentor_teacher_id=_kept_instead(mentorships.c.mentor_teacher_id),
    ),
)
_TOGETHER = sa.select(sa.literal(1)).add_cte(
    *(move.cte(f"moved_{number}") for number, move in enumerate(_MOVES))
)
_WAIT_WITH_REFERENCES = sa.text("PRAGMA defer_foreign_keys = ON")


@attrs.frozen
class SqlTeachers:
    """Stores teachers by TRN."""

    _transaction: Transaction

    def known_as(self, trns: Collection[Trn]) -> Sequence[Teacher]:
        """Returns the teachers known under these TRNs, in order of TRN."""
        if not trns:
            return ()
        rows = self._transaction.rows(_KNOWN_AS, {"trns": [trn.digits for trn in trns]})
        return [teacher_from_row(row) for row in rows]

    def save(self, teacher: Teacher) -> None:
        """Adds the teacher with this TRN, or sets the teacher's names."""
        self._transaction.write(_SAVE, teacher_to_row(teacher))

    def save_all(self, saved: Collection[Teacher]) -> None:
        """Saves teachers in order of TRN."""
        in_order = sorted(saved, key=lambda teacher: teacher.trn)
        self._transaction.write_all(_SAVE, [teacher_to_row(teacher) for teacher in in_order])

    def merge(self, old: Trn, retained: Trn) -> None:
        """Merges the old TRN into the retained one.

        A teacher known only under the old TRN is known under the retained one from now on.
        """
        given = {"of_old": old.digits, "of_retained": retained.digits}
        [lead_to] = self._transaction.rows(_LEAD_TO, given)
        if lead_to.old != lead_to.retained:
            aliases = {"retained_trn": lead_to.retained}
            self._transaction.write(_REPOINT, {"of_old": lead_to.old, **aliases})
            self._transaction.write(_ADD_ALIAS, {"trn": lead_to.old, **aliases})
        self._transaction.write(_RENAME, given)

    def move_periods(self, old: Trn, retained: Trn) -> None:
        """Moves all rows at once: each refers to others by their teacher, who changes with it.

        SQLite waits with foreign keys until the commit; PostgreSQL checks them after a statement.
        """
        given = {"of_old": old.digits, "of_retained": retained.digits}
        if self._transaction.dialect == SQLITE:
            self._transaction.write(_WAIT_WITH_REFERENCES, {})
            for move in _MOVES:
                self._transaction.write(move, given)
        else:
            self._transaction.write(_TOGETHER, given)
