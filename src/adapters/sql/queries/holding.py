"""Holds what a unit of work names: by advisory locks on PostgreSQL, by being alone on SQLite.

The locks are those of the transaction: they end with it whatever happens, and a pool in between
may lend the connection to another process afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Transaction
from adapters.sql.repositories.registered.teachers import MERGED
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold, Holding, Kind

_kinds = sa.cast(sa.bindparam("kinds"), postgresql.ARRAY(sa.Integer()))
_keys = sa.cast(sa.bindparam("keys"), postgresql.ARRAY(sa.Text()))
_given = sa.func.unnest(_kinds, _keys).table_valued("kind", "key").render_derived(name="given")
_GIVEN = sa.select(sa.column("kind", sa.Integer()), sa.column("key", sa.Text())).select_from(
    _given
)

_person = sa.literal_column(str(int(Kind.PERSON)), sa.Integer())
_MERGED_PEOPLE = sa.select(_person, MERGED.subquery("merged"))


def _locking(wanted: sa.Subquery) -> sa.Select[int, str, str]:
    """Returns a statement that takes a lock for each kind and key, in this order.

    Sorted inside, locked outside: what is selected beside a sort may come before it.
    """
    kind, key = wanted.c.kind, wanted.c.key
    number = sa.func.hashtextextended(sa.cast(kind, sa.Text()) + " " + key, 0)
    in_order = (
        sa.select(kind, key, number.label("number"))
        .order_by(kind, sa.collate(key, "C"))
        .subquery("in_order")
    )
    # A transaction that does not hold everything keeps others from holding everything.
    beside_others = (in_order.c.kind == int(Kind.EVERYTHING)) & ~sa.bindparam(
        "alone", type_=sa.Boolean()
    )
    locked = sa.case(
        (beside_others, _as_text(sa.func.pg_advisory_xact_lock_shared(in_order.c.number))),
        else_=_as_text(sa.func.pg_advisory_xact_lock(in_order.c.number)),
    )
    return sa.select(in_order.c.kind, in_order.c.key, locked)


def _as_text(nothing: sa.ColumnElement[object]) -> sa.ColumnElement[str]:
    return sa.cast(nothing, sa.Text())


_HOLD = _locking(_GIVEN.subquery("wanted"))
_HOLD_PEOPLE = _locking(_GIVEN.union(_MERGED_PEOPLE).subquery("wanted"))


@attrs.frozen
class SqlHolding:
    """Keeps what one transaction holds."""

    _transaction: Transaction
    _holding: Holding = attrs.field(init=False, factory=Holding)

    def hold(self, holds: Iterable[Hold]) -> None:
        """Waits for the transactions that hold these, then holds them.

        A reader sees one moment and holds nothing; on SQLite there is one writer at a time.
        """
        if self._transaction.reading:
            return
        beside_others = () if self._holding else (Hold.EVERYTHING,)
        new = self._holding.take(holds)
        if new and not self._transaction.is_alone:
            self._lock({*beside_others, *new}, alone=Hold.EVERYTHING in new)

    def _lock(self, holds: Collection[Hold], *, alone: bool) -> None:
        values = {
            "kinds": [int(hold.kind) for hold in holds],
            "keys": [hold.key for hold in holds],
            "alone": alone,
        }
        people = {hold.key for hold in holds if hold.kind is Kind.PERSON}
        if not people:
            self._transaction.rows(_HOLD, values)
            return
        trns = {"trns": sorted(people)}
        locked = self._transaction.rows(_HOLD_PEOPLE, values | trns)
        held = {row.key for row in locked if row.kind == Kind.PERSON}
        # That was read before the locks were there. A merge takes the locks of both.
        merged = {row[0] for row in self._transaction.rows(MERGED, trns)}
        if not held.issuperset(merged):
            self._transaction.give_up("two people were merged meanwhile")
        self._holding.note([Hold.person(Trn(trn)) for trn in held])
