"""Keeps what each lead provider sees, as it was last shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.lead_providers.json_records import record_from_json, seen_to_row
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.lead_providers import (
    seen_moment,
    seen_records,
    seen_school_choices,
    seen_school_years,
    seen_schools,
)
from adapters.sql.tables.offers import lead_providers
from ect_registration.domain.lead_providers.records import Kind, ProgrammeChoice, Seen
from ect_registration.domain.lead_providers.schools import (
    SchoolSeen,
    WithLeadProvider,
    years_seen_to_change,
)
from ect_registration.ports.stored.lead_providers import Shown

_IDS = sa.bindparam("ids", type_=sa.Uuid(), expanding=True)
SEEN = sa.select(
    lead_providers.c.name.label("lead_provider"),
    seen_records.c.kind,
    seen_records.c.record_id,
    seen_records.c.record,
    seen_records.c.created_at,
    seen_records.c.updated_at,
).join(lead_providers, lead_providers.c.id == seen_records.c.lead_provider_id)
_THESE = SEEN.where(
    seen_records.c.kind.in_(sa.bindparam("kinds", expanding=True)),
    seen_records.c.record_id.in_(_IDS),
)
_OF_SCHOOLS = SEEN.where(seen_records.c.school.in_(_IDS))

_provider = number_of(lead_providers.c.name, "of_provider")
_SAVE = upsert(seen_records, "lead_provider_id", "kind", "record_id", once=("created_at",)).values(
    lead_provider_id=_provider
)
_REMOVE = sa.delete(seen_records).where(
    seen_records.c.lead_provider_id == _provider,
    seen_records.c.kind == sa.bindparam("of_kind"),
    seen_records.c.record_id == sa.bindparam("of_id"),
)
_LATEST = sa.select(seen_moment.c.moment, seen_moment.c.removed)
_SHOWN = (  # what keeps its earlier moment takes nothing back
    sa.update(seen_moment)
    .where(seen_moment.c.moment < sa.bindparam("of_moment"))
    .values(moment=sa.bindparam("of_moment"))
)

_COUNT_REMOVED = sa.update(seen_moment).values(
    removed=seen_moment.c.removed + sa.bindparam("many", type_=sa.BigInteger())
)

_SCHOOLS = sa.select(seen_schools).where(seen_schools.c.public_id.in_(_IDS))
_YEARS = sa.select(seen_school_years).where(
    seen_school_years.c.school_id.in_(sa.bindparam("numbers", expanding=True)),
    seen_school_years.c.has_anything,
)
_CHOICES = (
    sa.select(seen_school_choices, lead_providers.c.name.label("lead_provider"))
    .join(lead_providers, lead_providers.c.id == seen_school_choices.c.lead_provider_id)
    .where(seen_school_choices.c.school_id.in_(sa.bindparam("numbers", expanding=True)))
)
_school = (
    sa.select(seen_schools.c.school_id)
    .where(seen_schools.c.public_id == sa.bindparam("of_school"))
    .scalar_subquery()
)
_updated = (
    sa.select(seen_schools.c.updated_at)
    .where(seen_schools.c.public_id == sa.bindparam("of_school"))
    .scalar_subquery()
)
_SAVE_SCHOOL = sa.update(seen_schools).where(seen_schools.c.public_id == sa.bindparam("of_school"))
# Saves only whether the school may register, and keeps when it was last dated for anything else.
_LIST_SCHOOL = _SAVE_SCHOOL.values(
    named_at=sa.case(
        (seen_schools.c.listed_at == seen_schools.c.updated_at, seen_schools.c.named_at),
        else_=seen_schools.c.updated_at,
    )
)
_DATE_EMPTY_YEARS = sa.update(seen_school_years).where(
    seen_school_years.c.school_id == _school, ~seen_school_years.c.has_anything
)
_SAVE_YEAR = upsert(seen_school_years, "school_id", "year").values(school_id=_school)
# Saves a year in which lead providers see no change, with its former moment.
_KEEP_YEAR = upsert(seen_school_years, "school_id", "year", once=("updated_at",)).values(
    school_id=_school, updated_at=_updated
)
_SAVE_CHOICE = upsert(seen_school_choices, "lead_provider_id", "year", "school_id").values(
    school_id=_school, lead_provider_id=_provider
)


@attrs.frozen
class SeenStore:
    """Keeps records by lead provider, kind and id, and schools by id."""

    _transaction: Transaction

    def these(self, kinds: Collection[Kind], ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns these records as any lead provider last saw them."""
        if not ids:
            return ()
        values = {"kinds": list(kinds), "ids": sorted(ids)}
        return [seen_from_row(row) for row in self._transaction.rows(_THESE, values)]

    def of_schools(self, ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns the partnerships with these schools as they were last seen."""
        if not ids:
            return ()
        rows = self._transaction.rows(_OF_SCHOOLS, {"ids": sorted(ids)})
        return [seen_from_row(row) for row in rows]

    def latest(self) -> datetime | None:
        """Returns the latest moment of a change that was shown."""
        shown = self.shown()
        return None if shown is None else shown.until

    def shown(self) -> Shown | None:
        """Returns how far changes were shown."""
        row = self._transaction.row(_LATEST, {})
        return None if row is None else Shown(row.moment, row.removed)

    def save(self, seen: Collection[Seen]) -> None:
        """Shows these records; the moment when one was first shown stays."""
        self._transaction.write_all(_SAVE, [seen_to_row(each) for each in seen])
        self._shown(max((each.updated_at for each in seen), default=None))

    def remove(self, seen: Collection[Seen]) -> None:
        """Stops showing these records."""
        rows = [
            {"of_provider": each.lead_provider, "of_kind": each.kind, "of_id": each.id}
            for each in seen
        ]
        self._transaction.write_all(_REMOVE, rows)
        if rows:
            self._transaction.write(_COUNT_REMOVED, {"many": len(rows)})

    def schools(self, ids: Collection[UUID]) -> Sequence[SchoolSeen]:
        """Returns these schools as they were last seen, in three statements."""
        rows = self._transaction.rows(_SCHOOLS, {"ids": sorted(ids)}) if ids else ()
        if not rows:
            return ()
        numbers = {"numbers": [row.school_id for row in rows]}
        choices: dict[int, dict[int, ProgrammeChoice]] = defaultdict(dict)
        for year in self._transaction.rows(_YEARS, numbers):
            choices[year.school_id][year.year] = ProgrammeChoice(year.programme_choice)
        with_providers: dict[int, dict[tuple[str, int], WithLeadProvider]] = defaultdict(dict)
        for choice in self._transaction.rows(_CHOICES, numbers):
            pair = WithLeadProvider(choice.in_partnership, choice.expression_of_interest)
            with_providers[choice.school_id][choice.lead_provider, choice.year] = pair
        return [
            SchoolSeen(
                id=row.public_id,
                urn=row.urn,
                name=row.name,
                may_register=row.may_register,
                choices=choices[row.school_id],
                with_lead_providers=with_providers[row.school_id],
            )
            for row in rows
        ]

    def save_schools(
        self, changed: Collection[tuple[SchoolSeen, SchoolSeen]], moment: datetime
    ) -> None:
        """Writes what differs between a school as it was seen before and as it is."""
        writing = _SchoolRows(moment)
        for before, after in changed:
            writing.differ(before, after)
        # Years that had nothing before and have nothing after are dated with the school.
        self._transaction.write_all(_KEEP_YEAR, writing.years_begun)
        self._transaction.write_all(_DATE_EMPTY_YEARS, writing.empty_years)
        self._transaction.write_all(_KEEP_YEAR, writing.years_ended)
        self._transaction.write_all(_SAVE_YEAR, writing.years)
        self._transaction.write_all(_SAVE_SCHOOL, writing.schools)
        self._transaction.write_all(_LIST_SCHOOL, writing.schools_listed)
        self._transaction.write_all(_SAVE_CHOICE, writing.choices)
        self._shown(moment if changed else None)

    def _shown(self, moment: datetime | None) -> None:
        if moment is not None:
            self._transaction.write(_SHOWN, {"of_moment": moment})


Rows = list[Mapping[str, object]]


@attrs.frozen
class _SchoolRows:
    """Collects the rows in which schools differ from what was seen before."""

    moment: datetime
    schools: Rows = attrs.Factory(list)
    schools_listed: Rows = attrs.Factory(list)  # or not any more, and nothing else of them
    empty_years: Rows = attrs.Factory(list)
    years: Rows = attrs.Factory(list)
    years_begun: Rows = attrs.Factory(list)  # with something in them, and not dated
    years_ended: Rows = attrs.Factory(list)  # with nothing left, and not dated
    choices: Rows = attrs.Factory(list)

    def differ(self, before: SchoolSeen, after: SchoolSeen) -> None:
        """Adds the rows of one school."""
        this = {"of_school": after.id, "updated_at": self.moment}
        may = {"may_register": after.may_register}
        if (before.urn, before.name) != (after.urn, after.name):
            self.schools.append(this | may | {"urn": after.urn, "name": after.name})
        elif before.may_register != after.may_register:
            self.schools_listed.append(this | may | {"listed_at": self.moment})
            self.empty_years.append(this)
        dated = years_seen_to_change(before, after)
        for year in before.choices.keys() | after.choices.keys():
            if before.choices.get(year) != after.choices.get(year):
                self._year(year, after, dated=year in dated)
        pairs = after.with_lead_providers.keys() | before.with_lead_providers.keys()
        for lead_provider, year in pairs:
            now = after.with_lead_providers.get((lead_provider, year), WithLeadProvider())
            if before.with_lead_providers.get((lead_provider, year), WithLeadProvider()) != now:
                self.choices.append(
                    this
                    | {
                        "of_provider": lead_provider,
                        "year": year,
                        "in_partnership": now.in_partnership,
                        "expression_of_interest": now.expression_of_interest,
                    }
                )

    def _year(self, year: int, school: SchoolSeen, *, dated: bool) -> None:
        row = {
            "of_school": school.id,
            "year": year,
            "programme_choice": school.choice_of(year),
            "has_anything": year in school.choices,
        }
        if dated:
            self.years.append(row | {"updated_at": self.moment})
        elif year in school.choices:
            self.years_begun.append(row)
        else:
            self.years_ended.append(row)


def seen_from_row(row: Row) -> Seen:
    """Returns the record that a lead provider sees."""
    kind = Kind(row.kind)
    record = record_from_json(row.record, kind)
    return Seen(row.lead_provider, kind, row.record_id, record, row.created_at, row.updated_at)
