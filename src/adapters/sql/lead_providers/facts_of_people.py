"""Gathers people as they are now, to work out what lead providers see of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.lead_providers.by_ids import IDS, Ids, rows_about
from adapters.sql.lead_providers.notes import Notes
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.repositories.registered.ects import SqlEcts
from adapters.sql.repositories.registered.mentors import SqlMentors
from adapters.sql.repositories.registered.teachers import retained
from adapters.sql.repositories.registered.training_history import OF_FAMILIES, history_from_row
from adapters.sql.tables.lead_providers import participants
from adapters.sql.tables.offers import lead_providers
from adapters.sql.tables.people import mentorships, teachers, trainings
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import IdChange
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.values import Trn

_TEACHERS = (
    sa.select(
        teachers.c.id.label("number"),
        teachers.c.trn,
        teachers.c.trs_name,
        teachers.c.corrected_name,
        participants.c.public_id,
        retained(teachers.c.trn, teachers).label("retained"),
    )
    .join(participants, participants.c.teacher_id == teachers.c.id)
    .where(participants.c.public_id.in_(IDS), participants.c.into_teacher_id.is_(None))
)
_old = participants.alias("old")
_ID_CHANGES = (
    sa.select(
        _old.c.public_id.label("before"),
        participants.c.public_id.label("after"),
        _old.c.retired_at.label("at"),
    )
    .join(participants, participants.c.teacher_id == _old.c.into_teacher_id)
    .where(participants.c.public_id.in_(IDS))
    .order_by(_old.c.retired_at, _old.c.teacher_id)
)
_NUMBERS_OF_TRNS = sa.select(teachers.c.id, teachers.c.trn).where(
    teachers.c.trn.in_(sa.bindparam("trns", expanding=True))
)


def _has_not_ended_by(one: sa.Table, other: sa.Table) -> sa.ColumnElement[bool]:
    return one.c.finished_on.is_(None) | (one.c.finished_on >= other.c.started_on)


# Whose ECTs a person mentors: those with confirmed training on a day of the mentorship.
_MENTORS_ECTS_OF = (
    sa.select(participants.c.public_id, lead_providers.c.name)
    .distinct()
    .select_from(participants)
    .join(mentorships, mentorships.c.mentor_teacher_id == participants.c.teacher_id)
    .join(trainings, trainings.c.ect_period_id == mentorships.c.ect_period_id)
    .join(lead_providers, lead_providers.c.id == trainings.c.lead_provider_id)
    .where(
        participants.c.public_id.in_(IDS),
        ~mentorships.c.withdrawn,
        ~trainings.c.withdrawn,
        trainings.c.partnership_id.is_not(None),
        _has_not_ended_by(trainings, mentorships),
        _has_not_ended_by(mentorships, trainings),
    )
)
_MENTORS_OF = (
    sa.select(mentorships.c.mentor_teacher_id)
    .distinct()
    .join(participants, participants.c.teacher_id == mentorships.c.ect_teacher_id)
    .where(participants.c.public_id.in_(IDS))
)
_Histories = dict[str, list[MentorTrainingHistory]]


@attrs.frozen
class FactsOfPeople:
    """Reads everything about a few people in as many statements as about one."""

    _transaction: Transaction

    def people(self, ids: Ids) -> Sequence[Person]:
        """Returns these people with their periods at any school."""
        rows = self._rows(_TEACHERS, ids)
        trns = [Trn(row.trn) for row in rows]
        ects, mentors = defaultdict(list), defaultdict(list)
        for each in SqlEcts(self._transaction).of_people(trns, withdrawn=True):
            ects[each.teacher.trn].append(each)
        for mentor in SqlMentors(self._transaction).of_people(trns, withdrawn=True):
            mentors[mentor.teacher.trn].append(mentor)
        histories = self._training_histories(trns)
        mentored_by = {
            m.mentor_teacher.trn for each in ects.values() for e in each for m in e.mentorships
        }
        mentor_ids, of = self._ids_of(mentored_by), self._mentors_ects_of(ids)
        changes = self._id_changes(ids)
        return [
            Person(
                id=row.public_id,
                teacher=teacher_from_row(row),
                ects=ects[trn],
                mentors=mentors[trn],
                training_history=histories[row.retained],
                ids_of_mentors=mentor_ids,
                mentors_ects_of=frozenset(of[row.public_id]),
                id_changes=tuple(changes[row.public_id]),
            )
            for row, trn in zip(rows, trns, strict=True)
        ]

    def mentors_of(self, ids: Ids) -> frozenset[UUID]:
        """Returns those who mentor these ECTs, or did."""
        numbers = {row.mentor_teacher_id for row in self._rows(_MENTORS_OF, ids)}
        return frozenset(Notes(self._transaction).people(numbers).values())

    def _ids_of(self, trns: Iterable[Trn]) -> Mapping[Trn, UUID]:
        digits = sorted(trn.digits for trn in trns)
        if not digits:
            return {}
        rows = self._transaction.rows(_NUMBERS_OF_TRNS, {"trns": digits})
        ids = Notes(self._transaction).people([row.id for row in rows])
        return {Trn(row.trn): ids[row.id] for row in rows}

    def _mentors_ects_of(self, ids: Ids) -> Mapping[UUID, set[str]]:
        found: dict[UUID, set[str]] = defaultdict(set)
        for row in self._rows(_MENTORS_ECTS_OF, ids):
            found[row.public_id].add(row.name)
        return found

    def _training_histories(self, trns: Collection[Trn]) -> _Histories:
        """Returns the training history under any TRN of these people, by the retained one."""
        found: _Histories = defaultdict(list)
        if trns:
            values = {"trns": sorted(trn.digits for trn in trns)}
            for row in self._transaction.rows(OF_FAMILIES, values):
                found[row.retained].append(history_from_row(row))
        return found

    def _id_changes(self, ids: Ids) -> Mapping[UUID, list[IdChange]]:
        found: dict[UUID, list[IdChange]] = defaultdict(list)
        for row in self._rows(_ID_CHANGES, ids):
            found[row.after].append(IdChange(row.before, row.after, row.at))
        return found

    def _rows(self, statement: sa.Select[Any], ids: Ids) -> Sequence[Row]:
        return rows_about(ids, statement, self._transaction)
