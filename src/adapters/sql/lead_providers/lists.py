"""Finds the records that a lead provider asks for, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.lead_providers.seen import SEEN, seen_from_row
from adapters.sql.tables.lead_providers import participants, seen_records
from adapters.sql.tables.offers import lead_providers
from ect_registration.domain.lead_providers.records import Kind, Seen
from ect_registration.domain.lead_providers.statuses import TrainingStatus
from ect_registration.ports.stored.lead_providers import Order, Wanted

_PROVIDER = (
    sa.select(lead_providers.c.id)
    .where(lead_providers.c.name == sa.bindparam("of_provider"))
    .scalar_subquery()
)
_THEIRS = (
    seen_records.c.lead_provider_id == _PROVIDER,
    seen_records.c.kind == sa.bindparam("of_kind"),
)
_ONE = SEEN.where(*_THEIRS, seen_records.c.record_id == sa.bindparam("of_id"))

MOMENTS = {
    Order.CREATED: seen_records.c.created_at,
    Order.CREATED_LAST: seen_records.c.created_at,
    Order.UPDATED: seen_records.c.updated_at,
    Order.UPDATED_LAST: seen_records.c.updated_at,
}
LAST_FIRST = {Order.CREATED_LAST, Order.UPDATED_LAST}

_retired = participants.alias("retired")
_INTO = (
    sa.select(participants.c.public_id)
    .join(_retired, _retired.c.into_teacher_id == participants.c.teacher_id)
    .where(_retired.c.public_id == sa.bindparam("from_participant"))
)


@attrs.frozen
class Lists:
    """Finds records by index, whichever end of the list they are nearer to."""

    _transaction: Transaction

    def find(self, lead_provider: str, kind: Kind, id: UUID) -> Seen | None:
        """Returns one record that the lead provider sees."""
        values = {"of_provider": lead_provider, "of_kind": kind, "of_id": id}
        row = self._transaction.row(_ONE, values)
        return None if row is None else seen_from_row(row)

    def _count(self, wanted: Wanted) -> int:
        """Returns how many records are wanted."""
        counted = (
            sa.select(sa.func.count().label("number"))
            .select_from(seen_records)
            .where(*_conditions(wanted))
        )
        number: int = self._transaction.rows(counted, _values(wanted))[0].number
        return number

    def count_changed_after(self, wanted: Wanted, moment: datetime) -> int:
        """Returns how many of the wanted records were dated after a moment."""
        first = attrs.evolve(wanted, updated_since=moment + timedelta(microseconds=1))
        return self._count(first)

    def look(self, wanted: Wanted, skip: int, most: int) -> Sequence[Seen]:
        """Returns ``most`` records after ``skip``, looked for from the nearer end of the list.

        So the last page of a long list is found as soon as the first.
        """
        total = self._count(wanted)
        most = min(most, total - skip)
        if most <= 0:
            return ()
        behind = total - skip - most
        forwards = skip <= behind
        rows = self._rows(wanted, min(skip, behind), most, forwards=forwards)
        return rows if forwards else rows[::-1]

    def _rows(self, wanted: Wanted, skip: int, most: int, *, forwards: bool) -> list[Seen]:
        columns = (MOMENTS[wanted.order], seen_records.c.record_id)
        ascending = forwards is (wanted.order not in LAST_FIRST)
        # The ids first, from the index alone: what is skipped is not fetched.
        page = (
            sa.select(seen_records.c.id)
            .where(*_conditions(wanted))
            .order_by(*(c.asc() if ascending else c.desc() for c in columns))
            .offset(sa.bindparam("skip", type_=sa.Integer()))
            .limit(sa.bindparam("most", type_=sa.Integer()))
        )
        found = SEEN.where(seen_records.c.id.in_(page)).order_by(
            *(c.asc() if ascending else c.desc() for c in columns)
        )
        values = _values(wanted) | {"skip": skip, "most": most}
        return [seen_from_row(row) for row in self._transaction.rows(found, values)]


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [*_THEIRS]
    if wanted.updated_since is not None:
        conditions.append(seen_records.c.updated_at >= sa.bindparam("since"))
    if wanted.cohorts is not None:
        cohorts = sorted(wanted.cohorts)
        conditions.append(
            sa.or_(sa.false(), *(seen_records.c.cohorts.contains(f"|{c}|") for c in cohorts))
        )
    if wanted.delivery_partners is not None:
        partners = sorted(wanted.delivery_partners)
        conditions.append(seen_records.c.delivery_partner.in_(partners))
    if wanted.from_participant is not None:
        conditions.append(seen_records.c.record_id.in_(_INTO))
    if wanted.training_status is not None:
        conditions.append(_with_status(wanted.training_status))
    return conditions


def _with_status(status: TrainingStatus) -> sa.ColumnElement[bool]:
    until, day = seen_records.c.mentoring_until, sa.bindparam("day", type_=sa.Date())
    match status:
        case TrainingStatus.ACTIVE:
            return seen_records.c.has_active | (until >= day)
        case TrainingStatus.WITHDRAWN:
            return seen_records.c.has_withdrawn | (until < day)
        case TrainingStatus.DEFERRED:
            return sa.false()


def _values(wanted: Wanted) -> dict[str, Any]:
    return {
        "of_provider": wanted.lead_provider,
        "of_kind": wanted.kind,
        "since": wanted.updated_since,
        "from_participant": wanted.from_participant,
        "day": wanted.day,
    }
