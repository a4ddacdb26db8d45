"""Mentor periods."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
import sqlalchemy as sa

from adapters.sql.ect_queries import MENTORED_BY
from adapters.sql.lookups import number_of
from adapters.sql.offer_tables import schools
from adapters.sql.parts import in_order
from adapters.sql.people_tables import mentor_periods, teachers, trainings
from adapters.sql.rows import (
    change_to_row,
    mentor_from_row,
    mentor_to_row,
    training_from_row,
)
from adapters.sql.trainings import TRAINING_COLUMNS, SqlTrainings, with_trainings
from adapters.sql.transaction import Transaction, grouped
from ect_registration.domain.ect import EctAtSchool
from ect_registration.domain.mentor import MentorAtSchool
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.values import Trn, Urn

_PEOPLE = mentor_periods.join(teachers, teachers.c.id == mentor_periods.c.teacher_id).join(
    schools, schools.c.id == mentor_periods.c.school_id
)

# Oldest first, then in the order of writing.
_SELECT = (
    sa.select(
        mentor_periods.c.id.label("number"),
        mentor_periods.c.public_id,
        mentor_periods.c.email,
        mentor_periods.c.started_on,
        mentor_periods.c.finished_on,
        schools.c.urn,
        teachers.c.trn,
        teachers.c.trs_name,
        teachers.c.corrected_name,
        *TRAINING_COLUMNS,
    )
    .select_from(with_trainings(_PEOPLE, trainings.c.mentor_period_id == mentor_periods.c.id))
    .order_by(mentor_periods.c.started_on, mentor_periods.c.id, trainings.c.id)
)

_OF_PEOPLE = _SELECT.where(teachers.c.trn.in_(sa.bindparam("trns", expanding=True)))
_AT_SCHOOL = _SELECT.where(schools.c.urn == sa.bindparam("of_urn"))
_WITH_ID = _SELECT.where(mentor_periods.c.public_id == sa.bindparam("of_id"))

_ADD = (
    sa.insert(mentor_periods)
    .inline()
    .values(
        teacher_id=number_of(teachers.c.trn, "of_trn"),
        school_id=number_of(schools.c.urn, "of_urn"),
    )
)

_CHANGE = sa.update(mentor_periods).where(mentor_periods.c.public_id == sa.bindparam("of_id"))


@attrs.frozen
class SqlMentors:
    """Mentor periods with their trainings."""

    _transaction: Transaction

    def of_people(self, trns: Collection[Trn]) -> Sequence[MentorAtSchool]:
        """Of equal first days, in the order of writing."""
        return self._found(_OF_PEOPLE, trns=[trn.digits for trn in trns]) if trns else ()

    def at_school(self, urn: Urn) -> Sequence[MentorAtSchool]:
        """By name, then oldest first; databases do not agree about alphabets."""
        return sorted(self._found(_AT_SCHOOL, of_urn=urn.digits), key=lambda m: m.teacher.name)

    def find(self, id: MentorId) -> MentorAtSchool | None:
        """None when there is no such period."""
        return next(iter(self._found(_WITH_ID, of_id=id)), None)

    def mentored_by(self, id: MentorId) -> Sequence[EctAtSchool]:
        """Of equal first days, in the order of writing."""
        return MENTORED_BY.run(self._transaction, {"of_id": id})

    def add(self, mentor: MentorAtSchool) -> None:
        """The period, then its trainings, which must lie inside it."""
        self._transaction.write(_ADD, mentor_to_row(mentor))
        SqlTrainings.of_mentors(self._transaction).add(mentor.id, mentor.trainings)

    def change(self, before: MentorAtSchool, after: MentorAtSchool) -> None:
        """Only what differs between the two; the rest may have changed meanwhile."""
        parts = in_order(before.trainings, after.trainings, after.period)
        written = SqlTrainings.of_mentors(self._transaction)
        written.change(parts.first)
        if changed := change_to_row(before, after):
            self._transaction.write_one(_CHANGE, {"of_id": before.id, **changed})
        written.change(parts.then)
        written.add(before.id, parts.new)

    def _found(self, statement: sa.Executable, **values: object) -> list[MentorAtSchool]:
        found = grouped(self._transaction.rows(statement, values), "number")
        return [
            mentor_from_row(rows[0], filter(None, map(training_from_row, rows)))
            for rows in found.values()
        ]
