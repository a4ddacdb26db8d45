"""Reads and writes many ECTs in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.ects import CHOICE_COLUMNS, KNOWN_AS, with_choices
from adapters.sql.queries.rows import ect_from_row, names_of_schools, periods_in
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.repositories.institutions.offers import offers_of_year
from adapters.sql.repositories.institutions.partnerships import PARTNERSHIPS, partnerships_in_order
from adapters.sql.repositories.institutions.schools import school_and_latest
from adapters.sql.repositories.registered.ects import SqlEcts
from adapters.sql.repositories.registered.emails import SqlEmails, with_open_period
from adapters.sql.repositories.registered.teachers import SqlTeachers
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import (
    ect_periods,
    mentor_periods,
    teacher_aliases,
    teachers,
)
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool, KnownEct
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.stored.many_ects import OfferToSchool, SchoolAndYear

_URNS = sa.bindparam("urns", type_=sa.Text(), expanding=True)
_KEYS = sa.bindparam("keys", type_=sa.Text(), expanding=True)
_TRNS = sa.bindparam("trns", type_=sa.Text(), expanding=True)

_latest = (
    sa.select(ect_periods.c.id)
    .where(ect_periods.c.school_id == schools.c.id, ~ect_periods.c.withdrawn)
    .order_by(ect_periods.c.registered_at.desc(), ect_periods.c.id.desc())
    .limit(1)
    .correlate(schools)
    .scalar_subquery()
)
_SCHOOLS = (
    sa.select(schools, *CHOICE_COLUMNS)
    .select_from(with_choices(schools.outerjoin(ect_periods, ect_periods.c.id == _latest)))
    .where(schools.c.urn.in_(_URNS))
)
_PARTNERSHIPS = PARTNERSHIPS.where(schools.c.urn.in_(_URNS))

_of_trns = teacher_aliases.c.trn.in_(_TRNS) | teacher_aliases.c.retained_trn.in_(_TRNS)
_ALIASES = sa.select(teacher_aliases).where(
    teacher_aliases.c.retained_trn.in_(sa.select(teacher_aliases.c.retained_trn).where(_of_trns))
)

_holding = sa.union(
    *(
        with_open_period(periods, periods.c.email_key.in_(_KEYS)).add_columns(periods.c.email_key)
        for periods in (ect_periods, mentor_periods)
    )
).subquery("holding")
_HOLDERS = (
    sa.select(_holding.c.email_key, teachers.c.trn)
    .join(teachers, teachers.c.id == _holding.c.teacher_id)
    .order_by(teachers.c.trn)
)


@attrs.frozen
class SqlManyEcts:
    """Does for many what the other repositories do for one."""

    _transaction: Transaction

    def offers(self, wanted: Collection[SchoolAndYear]) -> Mapping[SchoolAndYear, OfferToSchool]:
        """Reads schools and partnerships together, and once a year what all are offered."""
        if not wanted:
            return {}
        urns = {"urns": sorted({urn.digits for urn, _ in wanted})}
        found = {
            Urn(row.urn): school_and_latest(row) for row in self._transaction.rows(_SCHOOLS, urns)
        }
        theirs = self._partnerships(urns)
        years = {year: offers_of_year(self._transaction, year) for year in {y for _, y in wanted}}
        return {
            (urn, year): (
                *found[urn],
                attrs.evolve(years[year], partnerships=theirs.get(urn, ())),
            )
            for urn, year in wanted
            if urn in found
        }

    def _partnerships(self, urns: Mapping[str, object]) -> Mapping[Urn, tuple[Partnership, ...]]:
        by_school: dict[Urn, list[Row]] = defaultdict(list)
        for row in self._transaction.rows(_PARTNERSHIPS, urns):
            by_school[Urn(row.urn)].append(row)
        return {urn: tuple(partnerships_in_order(rows)) for urn, rows in by_school.items()}

    def known_as(self, people: Sequence[Collection[Trn]]) -> Sequence[KnownEct]:
        """Reads all families together, then tells them apart."""
        trns = {"trns": sorted({trn.digits for each in people for trn in each})}
        if not trns["trns"]:
            return [KnownEct() for _ in people]
        rows = self._transaction.rows(KNOWN_AS, trns)
        if not rows:
            return [KnownEct() for _ in people]
        retained = {row.trn: row.retained_trn for row in self._transaction.rows(_ALIASES, trns)}
        by_family: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_family[retained.get(row.trn, row.trn)].append(row)
        families = [{retained.get(trn.digits, trn.digits) for trn in each} for each in people]
        return [
            _known([row for family in sorted(those) for row in by_family.get(family, ())])
            for those in families
        ]

    def holders(self, emails: Collection[Email], today: date) -> Mapping[Email, Sequence[Trn]]:
        """Reads the holders of all addresses together, in order of TRN."""
        by_key = {email.key: email for email in emails}
        found: dict[Email, list[Trn]] = defaultdict(list)
        values = {"keys": sorted(by_key), "today": today}
        for row in self._transaction.rows(_HOLDERS, values) if by_key else ():
            found[by_key[row.email_key]].append(Trn(row.trn))
        return found

    def add(self, ects: Sequence[EctAtSchool], today: date) -> None:
        """Writes teachers and claims in the order that all writers share, then the periods."""
        SqlTeachers(self._transaction).save_all([ect.teacher for ect in ects])
        claims = [(ect.email, ect.teacher.trn) for ect in ects if ect.email is not None]
        SqlEmails(self._transaction).claim_all(claims, today)
        SqlEcts(self._transaction).add_all(ects)


def _known(rows: Sequence[Row]) -> KnownEct:
    """Returns one person from the rows of a family."""
    periods = periods_in(rows)
    known = {row.trn: teacher_from_row(row) for row in rows}
    return KnownEct(
        teachers=[known[trn] for trn in sorted(known)],
        periods=[ect_from_row(row) for row in periods],
        schools=names_of_schools(periods),
    )
