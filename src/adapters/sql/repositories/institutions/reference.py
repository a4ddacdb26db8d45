"""Stores reference data row by row, as operators see and change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Transaction, Values
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.offers import (
    academic_years,
    appropriate_bodies,
    closed_days,
    delivery_partners,
    lead_provider_years,
    lead_providers,
    pairings,
    partnerships,
    schools,
)
from ect_registration.domain.reference.columns import Row
from ect_registration.domain.reference.tables import TABLES, ReferenceKind, in_order
from ect_registration.domain.text import name_key

_SCHOOL = number_of(schools.c.urn, "of_urn")
_PROVIDER = number_of(lead_providers.c.name, "of_provider")
_PARTNER = number_of(delivery_partners.c.name, "of_partner")

# What a reference is called in a row, and in the statement that looks it up.
_LOOKED_UP = {"lead_provider": "of_provider", "delivery_partner": "of_partner", "school": "of_urn"}


def _as_it_is(row: Row) -> Values:
    return row


def _with_lookups(row: Row) -> Values:
    return {_LOOKED_UP.get(name, name): value for name, value in row.items()}


def _with_days(row: Row) -> Values:
    others = {name: value for name, value in row.items() if name not in {"from", "to"}}
    return others | {"first_day": row["from"], "last_day": row["to"]}


def _with_id(row: Row) -> Values:
    others = {name: value for name, value in row.items() if name != "id"}
    name = str(row["name"])
    return others | {"public_id": UUID(str(row["id"])), "name_key": name_key(name)}


@attrs.frozen(eq=False)
class _Statements:
    """Holds how one kind is read and written; ``values`` turns a row into those of ``save``."""

    all: sa.Select[Any]
    save: postgresql.Insert
    values: Callable[[Row], Values]


def _organisations(table: sa.Table, *columns: str) -> _Statements:
    insert = postgresql.insert(table).inline()
    key = ["public_id"]
    rest = {name: insert.excluded[name] for name in columns}
    save = (
        insert.on_conflict_do_update(index_elements=key, set_=rest)
        if rest
        else insert.on_conflict_do_nothing(index_elements=key)
    )
    found = [table.c[name] for name in ("name", *columns)]
    return _Statements(sa.select(table.c.public_id.label("id"), *found), save, _with_id)


_STATEMENTS: Mapping[ReferenceKind, _Statements] = {
    ReferenceKind.ACADEMIC_YEARS: _Statements(
        sa.select(academic_years), upsert(academic_years, "year"), _as_it_is
    ),
    ReferenceKind.CLOSED_DAYS: _Statements(
        sa.select(
            closed_days.c.first_day.label("from"),
            closed_days.c.last_day.label("to"),
            closed_days.c.message,
            closed_days.c.active,
        ),
        upsert(closed_days, "first_day"),
        _with_days,
    ),
    ReferenceKind.SCHOOLS: _Statements(
        sa.select(*[column for column in schools.c if column.name != "id"]),
        upsert(schools, "urn"),
        _as_it_is,
    ),
    ReferenceKind.APPROPRIATE_BODIES: _organisations(
        appropriate_bodies, "kind", "active_from", "active_until"
    ),
    ReferenceKind.LEAD_PROVIDERS: _organisations(lead_providers),
    ReferenceKind.DELIVERY_PARTNERS: _organisations(delivery_partners),
    ReferenceKind.LEAD_PROVIDER_YEARS: _Statements(
        sa.select(
            lead_providers.c.name.label("lead_provider"),
            lead_provider_years.c.year,
            lead_provider_years.c.active,
        ).join(lead_providers, lead_providers.c.id == lead_provider_years.c.lead_provider_id),
        upsert(lead_provider_years, "lead_provider_id", "year").values(lead_provider_id=_PROVIDER),
        _with_lookups,
    ),
    ReferenceKind.PAIRINGS: _Statements(
        sa.select(
            lead_providers.c.name.label("lead_provider"),
            delivery_partners.c.name.label("delivery_partner"),
            pairings.c.year,
            pairings.c.active,
        )
        .select_from(pairings)
        .join(lead_providers, lead_providers.c.id == pairings.c.lead_provider_id)
        .join(delivery_partners, delivery_partners.c.id == pairings.c.delivery_partner_id),
        upsert(pairings, "lead_provider_id", "delivery_partner_id", "year").values(
            lead_provider_id=_PROVIDER, delivery_partner_id=_PARTNER
        ),
        _with_lookups,
    ),
    ReferenceKind.PARTNERSHIPS: _Statements(
        sa.select(
            schools.c.urn.label("school"),
            lead_providers.c.name.label("lead_provider"),
            partnerships.c.year,
            delivery_partners.c.name.label("delivery_partner"),
            partnerships.c.active,
        )
        .select_from(partnerships)
        .join(schools, schools.c.id == partnerships.c.school_id)
        .join(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
        .join(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id),
        upsert(partnerships, "school_id", "lead_provider_id", "year").values(
            school_id=_SCHOOL, lead_provider_id=_PROVIDER, delivery_partner_id=_PARTNER
        ),
        _with_lookups,
    ),
}


@attrs.frozen
class SqlReferenceRows:
    """Stores the rows of each kind of reference data in tables of their own."""

    _transaction: Transaction

    def rows(self, kind: ReferenceKind) -> Sequence[Row]:
        """Returns all rows of a kind, in the order of their keys."""
        table = TABLES[kind]
        found = self._transaction.rows(_STATEMENTS[kind].all)
        return in_order(table, [_row(table.names, row) for row in found])

    def save(self, kind: ReferenceKind, rows: Sequence[Row]) -> None:
        """Adds rows, or sets those with the same key; the names of organisations stay."""
        statements = _STATEMENTS[kind]
        self._transaction.write_all(statements.save, list(map(statements.values, rows)))


def _row(names: Sequence[str], row: sa.Row[Any]) -> Row:
    found = row._mapping
    return {name: str(found[name]) if name == "id" else found[name] for name in names}
