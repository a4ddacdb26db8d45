"""Stores who holds which email address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.people import ect_periods, email_claims, mentor_periods, teachers
from ect_registration.domain.email import Email
from ect_registration.domain.values import Trn


def _with_open_period(periods: sa.Table) -> sa.Select[int]:
    finished_on = periods.c.finished_on
    return sa.select(periods.c.teacher_id).where(
        periods.c.email_key == sa.bindparam("key"),
        finished_on.is_(None) | (finished_on >= sa.bindparam("today")),
    )


_HOLDERS = (
    sa.select(teachers.c.trn)
    .where(
        teachers.c.id.in_(
            sa.union(_with_open_period(ect_periods), _with_open_period(mentor_periods))
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
        values = {"email_key": email.key, "of_trn": trn.digits, "taken_on": today}
        self._transaction.write(_CLAIM, values)
