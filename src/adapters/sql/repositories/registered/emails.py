"""Stores who holds which email address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction, Values
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.people import ect_periods, email_claims, mentor_periods, teachers
from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn


def with_open_period(periods: sa.Table, address: sa.ColumnElement[bool]) -> sa.Select[int]:
    """Returns a statement for the people with an open period with this address."""
    finished_on = periods.c.finished_on
    return sa.select(periods.c.teacher_id).where(
        address,
        ~periods.c.withdrawn,
        finished_on.is_(None) | (finished_on >= sa.bindparam("today")),
    )


def _with_this_address(periods: sa.Table) -> sa.Select[int]:
    return with_open_period(periods, periods.c.email_key == sa.bindparam("key"))


_HOLDERS = (
    sa.select(teachers.c.trn)
    .where(
        teachers.c.id.in_(
            sa.union(_with_this_address(ect_periods), _with_this_address(mentor_periods))
        )
    )
    .order_by(teachers.c.trn)
)

# Whether an address may be taken over is for the database to say: see its guards.
_CLAIM = upsert(email_claims, "email_key").values(teacher_id=number_of(teachers.c.trn, "of_trn"))


@attrs.frozen
class SqlEmails:
    """Stores claims by the key of an address."""

    _transaction: Transaction

    def holders(self, email: Email, today: date) -> Sequence[Trn]:
        """Returns the TRNs that use the address in an open period, in order of TRN."""
        rows = self._transaction.rows(_HOLDERS, {"key": email.key, "today": today})
        return [Trn(row.trn) for row in rows]

    def claim(self, email: Email, trn: Trn, today: date) -> None:
        """Claims the address for a TRN; two TRNs of one person share a claim."""
        self._transaction.write(_CLAIM, _claim(email, trn, today))

    def claim_all(self, claims: Iterable[tuple[Email, Trn]], today: date) -> None:
        """Claims addresses in order of their keys."""
        rows = [_claim(email, trn, today) for email, trn in claims]
        self._transaction.write_all(_CLAIM, sorted(rows, key=lambda row: str(row["email_key"])))


def _claim(email: Email, trn: Trn, today: date) -> Values:
    return {"email_key": email.key, "of_trn": trn.digits, "taken_on": today}
