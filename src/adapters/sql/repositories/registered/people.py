"""Finds what is stored about one person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.repositories.history import change_from_row
from adapters.sql.repositories.registered.teachers import FAMILY, retained
from adapters.sql.repositories.users.journeys import SELECT_JOURNEYS, journeys_from
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import (
    ect_periods,
    email_claims,
    mentor_periods,
    teacher_aliases,
    teachers,
)
from adapters.sql.tables.records import history, journeys
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.notice import Role
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.kept_data import is_about
from ect_registration.domain.values import Trn, Urn

_TRNS = sa.bindparam("trns", type_=sa.Text(), expanding=True)
_GIVEN = sa.bindparam("of_trn", type_=sa.Text())

# Aliases are flat: whatever leads to where this TRN leads.
_retained = sa.func.coalesce(
    sa.select(teacher_aliases.c.retained_trn)
    .where(teacher_aliases.c.trn == _GIVEN)
    .scalar_subquery(),
    _GIVEN,
)
_ALIASES = sa.select(teacher_aliases).where(teacher_aliases.c.retained_trn == _retained)

_IDS = sa.bindparam("ids", type_=sa.Uuid(), expanding=True)
_WITH_PERIODS = sa.union(
    *(
        sa.select(teachers.c.trn)
        .join(periods, periods.c.teacher_id == teachers.c.id)
        .where(periods.c.public_id.in_(_IDS))
        for periods in (ect_periods, mentor_periods)
    )
)


def _here(periods: sa.Table, role: Role, *also: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Selects the TRNs of these people with a period at the school that counts."""
    counts = (periods.c.finished_on.is_(None), periods.c.finished_on >= sa.bindparam("today"))
    return (
        sa.select(
            teachers.c.trn,
            retained(teachers.c.trn, teachers).label("retained"),
            sa.literal(role.value, sa.Text(), literal_execute=True).label("role"),
        )
        .join(periods, periods.c.teacher_id == teachers.c.id)
        .where(
            teachers.c.trn.in_(FAMILY),
            periods.c.school_id == number_of(schools.c.urn, "of_urn"),
            ~periods.c.withdrawn,
            sa.or_(*counts, *also),
        )
    )


_HERE = sa.union_all(
    _here(ect_periods, Role.ECT, ect_periods.c.completed), _here(mentor_periods, Role.MENTOR)
)
_ADDRESSES = (
    sa.select(email_claims.c.email_key)
    .join(teachers, teachers.c.id == email_claims.c.teacher_id)
    .where(teachers.c.trn.in_(_TRNS))
)
_HISTORY = (
    sa.select(history, schools.c.urn)
    .outerjoin(schools, schools.c.id == history.c.school_id)
    .where(history.c.trn.in_(_TRNS))
    .order_by(history.c.id)
)
_JOURNEYS = SELECT_JOURNEYS.where(journeys.c.draft.contains(_GIVEN))


@attrs.frozen
class SqlPeople:
    """Looks up what is stored about a person by TRN."""

    _transaction: Transaction

    def trns(self, trn: Trn) -> Sequence[Trn]:
        """Returns every TRN of the person in order, including the given one."""
        rows = self._transaction.rows(_ALIASES, {"of_trn": trn.digits})
        both = {digits for row in rows for digits in (row.trn, row.retained_trn)}
        return [Trn(digits) for digits in sorted(both | {trn.digits})]

    def with_periods(self, ids: Collection[UUID]) -> Sequence[Trn]:
        """Returns the TRNs in order, each once, in one statement."""
        if not ids:
            return ()
        rows = self._transaction.rows(_WITH_PERIODS, {"ids": list(ids)})
        return sorted(Trn(row.trn) for row in rows)

    def here(self, urn: Urn, trns: Collection[Trn], today: date) -> Collection[tuple[Trn, Role]]:
        """Returns each TRN with the roles of its person at the school, by one statement."""
        if not trns:
            return ()
        values = {"of_urn": urn.digits, "today": today, **_digits(trns)}
        rows = self._transaction.rows(_HERE, values)
        found = {(digits, row.role) for row in rows for digits in (row.trn, row.retained)}
        return {(trn, role) for trn in trns for role in Role if (trn.digits, role) in found}

    def email_addresses(self, trns: Collection[Trn]) -> Sequence[str]:
        """Returns the email addresses that the TRNs claim, in alphabetical order."""
        rows = self._transaction.rows(_ADDRESSES, _digits(trns))
        return sorted(row.email_key for row in rows)

    def journeys(self, trns: Collection[Trn]) -> Sequence[SavedJourney]:
        """Returns the journeys that mention these TRNs, latest use first."""
        found = {
            journey.id: journey
            for trn in trns
            for journey in journeys_from(self._transaction.rows(_JOURNEYS, {"of_trn": trn.digits}))
        }
        about = [journey for journey in found.values() if is_about(journey, trns)]
        return sorted(about, key=lambda journey: journey.used_at, reverse=True)

    def history(self, trns: Collection[Trn]) -> Sequence[Change]:
        """Returns the changes about these TRNs, oldest first, as they were written."""
        return [change_from_row(row) for row in self._transaction.rows(_HISTORY, _digits(trns))]


def _digits(trns: Collection[Trn]) -> dict[str, object]:
    return {"trns": [trn.digits for trn in trns]}
