"""Stores mentor periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.ects import EVER_MENTORED_BY, MENTORED_BY
from adapters.sql.queries.lists.mentors_search import mentored_by_any, numbers_of
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.parts import in_order
from adapters.sql.queries.rows import (
    change_to_row,
    mentor_from_row,
    mentor_to_row,
    names_of_schools,
    periods_in,
)
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.repositories.registered.teachers import FAMILY, leading_to, retained
from adapters.sql.repositories.registered.training_history import (
    HISTORY_OF_FAMILY,
    OF_FAMILIES,
    OF_PEOPLE,
    SAVE,
    history_from_nested,
    history_from_row,
    history_to_row,
    history_under,
)
from adapters.sql.repositories.registered.trainings import SqlTrainings, trainings_of
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import FACTS_OF_TRS, mentor_periods, teachers, trainings
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import (
    KnownMentor,
    MentorAtSchool,
    MentorPast,
    MentorTrainingHistory,
)
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.search.mentor_search import Mentored, MentorsFound, MentorsWanted
from ect_registration.domain.values import Trn, Urn

_PEOPLE = mentor_periods.join(teachers, teachers.c.id == mentor_periods.c.teacher_id).join(
    schools, schools.c.id == mentor_periods.c.school_id
)

_COLUMNS = (
    mentor_periods.c.id.label("number"),
    mentor_periods.c.public_id,
    mentor_periods.c.email,
    mentor_periods.c.started_on,
    mentor_periods.c.finished_on,
    mentor_periods.c.withdrawn,
    mentor_periods.c.ends,
    mentor_periods.c.registered_at,
    schools.c.urn,
    teachers.c.trn,
    teachers.c.trs_name,
    teachers.c.corrected_name,
    *FACTS_OF_TRS,
    trainings_of(mentor_periods, trainings.c.mentor_period_id),
)

# Oldest first, then in the order of writing.
_SELECT = (
    sa.select(*_COLUMNS)
    .select_from(_PEOPLE)
    .order_by(mentor_periods.c.started_on, mentor_periods.c.id)
)

_STANDING = _SELECT.where(~mentor_periods.c.withdrawn)

_of_people = teachers.c.trn.in_(sa.bindparam("trns", expanding=True))
_OF_PEOPLE, _ALL_OF_PEOPLE = _STANDING.where(_of_people), _SELECT.where(_of_people)
_OF_FAMILIES = _STANDING.add_columns(retained(teachers.c.trn, teachers).label("retained")).where(
    teachers.c.trn.in_(FAMILY)
)
_at_school = schools.c.urn == sa.bindparam("of_urn")
_AT_SCHOOL, _ALL_AT_SCHOOL = _STANDING.where(_at_school), _SELECT.where(_at_school)
_NUMBERED = _SELECT.where(mentor_periods.c.id.in_(sa.bindparam("numbers", expanding=True)))
_WITH_ID = _SELECT.where(mentor_periods.c.public_id == sa.bindparam("of_id"))
_WITH_IDS = _SELECT.where(mentor_periods.c.public_id.in_(sa.bindparam("ids", expanding=True)))

# Every teacher of a family, with a row for each of their periods, or one without; when there is
# no teacher, one row, as there may be history of that person.
_always = sa.select(sa.literal(1).label("one")).subquery("always")
_KNOWN_AS = (
    sa.select(*_COLUMNS, schools.c.name.label("school_name"), HISTORY_OF_FAMILY)
    .select_from(
        _always.outerjoin(teachers, teachers.c.trn.in_(FAMILY))
        .outerjoin(
            mentor_periods,
            sa.and_(mentor_periods.c.teacher_id == teachers.c.id, ~mentor_periods.c.withdrawn),
        )
        .outerjoin(schools, schools.c.id == mentor_periods.c.school_id)
    )
    .order_by(teachers.c.trn, mentor_periods.c.started_on, mentor_periods.c.id)
)

_trn = (
    sa.select(teachers.c.trn)
    .join(mentor_periods, mentor_periods.c.teacher_id == teachers.c.id)
    .where(mentor_periods.c.public_id == sa.bindparam("of_id"))
    .scalar_subquery()
)
# Aliases are flat, so a person's TRNs are the retained one and those that lead to it.
_retained = retained(_trn)
_leads_there = leading_to(_retained)
# One list of both: of two conditions PostgreSQL would ask every teacher there is.
_PAST_OF_PERSON_WITH = _STANDING.where(
    teachers.c.trn.in_(sa.union(sa.select(_retained), _leads_there))
).add_columns(history_under(_retained, _leads_there))

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
    """Stores mentor periods with their trainings."""

    _transaction: Transaction

    def of_people(
        self, trns: Collection[Trn], *, withdrawn: bool = False
    ) -> Sequence[MentorAtSchool]:
        """Returns the mentor periods of these TRNs by first day, then in the order of writing."""
        statement = _ALL_OF_PEOPLE if withdrawn else _OF_PEOPLE
        return self._found(statement, trns=[trn.digits for trn in trns]) if trns else ()

    def at_school(self, urn: Urn, *, withdrawn: bool = False) -> Sequence[MentorAtSchool]:
        """Returns the school's mentors by name, then oldest first.

        Sorted here, because databases do not agree about alphabets.
        """
        statement = _ALL_AT_SCHOOL if withdrawn else _AT_SCHOOL
        return sorted(self._found(statement, of_urn=urn.digits), key=lambda m: m.teacher.name)

    def find(self, id: MentorId) -> MentorAtSchool | None:
        """Returns the mentor period with this id, or None when there is none."""
        return next(iter(self._found(_WITH_ID, of_id=id)), None)

    def with_ids(self, ids: Collection[MentorId]) -> Sequence[MentorAtSchool]:
        """Returns the mentor periods with these ids by first day, then in the order of writing."""
        return self._found(_WITH_IDS, ids=list(ids)) if ids else ()

    def known_as(self, trns: Collection[Trn]) -> KnownMentor:
        """Reads the known mentor in one statement."""
        if not trns:
            return KnownMentor()
        rows = self._transaction.rows(_KNOWN_AS, {"trns": [trn.digits for trn in trns]})
        teachers = {row.trn: teacher_from_row(row) for row in rows if row.trn is not None}
        periods = periods_in(rows)
        return KnownMentor(
            teachers=list(teachers.values()),
            past=MentorPast([mentor_from_row(row) for row in periods], _history_in(rows)),
            schools=names_of_schools(periods),
        )

    def past_of_person_with(self, id: MentorId) -> MentorPast:
        """Reads the person's past in one statement; history is in each row."""
        rows = self._transaction.rows(_PAST_OF_PERSON_WITH, {"of_id": id})
        return MentorPast([mentor_from_row(row) for row in rows], _history_in(rows))

    def pasts_of_people(self, trns: Collection[Trn]) -> Mapping[Trn, MentorPast]:
        """Returns the past of each TRN in two statements, one for periods and one for history."""
        if not trns:
            return {}
        values = {"trns": sorted(trn.digits for trn in trns)}
        history: dict[str, list[MentorTrainingHistory]] = defaultdict(list)
        for row in self._transaction.rows(OF_FAMILIES, values):
            history[row.retained].append(history_from_row(row))
        periods: dict[str, list[MentorAtSchool]] = defaultdict(list)
        for row in self._transaction.rows(_OF_FAMILIES, values):
            periods[row.retained].append(mentor_from_row(row))
        return {
            mentor.teacher.trn: MentorPast(theirs, history[person])
            for person, theirs in periods.items()
            for mentor in theirs
        }

    def look(self, wanted: MentorsWanted, skip: int, most: int) -> MentorsFound:
        """Finds mentors in two statements: one for the count and row ids, one for the mentors."""
        counts, numbers = numbers_of(self._transaction, wanted, skip, most)
        found = self._by_number(_NUMBERED, numbers=numbers) if numbers else {}
        return MentorsFound(counts, [found[number] for number in numbers])

    def mentored_by_any(self, ids: Collection[MentorId]) -> Sequence[Mentored]:
        """Returns the ECTs of these mentors by first day, then in the order of writing."""
        return mentored_by_any(self._transaction, ids)

    def training_history(self, trns: Collection[Trn]) -> Sequence[MentorTrainingHistory]:
        """Returns the mentors' training history, in order of TRN."""
        if not trns:
            return ()
        digits = sorted(trn.digits for trn in trns)
        return [
            history_from_row(row) for row in self._transaction.rows(OF_PEOPLE, {"trns": digits})
        ]

    def save_training_history(self, history: MentorTrainingHistory) -> None:
        """Adds the history, or sets it to what is given."""
        self._transaction.write(SAVE, history_to_row(history))

    def mentored_by(self, id: MentorId, *, withdrawn: bool = False) -> Sequence[EctAtSchool]:
        """Returns the ECTs of the mentor by first day, then in the order of writing."""
        query = EVER_MENTORED_BY if withdrawn else MENTORED_BY
        return query.run(self._transaction, {"of_id": id})

    def add(self, mentor: MentorAtSchool) -> None:
        """Adds the period, then its trainings, which must lie inside it."""
        self._transaction.write(_ADD, mentor_to_row(mentor))
        SqlTrainings.of_mentors(self._transaction).add(mentor.id, mentor.trainings)

    def change(self, before: MentorAtSchool, after: MentorAtSchool) -> None:
        """Writes only what differs between the two; the rest may have changed meanwhile."""
        parts = in_order(before.trainings, after.trainings, after.period)
        written = SqlTrainings.of_mentors(self._transaction)
        known = {training.id: training for training in before.trainings}
        written.change(parts.first, known)
        if changed := change_to_row(before, after):
            self._transaction.write_one(_CHANGE, {"of_id": before.id, **changed})
        written.change(parts.then, known)
        written.add(before.id, parts.new)

    def _found(self, statement: sa.Executable, **values: object) -> list[MentorAtSchool]:
        return list(self._by_number(statement, **values).values())

    def _by_number(self, statement: sa.Executable, **values: object) -> dict[int, MentorAtSchool]:
        rows = self._transaction.rows(statement, values)
        return {row.number: mentor_from_row(row) for row in rows}


def _history_in(rows: Sequence[Row]) -> Sequence[MentorTrainingHistory]:
    """Returns the training history, read from the first row because each row has the same."""
    history = map(history_from_nested, rows[0].history) if rows else ()
    return sorted(history, key=lambda each: each.trn)
