"""What there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import sqlalchemy as sa

from adapters.sql.lookups import number_of
from adapters.sql.offer_tables import (
    academic_years,
    appropriate_bodies,
    delivery_partners,
    lead_provider_years,
    lead_providers,
    pairings,
)
from adapters.sql.transaction import Row, Transaction
from adapters.sql.upserts import upsert
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    DeliveryPartner,
    LeadProvider,
    TrainingYear,
)

_THE_YEAR = sa.bindparam("of_year", type_=sa.Integer())

# Begins with a row of its own, so that there is an answer when nothing was ever saved.
_anchor = sa.select(sa.literal_column("1").label("anchor")).subquery("anchor")
_TRAINING_YEAR = sa.select(
    academic_years.c.open_for_registration,
    lead_providers.c.name.label("lead_provider"),
    lead_provider_years.c.active.label("works"),
    delivery_partners.c.name.label("delivery_partner"),
).select_from(
    _anchor.outerjoin(academic_years, academic_years.c.year == _THE_YEAR)
    .outerjoin(lead_providers, sa.true())
    .outerjoin(
        lead_provider_years,
        (lead_provider_years.c.lead_provider_id == lead_providers.c.id)
        & (lead_provider_years.c.year == _THE_YEAR)
        & lead_provider_years.c.active,
    )
    .outerjoin(
        pairings,
        (pairings.c.lead_provider_id == lead_providers.c.id)
        & (pairings.c.year == _THE_YEAR)
        & pairings.c.active,
    )
    .outerjoin(delivery_partners, delivery_partners.c.id == pairings.c.delivery_partner_id)
)

_BODIES = sa.select(appropriate_bodies)
_SAVE_BODY = upsert(appropriate_bodies, "name")

_SAVE_YEAR = upsert(academic_years, "year")

_PROVIDER = number_of(lead_providers.c.name, "of_provider")
_PARTNER = number_of(delivery_partners.c.name, "of_partner")

_SAVE_PROVIDER = upsert(lead_providers, "name")
_NO_YEARS = (
    sa.update(lead_provider_years)
    .where(lead_provider_years.c.lead_provider_id == _PROVIDER)
    .values(active=False)
)
_SAVE_PROVIDER_YEAR = upsert(lead_provider_years, "lead_provider_id", "year").values(
    lead_provider_id=_PROVIDER, active=True
)

_SAVE_PARTNER = upsert(delivery_partners, "name")
_NO_PAIRINGS = (
    sa.update(pairings).where(pairings.c.delivery_partner_id == _PARTNER).values(active=False)
)
_SAVE_PAIRING = upsert(pairings, "lead_provider_id", "delivery_partner_id", "year").values(
    lead_provider_id=_PROVIDER, delivery_partner_id=_PARTNER, active=True
)


@attrs.frozen
class SqlProgrammeOffers:
    """Reference data by name. What is no longer on offer is kept, and not active."""

    _transaction: Transaction

    def appropriate_bodies(self) -> Sequence[AppropriateBody]:
        """All of them, by name; databases do not agree about alphabets."""
        bodies = map(_body_from_row, self._transaction.rows(_BODIES))
        return sorted(bodies, key=lambda body: body.name)

    def training_year(self, year: AcademicYear) -> TrainingYear:
        """A year nobody has saved is closed."""
        rows = self._transaction.rows(_TRAINING_YEAR, {"of_year": year.starts_in})
        known = [row for row in rows if row.lead_provider is not None]
        return TrainingYear(
            year,
            open_for_registration=bool(rows[0].open_for_registration),
            lead_providers=frozenset(row.lead_provider for row in known if row.works),
            pairs=frozenset(
                (row.lead_provider, row.delivery_partner) for row in known if row.delivery_partner
            ),
            all_lead_providers=frozenset(row.lead_provider for row in known),
        )

    def save_academic_year(self, year: AcademicYear, *, open_for_registration: bool) -> None:
        """Open or close a year for registration."""
        values = {"year": year.starts_in, "open_for_registration": open_for_registration}
        self._transaction.write(_SAVE_YEAR, values)

    def save_appropriate_body(self, body: AppropriateBody) -> None:
        """By name."""
        self._transaction.write(_SAVE_BODY, attrs.asdict(body))

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """By name; its years become the given ones."""
        self._transaction.write(_SAVE_PROVIDER, {"name": provider.name})
        self._transaction.write(_NO_YEARS, {"of_provider": provider.name})
        self._transaction.write_all(
            _SAVE_PROVIDER_YEAR,
            [{"of_provider": provider.name, "year": year.starts_in} for year in provider.years],
        )

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """By name; its pairings become the given ones. Conflict: an unknown lead provider."""
        self._transaction.write(_SAVE_PARTNER, {"name": partner.name})
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


def _body_from_row(row: Row) -> AppropriateBody:
    return AppropriateBody(row.name, BodyKind(row.kind), row.active_from, row.active_until)
