"""Stores partnerships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import attrs
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.lookups import NOBODY, number_of
from adapters.sql.queries.rows import Values
from adapters.sql.repositories.registered.trainings import partnership_of
from adapters.sql.tables.offers import delivery_partners, lead_providers, partnerships, schools
from adapters.sql.tables.people import ect_periods, mentor_periods, teachers, trainings
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.stored.offers import TrainedPerson

_SCHOOL = number_of(schools.c.urn, "of_urn")
_PROVIDER = number_of(lead_providers.c.name, "of_provider")
_PARTNER = number_of(delivery_partners.c.name, "of_partner")

_EVERY = (
    sa.select(
        schools.c.urn,
        lead_providers.c.name.label("lead_provider"),
        delivery_partners.c.name.label("delivery_partner"),
        partnerships.c.year,
    )
    .select_from(schools)
    .join(partnerships, partnerships.c.school_id == schools.c.id)
    .join(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
    .join(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
)
_OF_SCHOOL = schools.c.urn == sa.bindparam("of_urn")
PARTNERSHIPS = _EVERY.where(partnerships.c.active)
PARTNERSHIPS_OF_SCHOOL = PARTNERSHIPS.where(_OF_SCHOOL)
_ENDED_OF_SCHOOL = _EVERY.where(~partnerships.c.active, _OF_SCHOOL)

_new = postgresql.insert(partnerships).inline()
_ADD = _new.values(
    school_id=_SCHOOL, lead_provider_id=_PROVIDER, delivery_partner_id=_PARTNER, active=True
).on_conflict_do_update(
    index_elements=["school_id", "lead_provider_id", "year"],
    set_={"delivery_partner_id": _new.excluded.delivery_partner_id, "active": True},
    where=~partnerships.c.active,
)
# Otherwise SQLAlchemy does not say how many rows an insert wrote.
_ADD_OR_TAKE_UP = _ADD.execution_options(preserve_rowcount=True)

_CHANGE = (
    sa.update(partnerships)
    .where(
        partnerships.c.school_id == _SCHOOL,
        partnerships.c.lead_provider_id == _PROVIDER,
        partnerships.c.year == sa.bindparam("of_year"),
        partnerships.c.active,
    )
    .values(delivery_partner_id=_PARTNER)
)

_HAS_NOT_ENDED = trainings.c.finished_on.is_(None) | (
    trainings.c.finished_on >= sa.bindparam("today")
)

_UNDER_IT = (
    trainings.c.school_id == _SCHOOL,
    trainings.c.lead_provider_id == _PROVIDER,
    trainings.c.year == sa.bindparam("of_year"),
    ~trainings.c.withdrawn,
)


def _found(column: sa.Column[Any], key: sa.ColumnElement[int]) -> sa.ScalarSelect[Any]:
    """Returns a column of the row of another table that a training refers to."""
    table = column.table
    return sa.select(column).where(table.c.id == key).correlate(trainings).scalar_subquery()


_PERSON = (
    _found(teachers.c.trn, trainings.c.teacher_id).label("trn"),
    sa.func.coalesce(
        _found(ect_periods.c.public_id, trainings.c.ect_period_id),
        _found(mentor_periods.c.public_id, trainings.c.mentor_period_id),
        type_=sa.Uuid(),
    ).label("period"),
)

# By the partnership first: trainings are found by its number.
_CONFIRMED_OTHERWISE = (
    sa.select(*_PERSON, delivery_partners.c.name.label("delivery_partner"))
    .select_from(partnerships)
    .join(trainings, trainings.c.partnership_id == partnerships.c.id)
    .join(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
    .where(
        partnerships.c.school_id == _SCHOOL,
        partnerships.c.lead_provider_id == _PROVIDER,
        partnerships.c.year == sa.bindparam("of_year"),
        delivery_partners.c.name != sa.bindparam("of_partner"),
        ~trainings.c.withdrawn,
    )
)

_CONFIRM_WAITING = (
    sa.update(trainings)
    .where(*_UNDER_IT, trainings.c.partnership_id.is_(None), _HAS_NOT_ENDED)
    .values(partnership_id=sa.func.coalesce(partnership_of(_SCHOOL), NOBODY))
    .returning(*_PERSON)
)

_RELEASE = (
    sa.update(trainings)
    .where(*_UNDER_IT, trainings.c.partnership_id.is_not(None), _HAS_NOT_ENDED)
    .values(partnership_id=None)
    .returning(*_PERSON)
)


@attrs.frozen
class SqlPartnerships:
    """Stores one partnership for a school, a lead provider and a year."""

    _transaction: Transaction

    def of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns the school's partnerships, newest year first, then by lead provider.

        Sorted here, because databases do not agree about alphabets.
        """
        rows = self._transaction.rows(PARTNERSHIPS_OF_SCHOOL, {"of_urn": urn.digits})
        return partnerships_in_order(rows)

    def ended_of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns the school's partnerships that have ended, in the same order."""
        rows = self._transaction.rows(_ENDED_OF_SCHOOL, {"of_urn": urn.digits})
        return partnerships_in_order(rows)

    def add(self, partnership: Partnership) -> None:
        """Adds a partnership of any pairing ever saved; the rules judge whether it still holds.

        One that has ended is taken up again.
        """
        values = {**_named(partnership), "year": partnership.year.starts_in}
        self._transaction.write_one(_ADD_OR_TAKE_UP, values)

    def change(self, partnership: Partnership) -> None:
        """Sets the delivery partner; trainings refer to the partnership, and follow."""
        self._transaction.write_one(_CHANGE, _of_year(partnership))

    def confirmed_otherwise(self, partnership: Partnership) -> Sequence[TrainedPerson]:
        """Returns who is trained under this partnership by another delivery partner."""
        rows = self._transaction.rows(_CONFIRMED_OTHERWISE, _of_year(partnership))
        return _people(rows, lambda row: row.delivery_partner)

    def confirm_waiting(self, partnership: Partnership, today: date) -> Sequence[TrainedPerson]:
        """Confirms waiting trainings that have not ended, and returns whose they are."""
        values = {**_of_year(partnership), "today": today}
        rows = self._transaction.written(_CONFIRM_WAITING, [values])
        return _people(rows, lambda _: partnership.delivery_partner)

    def release(self, partnership: Partnership, today: date) -> Sequence[TrainedPerson]:
        """Makes trainings that have not ended wait again, and returns whose they are."""
        values = {**_of_year(partnership), "today": today}
        del values["of_partner"]
        return _people(self._transaction.written(_RELEASE, [values]), lambda _: None)


def _named(partnership: Partnership) -> Values:
    return {
        "of_urn": partnership.school.digits,
        "of_provider": partnership.lead_provider,
        "of_partner": partnership.delivery_partner,
    }


def _of_year(partnership: Partnership) -> Values:
    return {**_named(partnership), "of_year": partnership.year.starts_in}


def _people(rows: Iterable[Row], partner: Callable[[Row], str | None]) -> Sequence[TrainedPerson]:
    """Returns the people of trainings in order of TRN: databases return them as they please."""
    people = [TrainedPerson(Trn(row.trn), row.period, partner(row)) for row in rows]
    return sorted(people, key=lambda each: (each.trn, each.period))


def partnerships_in_order(rows: Iterable[Row]) -> Sequence[Partnership]:
    """Returns partnerships in order, from rows of their own or from rows within another."""
    found = [
        Partnership(Urn(row.urn), row.lead_provider, row.delivery_partner, AcademicYear(row.year))
        for row in rows
    ]
    return sorted(found, key=lambda p: (-p.year.starts_in, p.lead_provider))
