"""Stores what rules refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_if_given
from adapters.sql.queries.rows import Row
from adapters.sql.tables.offers import schools
from adapters.sql.tables.refusals import refusals
from ect_registration.domain.notice import Role
from ect_registration.domain.records.refusal import Refusal, RefusalsCounted, RefusedPerson
from ect_registration.domain.values import Trn, Urn

# SQLite speaks this dialect of PostgreSQL too. Rows without a person never conflict.
_ADD = (
    postgresql.insert(refusals)
    .inline()
    .values(school_id=number_if_given(schools.c.urn, "of_urn"))
    .on_conflict_do_nothing(
        index_elements=["trn", "refused_on", "rule", "role", "school_id", "user_id"]
    )
)
_OF_PERSONS = (
    sa.select(refusals, schools.c.urn)
    .join(schools, schools.c.id == refusals.c.school_id)
    .order_by(refusals.c.refused_on, refusals.c.id)
)
_DAY = sa.bindparam("day", type_=sa.Date())
_ABOUT = _OF_PERSONS.where(
    refusals.c.trn.in_(sa.bindparam("trns", type_=sa.Text(), expanding=True))
)
_SINCE = _OF_PERSONS.where(refusals.c.refused_on >= _DAY)
_KEY = (refusals.c.refused_on, refusals.c.rule, refusals.c.role)
_COUNTED = (
    sa.select(*_KEY, sa.func.count().label("number"))
    .where(refusals.c.refused_on >= _DAY)
    .group_by(*_KEY)
)
_REMOVE = sa.delete(refusals).where(refusals.c.refused_on < _DAY)


@attrs.frozen
class SqlRefusals:
    """Stores refusals, of persons or only counted."""

    _transaction: Transaction

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Adds the refusals in the order given."""
        self._transaction.write_all(_ADD, [_to_row(each) for each in refusals])

    def about(self, trns: Collection[Trn]) -> Sequence[Refusal]:
        """Returns the refusals of these TRNs by day, then in the order of writing."""
        rows = self._transaction.rows(_ABOUT, {"trns": [trn.digits for trn in trns]})
        return [_from_row(row) for row in rows]

    def since(self, day: date) -> Sequence[Refusal]:
        """Returns the refusals of persons by day, then in the order of writing."""
        return [_from_row(row) for row in self._transaction.rows(_SINCE, {"day": day})]

    def counted_since(self, day: date) -> Sequence[RefusalsCounted]:
        """Counts in the database, and sorts here: databases differ in how they sort text."""
        rows = self._transaction.rows(_COUNTED, {"day": day})
        counted = [
            RefusalsCounted(row.refused_on, row.rule, Role(row.role), row.number) for row in rows
        ]
        return sorted(counted, key=lambda each: (each.day, each.rule, each.role))

    def remove_before(self, day: date) -> int:
        """Removes the refusals of earlier days."""
        return self._transaction.write(_REMOVE, {"day": day})


def _to_row(refusal: Refusal) -> dict[str, object]:
    person = refusal.person
    return {
        "refused_on": refusal.day,
        "rule": refusal.rule,
        "role": refusal.role,
        "trn": None if person is None else person.trn.digits,
        "of_urn": None if person is None else person.school.digits,
        "user_id": None if person is None else person.user,
    }


def _from_row(row: Row) -> Refusal:
    person = RefusedPerson(Trn(row.trn), Urn(row.urn), row.user_id)
    return Refusal(row.refused_on, row.rule, Role(row.role), person)
