"""Gathers people and schools as they are now, to work out what lead providers see of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.lead_providers.notes import Notes
from adapters.sql.queries.rows import school_from_row
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.repositories.ects import SqlEcts
from adapters.sql.repositories.mentors import SqlMentors
from adapters.sql.tables.lead_providers import participants, seen_schools
from adapters.sql.tables.offers import (
    delivery_partners,
    lead_providers,
    pairings,
    partnerships,
    schools,
)
from adapters.sql.tables.people import mentorships, teachers, trainings
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import IdChange
from ect_registration.domain.lead_providers.schools import SchoolFacts
from ect_registration.domain.people.mentor import MentorPast
from ect_registration.domain.people.training import Programme, Training, TrainingId
from ect_registration.domain.school import Pairing, Partnership
from ect_registration.domain.values import Trn, Urn

_IDS = sa.bindparam("ids", type_=sa.Uuid(), expanding=True)
_TEACHERS = (
    sa.select(
        teachers.c.id.label("number"),
        teachers.c.trn,
        teachers.c.trs_name,
        teachers.c.corrected_name,
        participants.c.public_id,
    )
    .join(participants, participants.c.teacher_id == teachers.c.id)
    .where(participants.c.public_id.in_(_IDS), participants.c.into_teacher_id.is_(None))
)
_old = participants.alias("old")
_ID_CHANGES = (
    sa.select(
        _old.c.public_id.label("before"),
        participants.c.public_id.label("after"),
        _old.c.retired_at.label("at"),
    )
    .join(participants, participants.c.teacher_id == _old.c.into_teacher_id)
    .where(participants.c.public_id.in_(_IDS))
    .order_by(_old.c.retired_at, _old.c.teacher_id)
)
_NUMBERS_OF_TRNS = sa.select(teachers.c.id, teachers.c.trn).where(
    teachers.c.trn.in_(sa.bindparam("trns", expanding=True))
)
_ect, _mentor = teachers.alias("ect"), teachers.alias("mentor")
# Whose ECTs a person mentors: those with confirmed training.
_MENTORS_ECTS_OF = (
    sa.select(participants.c.public_id, lead_providers.c.name)
    .distinct()
    .select_from(participants)
    .join(mentorships, mentorships.c.mentor_teacher_id == participants.c.teacher_id)
    .join(trainings, trainings.c.ect_period_id == mentorships.c.ect_period_id)
    .join(lead_providers, lead_providers.c.id == trainings.c.lead_provider_id)
    .where(
        participants.c.public_id.in_(_IDS),
        ~mentorships.c.withdrawn,
        ~trainings.c.withdrawn,
        trainings.c.partnership_id.is_not(None),
    )
)
_MENTORS_OF = (
    sa.select(mentorships.c.mentor_teacher_id)
    .distinct()
    .join(participants, participants.c.teacher_id == mentorships.c.ect_teacher_id)
    .where(participants.c.public_id.in_(_IDS))
)

_SCHOOLS = (
    sa.select(seen_schools.c.public_id, *[c for c in schools.c if c.name != "id"])
    .join(schools, schools.c.id == seen_schools.c.school_id)
    .where(seen_schools.c.public_id.in_(_IDS))
)
_here = seen_schools.c.public_id.label("school")
_TRAININGS = (
    sa.select(
        _here,
        trainings.c.public_id,
        trainings.c.started_on,
        trainings.c.finished_on,
        trainings.c.programme,
        trainings.c.year,
        trainings.c.withdrawn,
        trainings.c.ect_period_id,
        lead_providers.c.name.label("lead_provider"),
        delivery_partners.c.name.label("delivery_partner"),
    )
    .select_from(seen_schools)
    .join(trainings, trainings.c.school_id == seen_schools.c.school_id)
    .outerjoin(lead_providers, lead_providers.c.id == trainings.c.lead_provider_id)
    .outerjoin(partnerships, partnerships.c.id == trainings.c.partnership_id)
    .outerjoin(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
    .where(seen_schools.c.public_id.in_(_IDS))
)
_PARTNERSHIPS = (
    sa.select(
        _here,
        schools.c.urn,
        lead_providers.c.name.label("lead_provider"),
        delivery_partners.c.name.label("delivery_partner"),
        partnerships.c.year,
    )
    .select_from(seen_schools)
    .join(partnerships, partnerships.c.school_id == seen_schools.c.school_id)
    .join(schools, schools.c.id == partnerships.c.school_id)
    .join(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
    .join(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
    .where(seen_schools.c.public_id.in_(_IDS), partnerships.c.active)
    .order_by(partnerships.c.year, lead_providers.c.name)
)
_PAIRINGS = (
    sa.select(
        delivery_partners.c.public_id,
        delivery_partners.c.name,
        lead_providers.c.name.label("lead_provider"),
        pairings.c.year,
    )
    .select_from(delivery_partners)
    .join(pairings, pairings.c.delivery_partner_id == delivery_partners.c.id)
    .join(lead_providers, lead_providers.c.id == pairings.c.lead_provider_id)
    .where(delivery_partners.c.public_id.in_(_IDS), pairings.c.active)
)

Ids = Collection[UUID]


@attrs.frozen
class Facts:
    """Reads everything about a few people or schools in as many statements as about one."""

    _transaction: Transaction

    def people(self, ids: Ids) -> Sequence[Person]:
        """Returns these people with their periods at any school."""
        rows = self._rows(_TEACHERS, ids)
        trns = [Trn(row.trn) for row in rows]
        ects = defaultdict(list)
        for each in SqlEcts(self._transaction).of_people(trns):
            ects[each.teacher.trn].append(each)
        pasts = SqlMentors(self._transaction).pasts_of_people(trns)
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
                mentors=[each for each in _past(pasts, trn).periods if each.teacher.trn == trn],
                training_history=_past(pasts, trn).training_history,
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

    def schools(self, ids: Ids) -> Sequence[SchoolFacts]:
        """Returns these schools with their training and partnerships."""
        trained, partners = defaultdict(list), defaultdict(list)
        for row in self._rows(_TRAININGS, ids):
            trained[row.school].append(row)
        for row in self._rows(_PARTNERSHIPS, ids):
            partners[row.school].append(_partnership(row))
        return [
            SchoolFacts(
                id=row.public_id,
                school=school_from_row(row),
                trainings=[_training(each) for each in trained[row.public_id]],
                of_ects=frozenset(
                    each.public_id for each in trained[row.public_id] if each.ect_period_id
                ),
                partnerships=partners[row.public_id],
            )
            for row in self._rows(_SCHOOLS, ids)
        ]

    def pairings_of(self, ids: Ids) -> Mapping[UUID, tuple[str, Sequence[Pairing]]]:
        """Returns the names of these delivery partners and their active pairings."""
        found: dict[UUID, tuple[str, list[Pairing]]] = {}
        for row in self._rows(_PAIRINGS, ids):
            pairing = Pairing(row.lead_provider, row.name, AcademicYear(row.year))
            found.setdefault(row.public_id, (row.name, []))[1].append(pairing)
        return found

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

    def _id_changes(self, ids: Ids) -> Mapping[UUID, list[IdChange]]:
        found: dict[UUID, list[IdChange]] = defaultdict(list)
        for row in self._rows(_ID_CHANGES, ids):
            found[row.after].append(IdChange(row.before, row.after, row.at))
        return found

    def _rows(self, statement: sa.Select[Any], ids: Ids) -> Sequence[Row]:
        return self._transaction.rows(statement, {"ids": sorted(ids)}) if ids else ()


def _past(pasts: Mapping[Trn, MentorPast], trn: Trn) -> MentorPast:
    """Returns the mentoring of a person under any of their TRNs; somebody may have none."""
    return pasts.get(trn, MentorPast())


def _training(row: Row) -> Training:
    return Training(
        id=TrainingId(row.public_id),
        period=Period(row.started_on, row.finished_on),
        programme=Programme(row.programme),
        year=AcademicYear(row.year),
        lead_provider=row.lead_provider,
        delivery_partner=row.delivery_partner,
        withdrawn=row.withdrawn,
    )


def _partnership(row: Row) -> Partnership:
    return Partnership(
        Urn(row.urn), row.lead_provider, row.delivery_partner, AcademicYear(row.year)
    )
