"""Reference data row by row, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.reference.columns import Row, Value
from ect_registration.domain.reference.tables import TABLES, ReferenceKind, in_order
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    ClosedDays,
    DeliveryPartner,
    LeadProvider,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Pairing,
    Partnership,
    ProviderYear,
    School,
    SchoolStatus,
    SchoolType,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.institutions.organisations import known_as
from ect_registration.testing.memory.institutions.partnerships import keep_partnership
from ect_registration.testing.memory.state import State, Work

T = TypeVar("T")


@attrs.frozen
class MemoryReferenceRows:
    """The rows of each kind, made from what the state holds and taken apart into it."""

    _work: Work

    def rows(self, kind: ReferenceKind) -> Sequence[Row]:
        """Returns all rows of a kind, in the order of their keys."""
        return in_order(TABLES[kind], list(_ROWS[kind](self._work.state)))

    def save(self, kind: ReferenceKind, rows: Sequence[Row]) -> None:
        """Adds rows, or sets those with the same key; the names of organisations stay."""
        holds = {Hold.REFERENCE_DATA}
        if kind is ReferenceKind.PARTNERSHIPS:
            holds = {Hold.school(Urn(str(row["school"]))) for row in rows}
        with self._work.writing(*holds) as state:
            for row in rows:
                _SAVE[kind](state, row)


def _years(state: State) -> Iterator[Row]:
    for year, is_open in state.years.items():
        yield {"year": year.starts_in, "open_for_registration": is_open}


def _closed_days(state: State) -> Iterator[Row]:
    for days in state.closed_days.values():
        yield {
            "from": days.first_day,
            "to": days.last_day,
            "message": days.message,
            "active": days.active,
        }


def _schools(state: State) -> Iterator[Row]:
    for school in state.schools.values():
        row = attrs.asdict(school, recurse=False)
        plain = {name: _plain(value) for name, value in row.items()}
        yield plain | {"urn": school.urn.digits}


def _plain(value: T) -> Value | T:
    return str(value.value) if isinstance(value, Enum) else value


def _organisations(kind: OrganisationKind) -> Callable[[State], Iterator[Row]]:
    def rows(state: State) -> Iterator[Row]:
        for organisation in state.organisations.values():
            if organisation.kind is kind:
                identity = {"id": str(organisation.id), "name": organisation.name}
                yield {**identity, **_more(state, organisation)}

    return rows


def _more(state: State, organisation: Organisation) -> Row:
    if organisation.kind is not OrganisationKind.APPROPRIATE_BODY:
        return {}
    body = state.appropriate_bodies[organisation.name]
    days = {"active_from": body.active_from, "active_until": body.active_until}
    return {"kind": body.kind.value, **days}


def _provider_years(state: State) -> Iterator[Row]:
    for each in state.provider_years:
        active = each.year in state.lead_providers[each.lead_provider].years
        yield {
            "lead_provider": each.lead_provider,
            "year": each.year.starts_in,
            "active": active,
        }


def _pairings(state: State) -> Iterator[Row]:
    for pairing in state.pairings:
        yield {
            "lead_provider": pairing.lead_provider,
            "delivery_partner": pairing.delivery_partner,
            "year": pairing.year.starts_in,
            "active": pairing in state.delivery_partners[pairing.delivery_partner].works_with,
        }


def _partnerships(state: State) -> Iterator[Row]:
    for partnership in state.partnerships.values():
        yield {
            "school": partnership.school.digits,
            "lead_provider": partnership.lead_provider,
            "year": partnership.year.starts_in,
            "delivery_partner": partnership.delivery_partner,
            "active": partnership not in state.ended_partnerships,
        }


_ROWS: Mapping[ReferenceKind, Callable[[State], Iterator[Row]]] = {
    ReferenceKind.ACADEMIC_YEARS: _years,
    ReferenceKind.CLOSED_DAYS: _closed_days,
    ReferenceKind.SCHOOLS: _schools,
    ReferenceKind.APPROPRIATE_BODIES: _organisations(OrganisationKind.APPROPRIATE_BODY),
    ReferenceKind.LEAD_PROVIDERS: _organisations(OrganisationKind.LEAD_PROVIDER),
    ReferenceKind.DELIVERY_PARTNERS: _organisations(OrganisationKind.DELIVERY_PARTNER),
    ReferenceKind.LEAD_PROVIDER_YEARS: _provider_years,
    ReferenceKind.PAIRINGS: _pairings,
    ReferenceKind.PARTNERSHIPS: _partnerships,
}


def _year_of(row: Row) -> AcademicYear:
    return AcademicYear(int(str(row["year"])))


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _save_year(state: State, row: Row) -> None:
    state.years[_year_of(row)] = row["open_for_registration"] is True


def _save_closed_days(state: State, row: Row) -> None:
    first, last = _day(row["from"]), _day(row["to"])
    if first is None or last is None or last < first:
        raise Conflict("closed days that end before they begin")
    message, active = _text(row["message"]), row["active"] is True
    state.closed_days[first] = ClosedDays(first, last, message, active)


def _save_school(state: State, row: Row) -> None:
    urn = Urn(str(row["urn"]))
    texts = ("local_authority", "region", "phase", "la_code", "new_la_code", "ukprn")
    state.schools[urn] = School(
        urn,
        str(row["name"]),
        SchoolType(str(row["type"])),
        row["section_41"] is True,
        SchoolStatus(str(row["status"])),
        row["in_england"] is True,
        _day(row["opened_on"]),
        _day(row["closed_on"]),
        *(_text(row[name]) for name in texts),
    )


def _save_organisation(kind: OrganisationKind) -> Callable[[State, Row], None]:
    def save(state: State, row: Row) -> None:
        id = OrganisationId(UUID(str(row["id"])))
        if id not in state.organisations:
            name = str(row["name"])
            if known_as(state, kind, name) is not None:
                raise Conflict("the name of another organisation")
            state.organisations[id] = Organisation(id, kind, name)
        _keep(state, state.organisations[id], row)

    return save


def _keep(state: State, organisation: Organisation, row: Row) -> None:
    name = organisation.name
    match organisation.kind:
        case OrganisationKind.APPROPRIATE_BODY:
            days = _day(row["active_from"]), _day(row["active_until"])
            state.appropriate_bodies[name] = AppropriateBody(
                name, BodyKind(str(row["kind"])), *days
            )
        case OrganisationKind.LEAD_PROVIDER:
            state.lead_providers.setdefault(name, LeadProvider(name))
        case OrganisationKind.DELIVERY_PARTNER:
            state.delivery_partners.setdefault(name, DeliveryPartner(name))


def _save_provider_year(state: State, row: Row) -> None:
    name, year = str(row["lead_provider"]), _year_of(row)
    must_be_known("lead provider", name, state.lead_providers)
    provider = state.lead_providers[name]
    state.provider_years.add(ProviderYear(name, year))
    years = _with(provider.years, year, kept=row["active"] is True)
    state.lead_providers[name] = attrs.evolve(provider, years=years)


def _save_pairing(state: State, row: Row) -> None:
    provider, name = str(row["lead_provider"]), str(row["delivery_partner"])
    must_be_known("lead provider", provider, state.lead_providers)
    must_be_known("delivery partner", name, state.delivery_partners)
    pairing, partner = Pairing(provider, name, _year_of(row)), state.delivery_partners[name]
    state.pairings.add(pairing)
    works_with = _with(partner.works_with, pairing, kept=row["active"] is True)
    state.delivery_partners[name] = attrs.evolve(partner, works_with=works_with)


def _with(known: frozenset[T], one: T, *, kept: bool) -> frozenset[T]:
    return known | {one} if kept else known - {one}


def _save_partnership(state: State, row: Row) -> None:
    school, provider = Urn(str(row["school"])), str(row["lead_provider"])
    partner = str(row["delivery_partner"])
    partnership = Partnership(school, provider, partner, _year_of(row))
    keep_partnership(state, partnership, active=row["active"] is True)


_SAVE: Mapping[ReferenceKind, Callable[[State, Row], None]] = {
    ReferenceKind.ACADEMIC_YEARS: _save_year,
    ReferenceKind.CLOSED_DAYS: _save_closed_days,
    ReferenceKind.SCHOOLS: _save_school,
    ReferenceKind.APPROPRIATE_BODIES: _save_organisation(OrganisationKind.APPROPRIATE_BODY),
    ReferenceKind.LEAD_PROVIDERS: _save_organisation(OrganisationKind.LEAD_PROVIDER),
    ReferenceKind.DELIVERY_PARTNERS: _save_organisation(OrganisationKind.DELIVERY_PARTNER),
    ReferenceKind.LEAD_PROVIDER_YEARS: _save_provider_year,
    ReferenceKind.PAIRINGS: _save_pairing,
    ReferenceKind.PARTNERSHIPS: _save_partnership,
}
