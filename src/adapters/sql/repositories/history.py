"""Stores the history of changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.guarantees import history_chains as chains
from adapters.sql.queries.lookups import number_if_given
from adapters.sql.queries.rows import Row, Values
from adapters.sql.tables.offers import school_successions, schools
from adapters.sql.tables.records import history
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.records.history_chain import (
    Chain,
    Head,
    Link,
    chain_of,
    line_of,
    sealed,
)
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict

_ADD = sa.insert(history).inline().values(school_id=number_if_given(schools.c.urn, "of_urn"))

_OF_SCHOOL = (
    sa.select(history, schools.c.urn)
    .join(schools, schools.c.id == history.c.school_id)
    .where(schools.c.urn == sa.bindparam("of_urn"))
    .order_by(history.c.id)
)
# What was written at a school that has been replaced came along with its records.
_ABOUT = (
    sa.select(history, schools.c.urn)
    .join(schools, schools.c.id == history.c.school_id)
    .outerjoin(school_successions, school_successions.c.school_id == schools.c.id)
    .where(
        history.c.about == sa.bindparam("of_id"),
        (schools.c.urn == sa.bindparam("of_urn")) | school_successions.c.school_id.is_not(None),
    )
    .order_by(history.c.id)
)


@attrs.frozen
class SqlHistory:
    """Stores lines that are only ever added, each sealed into its chain."""

    _transaction: Transaction
    _waiting: list[Change] = attrs.field(init=False, factory=list)

    def add(self, changes: Iterable[Change]) -> None:
        """Adds changes in the order given; they are written before the next read or at commit.

        Others wait for the head of a chain: a unit takes the heads last, and all at once.
        """
        self._transaction.must_be_writing()
        self._waiting.extend(changes)

    @contextmanager
    def forgetting_on_conflict(self) -> Iterator[None]:
        """Forgets what a block that ends with a Conflict has added."""
        before = list(self._waiting)
        try:
            yield
        except Conflict:
            self._waiting[:] = before
            raise

    def write(self) -> None:
        """Writes the changes that are waiting."""
        changes = tuple(self._waiting)
        self._waiting.clear()
        if changes:
            heads = chains.hold({chain_of(change.school) for change in changes}, self._transaction)
            rows = [_to_row(change, heads) for change in changes]
            self._transaction.write_all(_ADD, rows)

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Returns the school's changes, oldest first, as they were written."""
        self.write()
        rows = self._transaction.rows(_OF_SCHOOL, {"of_urn": urn.digits})
        return [change_from_row(row) for row in rows]

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """Returns the school's changes about this id, oldest first, as they were written."""
        self.write()
        rows = self._transaction.rows(_ABOUT, {"of_urn": urn.digits, "of_id": id})
        return [change_from_row(row) for row in rows]

    def chains(self) -> Sequence[Chain]:
        """Returns the chains by name, including any without a head or without a line."""
        self.write()
        return chains.all_of(self._transaction)

    def links(self, chain: str, after: int | None, most: int) -> Sequence[Link]:
        """Returns the links of a chain in the order of their numbers."""
        self.write()
        return chains.links_of(chain, after, most, self._transaction)


def change_from_row(row: Row) -> Change:
    """Returns one line of history, with the URN of its school."""
    return Change(
        at=row.at,
        actor=row.actor,
        school=row.urn and Urn(row.urn),
        what=What(row.what),
        rules=tuple(json.loads(row.rules)),
        trn=row.trn and Trn(row.trn),
        about=row.about,
        before=json.loads(row.before),
        after=json.loads(row.after),
    )


def _to_row(change: Change, heads: dict[str, Head]) -> Values:
    """Returns the row of the next line of its chain, and makes that line the head of the chain."""
    chain, line = chain_of(change.school), line_of(change)
    head = heads[chain] = sealed(heads[chain], line)
    _, actor, school, what, rules, trn, _, before, after = line
    return {
        "at": change.at,
        "actor": actor,
        "of_urn": school,
        "what": what,
        "rules": rules,
        "trn": trn,
        "about": change.about,
        "before": before,
        "after": after,
        "chain": chain,
        "number": head.number,
        "seal": head.seal,
    }
