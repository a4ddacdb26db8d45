"""Stores schools."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.ects import CHOICE_COLUMNS, with_choices
from adapters.sql.queries.rows import Values, registration_from_row, school_from_row
from adapters.sql.queries.upserts import upsert
from adapters.sql.repositories.institutions import moved_periods, moved_schools
from adapters.sql.repositories.institutions.offers import OFFER_COLUMNS, offer_from_row
from adapters.sql.tables.offers import school_successions, schools
from adapters.sql.tables.people import ect_periods
from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import Registration
from ect_registration.domain.school import Offer, School, SchoolRecords, Succession
from ect_registration.domain.values import Urn

_THIS = schools.c.urn == sa.bindparam("of_urn")

_FIND = sa.select(schools).where(_THIS)

_latest = (
    sa.select(ect_periods.c.id)
    .where(
        ect_periods.c.school_id == sa.select(schools.c.id).where(_THIS).scalar_subquery(),
        ~ect_periods.c.withdrawn,
    )
    .order_by(ect_periods.c.registered_at.desc(), ect_periods.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_WITH_LATEST_REGISTRATION = (
    sa.select(schools, *CHOICE_COLUMNS)
    .select_from(with_choices(schools.outerjoin(ect_periods, ect_periods.c.id == _latest)))
    .where(_THIS)
)
_WITH_OFFER = _WITH_LATEST_REGISTRATION.add_columns(*OFFER_COLUMNS)

_SAVE = upsert(schools, "urn")

_THESE = schools.c.urn.in_(sa.bindparam("of_urns", expanding=True))

_WITH_URNS = sa.select(schools).where(_THESE)

_successor = schools.alias("successor")
_SUCCESSIONS = (
    sa.select(schools.c.urn, _successor.c.urn.label("successor"), school_successions.c.moved_on)
    .select_from(school_successions)
    .join(schools, schools.c.id == school_successions.c.school_id)
    .join(_successor, _successor.c.id == school_successions.c.successor_id)
    .where(_THESE)
)


@attrs.frozen
class SqlSchools:
    """Stores schools by URN."""

    _transaction: Transaction

    def find(self, urn: Urn) -> School | None:
        """Returns the school with this URN, or None when it is not known."""
        row = self._transaction.row(_FIND, {"of_urn": urn.digits})
        return None if row is None else school_from_row(row)

    def with_latest_registration(self, urn: Urn) -> tuple[School, Registration | None] | None:
        """Returns the school and its latest registration, the last written of equal moments."""
        row = self._transaction.row(_WITH_LATEST_REGISTRATION, {"of_urn": urn.digits})
        return row and school_and_latest(row)

    def with_offer(
        self, urn: Urn, year: AcademicYear
    ) -> tuple[School, Registration | None, Offer] | None:
        """Reads the school, its latest registration and its offer in one statement."""
        values = {"of_urn": urn.digits, "of_year": year.starts_in}
        row = self._transaction.row(_WITH_OFFER, values)
        return row and (*school_and_latest(row), offer_from_row(year, row))

    def save(self, school: School) -> None:
        """Adds the school, or sets it to what is given."""
        self._transaction.write(_SAVE, _to_row(school))

    def with_urns(self, urns: Collection[Urn]) -> Sequence[School]:
        """Returns those of these schools that are known, by URN."""
        found = map(school_from_row, self._of(_WITH_URNS, urns))
        return sorted(found, key=lambda school: school.urn)

    def save_all(self, schools: Sequence[School]) -> None:
        """Saves many schools, in one statement for each."""
        self._transaction.write_all(_SAVE, list(map(_to_row, schools)))

    def records(
        self, today: date, of: Collection[Urn] | None = None
    ) -> Mapping[Urn, SchoolRecords]:
        """Returns how many records each school has that has any, or each of these schools."""
        return moved_schools.records(today, of, self._transaction)

    def move_records(self, succession: Succession) -> None:
        """Moves everything of a school to its successor, and remembers the succession."""
        moved_schools.move_records(succession, self._transaction)

    def move_periods(self, ids: Collection[UUID], old: Urn, new: Urn) -> None:
        """Moves some ECTs and mentors of a school to another."""
        moved_periods.move_periods(ids, old, new, self._transaction)

    def successions_of(self, urns: Collection[Urn]) -> Sequence[Succession]:
        """Returns what has taken the place of these schools, by URN; nothing for the others."""
        found = [
            Succession(Urn(row.urn), Urn(row.successor), row.moved_on)
            for row in self._of(_SUCCESSIONS, urns)
        ]
        return sorted(found, key=lambda succession: succession.school)

    def _of(self, statement: sa.Executable, urns: Collection[Urn]) -> Sequence[Row]:
        """Returns the rows of these schools; for no schools the database is not asked."""
        digits = [urn.digits for urn in urns]
        return self._transaction.rows(statement, {"of_urns": digits}) if digits else ()


def school_and_latest(row: Row) -> tuple[School, Registration | None]:
    """Returns the school in a row, with the registration beside it, if any."""
    latest = None if row.registered_at is None else registration_from_row(row)
    return school_from_row(row), latest


def _to_row(school: School) -> Values:
    return {
        "urn": school.urn.digits,
        "name": school.name,
        "type": school.type,
        "section_41": school.section_41,
        "status": school.status,
        "in_england": school.in_england,
        "opened_on": school.opened_on,
        "closed_on": school.closed_on,
        "local_authority": school.local_authority,
        "region": school.region,
        "phase": school.phase,
        "la_code": school.la_code,
        "new_la_code": school.new_la_code,
        "ukprn": school.ukprn,
    }
