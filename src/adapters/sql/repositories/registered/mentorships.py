"""Stores mentorships."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.json_rows import list_of
from adapters.sql.queries.rows import mentorship_to_row
from adapters.sql.tables.people import ect_periods, mentor_periods, mentorships, teachers
from ect_registration.domain.people.mentorship import Mentorship

_SELECT = (
    sa.select(
        mentorships.c.id.label("number"),
        mentorships.c.public_id,
        mentorships.c.started_on,
        mentorships.c.finished_on,
        mentorships.c.withdrawn,
        mentorships.c.ends,
        mentorships.c.assigned_on,
        mentor_periods.c.public_id.label("mentor_id"),
        teachers.c.trn,
        teachers.c.trs_name,
        teachers.c.corrected_name,
    )
    .join(mentor_periods, mentor_periods.c.id == mentorships.c.mentor_period_id)
    .join(teachers, teachers.c.id == mentor_periods.c.teacher_id)
)

MENTORSHIPS = list_of(
    _SELECT.where(mentorships.c.ect_period_id == ect_periods.c.id).correlate(ect_periods)
).label("mentorships")  # those of each ECT period


def _of_ect(column: str) -> sa.ScalarSelect[int]:
    named = ect_periods.c.public_id == sa.bindparam("of_ect")
    return sa.select(ect_periods.c[column]).where(named).scalar_subquery()


def _of_mentor(column: str) -> sa.ScalarSelect[int]:
    named = mentor_periods.c.public_id == sa.bindparam("of_mentor")
    return sa.select(mentor_periods.c[column]).where(named).scalar_subquery()


_ADD = (
    sa.insert(mentorships)
    .inline()
    .values(
        school_id=_of_ect("school_id"),
        ect_period_id=_of_ect("id"),
        ect_teacher_id=_of_ect("teacher_id"),
        mentor_period_id=_of_mentor("id"),
        mentor_teacher_id=_of_mentor("teacher_id"),
    )
)

_CHANGE = sa.update(mentorships).where(mentorships.c.public_id == sa.bindparam("which"))


@attrs.frozen
class SqlMentorships:
    """Stores the mentorships of ECTs."""

    _transaction: Transaction

    def add(self, ect: UUID, new: Iterable[Mentorship]) -> None:
        """Adds the mentorships in the order given."""
        rows = [
            {"public_id": m.id, "of_ect": ect, "of_mentor": m.mentor, **mentorship_to_row(m)}
            for m in new
        ]
        self._transaction.write_all(_ADD, rows)

    def change(self, changed: Iterable[Mentorship]) -> None:
        """Changes the mentorships in the order given."""
        self._transaction.write_all(
            _CHANGE, [{"which": m.id, **mentorship_to_row(m)} for m in changed]
        )
