"""What happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.lookups import number_if_given
from adapters.sql.offer_tables import schools
from adapters.sql.record_tables import history
from adapters.sql.rows import Row, Values
from adapters.sql.transaction import Transaction
from ect_registration.domain.history import Change, What
from ect_registration.domain.values import Trn, Urn

_ADD = sa.insert(history).inline().values(school_id=number_if_given(schools.c.urn, "of_urn"))

_OF_SCHOOL = (
    sa.select(history, schools.c.urn)
    .join(schools, schools.c.id == history.c.school_id)
    .where(schools.c.urn == sa.bindparam("of_urn"))
    .order_by(history.c.id)
)
_ABOUT = _OF_SCHOOL.where(history.c.about == sa.bindparam("of_id"))


_as_json = json.JSONEncoder().encode  # made once, not for every line


@attrs.frozen
class SqlHistory:
    """Lines that are only ever added."""

    _transaction: Transaction

    def add(self, changes: Iterable[Change]) -> None:
        """In the order given."""
        self._transaction.write_all(_ADD, [_to_row(change) for change in changes])

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Oldest first, as they were written."""
        rows = self._transaction.rows(_OF_SCHOOL, {"of_urn": urn.digits})
        return [_from_row(row) for row in rows]

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """Oldest first, as they were written."""
        rows = self._transaction.rows(_ABOUT, {"of_urn": urn.digits, "of_id": id})
        return [_from_row(row) for row in rows]


def _from_row(row: Row) -> Change:
    return Change(
        at=row.at,
        actor=row.actor,
        school=Urn(row.urn),
        what=What(row.what),
        rules=tuple(json.loads(row.rules)),
        trn=row.trn and Trn(row.trn),
        about=row.about,
        before=json.loads(row.before),
        after=json.loads(row.after),
    )


def _to_row(change: Change) -> Values:
    return {
        "at": change.at,
        "actor": change.actor,
        "of_urn": change.school and change.school.digits,
        "what": change.what,
        "rules": _as_json(change.rules),
        "trn": change.trn and change.trn.digits,
        "about": change.about,
        "before": _as_json(change.before),
        "after": _as_json(change.after),
    }
