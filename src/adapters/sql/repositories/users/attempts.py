"""Stores recent attempts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.rows import Row
from adapters.sql.repositories.registered.teachers import leading_to, retained
from adapters.sql.tables.records import attempts
from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.values import Trn

_LATELY = (
    sa.select(attempts.c.at)
    .where(attempts.c.at > sa.bindparam("after"))
    .order_by(attempts.c.at, attempts.c.id)
)
_OF_KEY = attempts.c.key == sa.bindparam("of_key")
_TRN = sa.bindparam("of_trn", type_=sa.Text())
_ON_TRN = attempts.c.trn == _TRN
# Aliases are flat: the TRN itself, the one that it leads to, and all that lead there.
_ON_PERSON = attempts.c.trn.in_(
    sa.union(sa.select(_TRN), sa.select(retained(_TRN)), leading_to(retained(_TRN)))
)

_ADD = sa.insert(attempts).inline()
_BY = _LATELY.where(attempts.c.what == sa.bindparam("of_what"), _OF_KEY)
_ON = _LATELY.where(_ON_PERSON)
_ABOUT = sa.select(attempts).where(_ON_TRN).order_by(attempts.c.at, attempts.c.id)
_REMOVE = sa.delete(attempts).where(attempts.c.id == sa.bindparam("of_id"))
_FORGET = sa.delete(attempts).where(_OF_KEY, _ON_PERSON)
_REMOVE_UNTIL = sa.delete(attempts).where(attempts.c.at <= sa.bindparam("moment"))


@attrs.frozen
class SqlAttempts:
    """Stores attempts by id."""

    _transaction: Transaction

    def add(self, attempt: Attempt) -> None:
        """Adds an attempt; raises Conflict when the id is taken."""
        row = {
            "id": attempt.id,
            "what": attempt.what,
            "key": attempt.key,
            "trn": attempt.trn and attempt.trn.digits,
            "at": attempt.at,
        }
        self._transaction.write(_ADD, row)

    def by(self, what: Attempted, key: str, after: datetime) -> Sequence[datetime]:
        """Returns the moments of attempts of this kind with this key, oldest first."""
        values = {"of_what": what, "of_key": key, "after": after}
        return [row.at for row in self._transaction.rows(_BY, values)]

    def on(self, trn: Trn, after: datetime) -> Sequence[datetime]:
        """Returns the moments of attempts on every TRN of the person, oldest first."""
        values = {"of_trn": trn.digits, "after": after}
        return [row.at for row in self._transaction.rows(_ON, values)]

    def about(self, trn: Trn) -> Sequence[Attempt]:
        """Returns the attempts on exactly this TRN, oldest first."""
        rows = self._transaction.rows(_ABOUT, {"of_trn": trn.digits})
        return [_from_row(row) for row in rows]

    def remove(self, id: AttemptId) -> int:
        """Removes an attempt; does nothing when it is gone already."""
        return self._transaction.write(_REMOVE, {"of_id": id})

    def forget_wrong_facts(self, key: str, trn: Trn) -> int:
        """Removes the attempts of one user on every TRN of the person."""
        return self._transaction.write(_FORGET, {"of_key": key, "of_trn": trn.digits})

    def remove_until(self, moment: datetime) -> int:
        """Removes the attempts made at that moment or before."""
        return self._transaction.write(_REMOVE_UNTIL, {"moment": moment})


def _from_row(row: Row) -> Attempt:
    return Attempt(
        id=AttemptId(row.id),
        what=Attempted(row.what),
        key=row.key,
        at=row.at,
        trn=row.trn and Trn(row.trn),
    )
