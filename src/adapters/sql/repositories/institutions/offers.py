"""Stores the reference data that schools choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.json_rows import Nested, day_of, list_of
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.repositories.institutions.organisations import named
from adapters.sql.repositories.institutions.partnerships import (
    PARTNERSHIPS_OF_SCHOOL,
    partnerships_in_order,
)
from adapters.sql.tables.offers import (
    academic_years,
    appropriate_bodies,
    closed_days,
    delivery_partners,
    former_body_names,
    former_provider_names,
    lead_provider_years,
    lead_providers,
    pairings,
)
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    ClosedDays,
    DeliveryPartner,
    LeadProvider,
    Offer,
    TrainingYear,
)
from ect_registration.domain.values import Urn

_THE_YEAR = sa.bindparam("of_year", type_=sa.Integer())

_works = (lead_provider_years.c.lead_provider_id == lead_providers.c.id) & (
    lead_provider_years.c.year == _THE_YEAR
)
_is_open = sa.select(academic_years.c.open_for_registration).where(
    academic_years.c.year == _THE_YEAR
)
_providers = sa.select(
    lead_providers.c.name, lead_provider_years.c.active.label("works")
).select_from(lead_providers.outerjoin(lead_provider_years, _works))
_pairs = (
    sa.select(
        lead_providers.c.name.label("lead_provider"),
        delivery_partners.c.name.label("delivery_partner"),
    )
    .select_from(pairings)
    .join(lead_providers, lead_providers.c.id == pairings.c.lead_provider_id)
    .join(delivery_partners, delivery_partners.c.id == pairings.c.delivery_partner_id)
    .where(pairings.c.year == _THE_YEAR, pairings.c.active)
)
_bodies = sa.select(
    appropriate_bodies.c.name,
    appropriate_bodies.c.kind,
    appropriate_bodies.c.active_from,
    appropriate_bodies.c.active_until,
).select_from(appropriate_bodies)


def _former(names: sa.Table, table: sa.Table) -> sa.Select[Any]:
    return (
        sa.select(names.c.name.label("former"), table.c.name.label("now"))
        .select_from(names)
        .join(table, table.c.id == names.c.organisation_id)
    )


_YEAR_COLUMNS = (
    _is_open.scalar_subquery().label("open_for_registration"),
    list_of(_providers).label("providers"),
    list_of(_pairs).label("pairs"),
    list_of(_former(former_provider_names, lead_providers)).label("former_providers"),
)
_all_closed_days = sa.select(
    closed_days.c.first_day, closed_days.c.last_day, closed_days.c.message
).where(closed_days.c.active)
_OFFERED_TO_ALL = (
    *_YEAR_COLUMNS,
    list_of(_bodies).label("bodies"),
    list_of(_former(former_body_names, appropriate_bodies)).label("former_bodies"),
    list_of(_all_closed_days).label("closed_days"),
)
OFFER_COLUMNS = (*_OFFERED_TO_ALL, list_of(PARTNERSHIPS_OF_SCHOOL).label("partnerships"))
_TRAINING_YEAR = sa.select(*_YEAR_COLUMNS)
_TO_SCHOOL = sa.select(*OFFER_COLUMNS)
_TO_ALL = sa.select(*_OFFERED_TO_ALL, sa.literal(None).label("partnerships"))

_CLOSED_DAYS = (
    sa.select(closed_days)
    .where(closed_days.c.active, closed_days.c.last_day >= sa.bindparam("today"))
    .order_by(closed_days.c.first_day)
)
_BODIES = sa.select(list_of(_bodies).label("bodies"))
_SAVE_BODY = upsert(appropriate_bodies, "name_key", once=("public_id",))

_SAVE_YEAR = upsert(academic_years, "year")

_PROVIDER = number_of(lead_providers.c.name, "of_provider")
_PARTNER = number_of(delivery_partners.c.name, "of_partner")

_SAVE_PROVIDER = upsert(lead_providers, "name_key", once=("public_id",))
_NO_YEARS = (
    sa.update(lead_provider_years)
    .where(lead_provider_years.c.lead_provider_id == _PROVIDER)
    .values(active=False)
)
_SAVE_PROVIDER_YEAR = upsert(lead_provider_years, "lead_provider_id", "year").values(
    lead_provider_id=_PROVIDER, active=True
)

_SAVE_PARTNER = upsert(delivery_partners, "name_key", once=("public_id",))
_NO_PAIRINGS = (
    sa.update(pairings).where(pairings.c.delivery_partner_id == _PARTNER).values(active=False)
)
_SAVE_PAIRING = upsert(pairings, "lead_provider_id", "delivery_partner_id", "year").values(
    lead_provider_id=_PROVIDER, delivery_partner_id=_PARTNER, active=True
)


@attrs.frozen
class SqlProgrammeOffers:
    """Stores reference data by name; what is no longer on offer is kept, and not active."""

    _transaction: Transaction

    def appropriate_bodies(self) -> Sequence[AppropriateBody]:
        """Returns all appropriate bodies by name.

        Sorted here, because databases do not agree about alphabets.
        """
        [row] = self._transaction.rows(_BODIES)
        return _bodies_in_order(row.bodies)

    def training_year(self, year: AcademicYear) -> TrainingYear:
        """Returns the training year; a year that was never saved is closed."""
        [row] = self._transaction.rows(_TRAINING_YEAR, {"of_year": year.starts_in})
        return _training_year(year, row)

    def closed_days(self, today: date) -> Sequence[ClosedDays]:
        """Returns active closed days that have not passed, in order."""
        rows = self._transaction.rows(_CLOSED_DAYS, {"today": today})
        return [ClosedDays(row.first_day, row.last_day, row.message) for row in rows]

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """Reads the offer to the school in one statement."""
        values = {"of_urn": urn.digits, "of_year": year.starts_in}
        [row] = self._transaction.rows(_TO_SCHOOL, values)
        return offer_from_row(year, row)

    def save_academic_year(self, year: AcademicYear, *, open_for_registration: bool) -> None:
        """Opens or closes a year for registration."""
        values = {"year": year.starts_in, "open_for_registration": open_for_registration}
        self._transaction.write(_SAVE_YEAR, values)

    def save_appropriate_body(self, body: AppropriateBody) -> None:
        """Adds the body, or updates the one with this name."""
        self._transaction.write(_SAVE_BODY, attrs.asdict(body) | named(body.name))

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """Saves the provider by name; its years become the given ones."""
        self._transaction.write(_SAVE_PROVIDER, named(provider.name))
        self._transaction.write(_NO_YEARS, {"of_provider": provider.name})
        self._transaction.write_all(
            _SAVE_PROVIDER_YEAR,
            [{"of_provider": provider.name, "year": year.starts_in} for year in provider.years],
        )

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """Saves the partner with these pairings; Conflict for an unknown lead provider."""
        self._transaction.write(_SAVE_PARTNER, named(partner.name))
        self._transaction.write(_NO_PAIRINGS, {"of_partner": partner.name})
        self._transaction.write_all(
            _SAVE_PAIRING,
            [
                {
                    "of_provider": pairing.lead_provider,
                    "of_partner": partner.name,
                    "year": pairing.year.starts_in,
                }
                for pairing in sorted(partner.works_with)
            ],
        )


def offers_of_year(transaction: Transaction, year: AcademicYear) -> Offer:
    """Returns what every school is offered in a year, without any school's partnerships."""
    [row] = transaction.rows(_TO_ALL, {"of_year": year.starts_in})
    return offer_from_row(year, row)


