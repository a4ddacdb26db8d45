"""Stores ECT periods."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.ects import (
    ALL_AT_SCHOOL,
    ALL_OF_PEOPLE,
    AT_SCHOOL,
    KNOWN_AS,
    OF_PEOPLE,
    PERSON_WITH,
    WITH_ID,
)
from adapters.sql.queries.lists.ects_search import look
from adapters.sql.queries.lookups import number_if_given, number_of
from adapters.sql.queries.parts import in_order
from adapters.sql.queries.rows import (
    change_to_row,
    details_to_row,
    ect_from_row,
    ect_to_row,
    names_of_schools,
    periods_in,
)
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.repositories.registered.mentorships import SqlMentorships
from adapters.sql.repositories.registered.trainings import SqlTrainings
from adapters.sql.tables.offers import appropriate_bodies, lead_providers, schools
from adapters.sql.tables.people import ect_periods, teachers
from ect_registration.domain.people.ect import EctAtSchool, EctId, KnownEct
from ect_registration.domain.search.ect_search import EctsFound, EctsWanted
from ect_registration.domain.values import Trn, Urn

_ADD = (
    sa.insert(ect_periods)
    .inline()
    .values(
        teacher_id=number_of(teachers.c.trn, "of_trn"),
        school_id=number_of(schools.c.urn, "of_urn"),
        chosen_appropriate_body_id=number_if_given(appropriate_bodies.c.name, "of_body"),
        chosen_lead_provider_id=number_if_given(lead_providers.c.name, "of_provider"),
        changed_appropriate_body_id=number_if_given(appropriate_bodies.c.name, "of_changed_body"),
    )
)

_CHANGE = sa.update(ect_periods).where(ect_periods.c.public_id == sa.bindparam("of_id"))
_CHANGE_BODY = _CHANGE.values(
    changed_appropriate_body_id=number_if_given(appropriate_bodies.c.name, "of_changed_body")
)


@attrs.frozen
class SqlEcts:
    """Stores ECT periods with their parts."""

    _transaction: Transaction

    def of_people(
        self, trns: Collection[Trn], *, withdrawn: bool = False
    ) -> Sequence[EctAtSchool]:
        """Returns the ECT periods of these TRNs by first day, then in the order of writing."""
        if not trns:
            return ()
        query = ALL_OF_PEOPLE if withdrawn else OF_PEOPLE
        return query.run(self._transaction, {"trns": [trn.digits for trn in trns]})

    def known_as(self, trns: Collection[Trn]) -> KnownEct:
        """Reads the known ECT in one statement."""
        if not trns:
            return KnownEct()
        rows = self._transaction.rows(KNOWN_AS, {"trns": [trn.digits for trn in trns]})
        teachers = {row.trn: teacher_from_row(row) for row in rows}
        periods = periods_in(rows)
        return KnownEct(
            teachers=list(teachers.values()),
            periods=[ect_from_row(row) for row in periods],
            schools=names_of_schools(periods),
        )

    def at_school(self, urn: Urn, *, withdrawn: bool = False) -> Sequence[EctAtSchool]:
        """Returns the school's ECT periods, latest registration first, then last written first."""
        query = ALL_AT_SCHOOL if withdrawn else AT_SCHOOL
        return query.run(self._transaction, {"of_urn": urn.digits})

    def look(self, wanted: EctsWanted, skip: int, most: int) -> EctsFound:
        """Finds ECTs, those that need a mentor first, then in the order of ``at_school``."""
        return look(self._transaction, wanted, skip, most)

    def find(self, id: EctId) -> EctAtSchool | None:
        """Returns the ECT period with this id, or None when there is none."""
        return next(iter(WITH_ID.run(self._transaction, {"of_id": id})), None)

    def find_with_trns(self, id: EctId) -> tuple[EctAtSchool, frozenset[Trn]] | None:
        """Finds a period and the person's TRNs in one statement."""
        rows = self._transaction.rows(PERSON_WITH, {"of_id": id})
        if not rows:
            return None
        [row] = rows
        trns = {row.trn, row.retained, *(alias.trn for alias in row.merged)}
        return ect_from_row(row), frozenset(map(Trn, trns))

    def add(self, ect: EctAtSchool) -> None:
        """Adds the period, then its parts, which must lie inside it."""
        self._transaction.write(_ADD, ect_to_row(ect))
        SqlTrainings.of_ects(self._transaction).add(ect.id, ect.trainings)
        SqlMentorships(self._transaction).add(ect.id, ect.mentorships)

    def add_all(self, ects: Sequence[EctAtSchool]) -> None:
        """Adds periods in the order given, then their parts."""
        self._transaction.write_all(_ADD, [ect_to_row(ect) for ect in ects])
        SqlTrainings.of_ects(self._transaction).add_all(
            [(ect.id, training) for ect in ects for training in ect.trainings]
        )
        for ect in ects:
            SqlMentorships(self._transaction).add(ect.id, ect.mentorships)

    def change(self, before: EctAtSchool, after: EctAtSchool) -> None:
        """Writes only what differs between the two; the rest may have changed meanwhile."""
        trainings = in_order(before.trainings, after.trainings, after.period)
        mentorships = in_order(before.mentorships, after.mentorships, after.period)
        written_trainings = SqlTrainings.of_ects(self._transaction)
        written_mentorships = SqlMentorships(self._transaction)
        written_mentorships.change(mentorships.first)
        known = {training.id: training for training in before.trainings}
        written_trainings.change(trainings.first, known)
        changed = change_to_row(before, after) | details_to_row(before, after)
        if changed:
            self._transaction.write_one(_CHANGE, {"of_id": before.id, **changed})
        if after.changed_body != before.changed_body:
            body = {"of_id": before.id, "of_changed_body": after.changed_body}
            self._transaction.write_one(_CHANGE_BODY, body)
        written_trainings.change(trainings.then, known)
        written_trainings.add(before.id, trainings.new)
        written_mentorships.change(mentorships.then)
        written_mentorships.add(before.id, mentorships.new)
