"""Gathers schools and delivery partners as they are now, for what lead providers see of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.lead_providers.by_ids import IDS, Ids, rows_about
from adapters.sql.queries.rows import school_from_row
from adapters.sql.tables.lead_providers import seen_schools
from adapters.sql.tables.offers import (
    delivery_partners,
    lead_providers,
    pairings,
    partnerships,
    schools,
)
from adapters.sql.tables.people import trainings
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.lead_providers.schools import SchoolFacts
from ect_registration.domain.people.training import Programme, Training, TrainingId
from ect_registration.domain.school import Pairing, Partnership
from ect_registration.domain.values import Urn

_SCHOOLS = (
    sa.select(seen_schools.c.public_id, *[c for c in schools.c if c.name != "id"])
    .join(schools, schools.c.id == seen_schools.c.school_id)
    .where(seen_schools.c.public_id.in_(IDS))
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
    .where(seen_schools.c.public_id.in_(IDS))
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
    .where(seen_schools.c.public_id.in_(IDS), partnerships.c.active)
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
    .where(delivery_partners.c.public_id.in_(IDS), pairings.c.active)
)


@attrs.frozen
class FactsOfSchools:
    """Reads everything about a few schools in as many statements as about one."""

    _transaction: Transaction

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

    def _rows(self, statement: sa.Select[Any], ids: Ids) -> Sequence[Row]:
        return rows_about(ids, statement, self._transaction)


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