def offer_from_row(year: AcademicYear, row: Row) -> Offer:
    """Returns the offer in a row with ``OFFER_COLUMNS``."""
    return Offer(
        year=_training_year(year, row),
        bodies=tuple(_bodies_in_order(row.bodies)),
        partnerships=tuple(partnerships_in_order(row.partnerships or ())),
        former_bodies=_former_names(row.former_bodies),
        closed_days=frozenset(map(_closed_days, row.closed_days)),
    )


def _closed_days(row: Nested) -> ClosedDays:
    first_day, last_day = date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)
    return ClosedDays(first_day, last_day, row.message)


def _training_year(year: AcademicYear, row: Row) -> TrainingYear:
    return TrainingYear(
        year,
        open_for_registration=bool(row.open_for_registration),
        lead_providers=frozenset(provider.name for provider in row.providers if provider.works),
        pairs=frozenset((pair.lead_provider, pair.delivery_partner) for pair in row.pairs),
        all_lead_providers=frozenset(provider.name for provider in row.providers),
        former_lead_providers=_former_names(row.former_providers),
    )


def _former_names(rows: Iterable[Nested]) -> frozenset[tuple[str, str]]:
    return frozenset((row.former, row.now) for row in rows)


def _bodies_in_order(rows: Iterable[Nested]) -> Sequence[AppropriateBody]:
    bodies = (
        AppropriateBody(
            row.name, BodyKind(row.kind), day_of(row.active_from), day_of(row.active_until)
        )
        for row in rows
    )
    return sorted(bodies, key=lambda body: body.name)
