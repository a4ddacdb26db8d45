"""Finds the schools that a lead provider asks for, in one academic year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from adapters.sql.connection.engine import POSTGRESQL, SQLITE
from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.tables.columns import Moment
from adapters.sql.tables.lead_providers import (
    seen_school_choices,
    seen_school_years,
    seen_schools,
)
from adapters.sql.tables.offers import lead_providers
from ect_registration.domain.lead_providers.records import ProgrammeChoice, SeenSchool
from ect_registration.ports.stored.lead_providers import Order, WantedSchools


class _Latest(FunctionElement[Any]):
    """The latest of several moments, none of which is null."""

    type = Moment()
    inherit_cache = True


@compiles(_Latest, SQLITE)
def _on_sqlite(element: _Latest, compiler: Any, **more: Any) -> str:
    return f"max({compiler.process(element.clauses, **more)})"


@compiles(_Latest, POSTGRESQL)
def _on_postgresql(element: _Latest, compiler: Any, **more: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **more)})"


_YEAR = sa.bindparam("cohort", type_=sa.Integer())
_PROVIDER = (
    sa.select(lead_providers.c.id)
    .where(lead_providers.c.name == sa.bindparam("of_provider"))
    .scalar_subquery()
)
_any = seen_schools.c.updated_at
_named = sa.case((seen_schools.c.listed_at == _any, seen_schools.c.named_at), else_=_any)
# A year that has a row says in it when the school began or ceased to be listed in that year.
_base = sa.case((seen_school_years.c.school_id.is_(None), _any), else_=_named)
_UPDATED = _Latest(
    _base,
    sa.func.coalesce(seen_school_years.c.updated_at, _base),
    sa.func.coalesce(seen_school_choices.c.updated_at, _base),
)
_SELECT = (
    sa.select(
        seen_schools.c.public_id,
        seen_schools.c.name,
        seen_schools.c.urn,
        seen_schools.c.created_at,
        seen_school_years.c.programme_choice,
        seen_school_choices.c.in_partnership,
        seen_school_choices.c.expression_of_interest,
        _UPDATED.label("updated_at"),
    )
    .select_from(seen_schools)
    .outerjoin(
        seen_school_years,
        (seen_school_years.c.school_id == seen_schools.c.school_id)
        & (seen_school_years.c.year == _YEAR),
    )
    .outerjoin(
        seen_school_choices,
        (seen_school_choices.c.school_id == seen_schools.c.school_id)
        & (seen_school_choices.c.year == _YEAR)
        & (seen_school_choices.c.lead_provider_id == _PROVIDER),
    )
    .where(seen_schools.c.may_register | seen_school_years.c.has_anything)
)
_ONE = _SELECT.where(seen_schools.c.public_id == sa.bindparam("of_id"))
_URN_OF = sa.select(seen_schools.c.urn).where(seen_schools.c.public_id == sa.bindparam("of_id"))

# What any of the three rows of a school changed since then is found by index.
_SINCE = sa.bindparam("since", type_=Moment())
_rows = seen_school_years.alias("rows_of_years")
_has_row = (
    sa.exists()
    .where(_rows.c.school_id == seen_schools.c.school_id, _rows.c.year == _YEAR)
    .correlate(seen_schools)
)
_CHANGED_SINCE = sa.union(
    sa.select(seen_schools.c.school_id).where(_any >= _SINCE, (_named >= _SINCE) | ~_has_row),
    sa.select(seen_school_years.c.school_id).where(
        seen_school_years.c.year == _YEAR, seen_school_years.c.updated_at >= _SINCE
    ),
    sa.select(seen_school_choices.c.school_id).where(
        seen_school_choices.c.lead_provider_id == _PROVIDER,
        seen_school_choices.c.year == _YEAR,
        seen_school_choices.c.updated_at >= _SINCE,
    ),
)
_COUNT_CHANGED = sa.select(sa.func.count().label("number")).select_from(
    _CHANGED_SINCE.subquery("changed")
)

_ORDERS: dict[Order, tuple[Any, ...]] = {
    Order.CREATED: (seen_schools.c.created_at, seen_schools.c.public_id),
    Order.CREATED_LAST: (seen_schools.c.created_at.desc(), seen_schools.c.public_id.desc()),
    Order.UPDATED: (_UPDATED, seen_schools.c.public_id),
    Order.UPDATED_LAST: (_UPDATED.desc(), seen_schools.c.public_id.desc()),
}


@attrs.frozen
class SchoolLists:
    """Finds schools as one lead provider sees them."""

    _transaction: Transaction

    def count_changed_after(self, wanted: WantedSchools, moment: datetime) -> int:
        """Returns how many schools were dated after a moment in that year, listed or not."""
        values = _values(wanted) | {"since": moment + timedelta(microseconds=1)}
        number: int = self._transaction.rows(_COUNT_CHANGED, values)[0].number
        return number

    def look(self, wanted: WantedSchools, skip: int, most: int) -> Sequence[SeenSchool]:
        """Returns ``most`` schools after ``skip``."""
        found = _found(wanted).order_by(*_ORDERS[wanted.order])
        page = found.offset(sa.bindparam("skip", type_=sa.BigInteger())).limit(
            sa.bindparam("most", type_=sa.Integer())
        )
        values = _values(wanted) | {"skip": skip, "most": most}
        return [_from_row(row, wanted.cohort) for row in self._transaction.rows(page, values)]

    def find(self, lead_provider: str, cohort: int, id: UUID) -> SeenSchool | None:
        """Returns one school that may register, or has anything in that year."""
        values = {"cohort": cohort, "of_provider": lead_provider, "of_id": id}
        row = self._transaction.row(_ONE, values)
        return None if row is None else _from_row(row, cohort)

    def urn_of(self, id: UUID) -> str | None:
        """Returns the URN of the school with this id."""
        row = self._transaction.row(_URN_OF, {"of_id": id})
        return None if row is None else row.urn


def _found(wanted: WantedSchools) -> sa.Select[*tuple[Any, ...]]:
    found = _SELECT
    if wanted.urn is not None:
        found = found.where(seen_schools.c.urn == sa.bindparam("of_urn"))
    if wanted.updated_since is not None:
        found = found.where(seen_schools.c.school_id.in_(_CHANGED_SINCE))
    return found


def _values(wanted: WantedSchools) -> dict[str, Any]:
    return {
        "cohort": wanted.cohort,
        "of_provider": wanted.lead_provider,
        "of_urn": wanted.urn,
        "since": wanted.updated_since,
    }


def _from_row(row: Row, cohort: int) -> SeenSchool:
    return SeenSchool(
        id=row.public_id,
        name=row.name,
        urn=row.urn,
        cohort=cohort,
        in_partnership=bool(row.in_partnership),
        programme_choice=ProgrammeChoice(row.programme_choice or ProgrammeChoice.NOT_YET_KNOWN),
        expression_of_interest=bool(row.expression_of_interest),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
