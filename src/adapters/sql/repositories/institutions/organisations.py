"""Stores organisations, whose ids stay when their names change."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.json_rows import list_of
from adapters.sql.queries.rows import Values
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables import offers
from ect_registration.domain.school import Organisation, OrganisationId, OrganisationKind
from ect_registration.domain.text import name_key


@attrs.frozen(eq=False)
class _Statements:
    """Holds the statements about one kind of organisation."""

    all: sa.Select[*tuple[object, ...]]
    remember: postgresql.Insert
    rename: sa.Update

    @classmethod
    def about(cls, table: sa.Table, former: sa.Table) -> _Statements:
        """Returns the statements for ``table``; ``former`` holds the former names of its rows."""
        this = table.c.public_id == sa.bindparam("of_id")
        had = sa.select(former.c.name).where(former.c.organisation_id == table.c.id)
        becoming_former = sa.select(table.c.name_key, table.c.name, table.c.id).where(
            this, table.c.name_key != sa.bindparam("new_key")
        )
        return cls(
            sa.select(table.c.public_id, table.c.name, list_of(had.correlate(table)).label("had")),
            upsert(former, "name_key").from_select(
                ["name_key", "name", "organisation_id"], becoming_former
            ),
            sa.update(table).where(this),
        )


_OF_KIND = {
    OrganisationKind.APPROPRIATE_BODY: _Statements.about(
        offers.appropriate_bodies, offers.former_body_names
    ),
    OrganisationKind.LEAD_PROVIDER: _Statements.about(
        offers.lead_providers, offers.former_provider_names
    ),
    OrganisationKind.DELIVERY_PARTNER: _Statements.about(
        offers.delivery_partners, offers.former_partner_names
    ),
}


@attrs.frozen
class SqlOrganisations:
    """Stores organisations in a table for each kind, and their former names in another."""

    _transaction: Transaction

    def of_kind(self, kind: OrganisationKind) -> Sequence[Organisation]:
        """Returns all organisations of the kind by name.

        Sorted here, because databases do not agree about alphabets.
        """
        found = (
            Organisation(
                OrganisationId(row.public_id),
                kind,
                row.name,
                tuple(sorted(former.name for former in row.had)),
            )
            for row in self._transaction.rows(_OF_KIND[kind].all)
        )
        return sorted(found, key=lambda organisation: organisation.name)

    def rename(self, organisation: Organisation, name: str) -> None:
        """Renames an organisation and keeps its old name as a former one."""
        statements = _OF_KIND[organisation.kind]
        self._transaction.write(
            statements.remember, {"of_id": organisation.id, "new_key": name_key(name)}
        )
        self._transaction.write_one(
            statements.rename,
            {"of_id": organisation.id, "name": name, "name_key": name_key(name)},
        )


def named(name: str) -> Values:
    """Returns the columns of a name; the id counts only where the name is new."""
    return {"name": name, "name_key": name_key(name), "public_id": uuid4()}
