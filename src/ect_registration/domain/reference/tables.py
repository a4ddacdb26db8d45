"""The kinds of reference data, each a table with a key and other columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs

from ect_registration.domain.reference.columns import Column, ColumnType, Row, Value
from ect_registration.domain.school import (
    LONGEST_CODE,
    LONGEST_MESSAGE,
    BodyKind,
    OrganisationKind,
    SchoolStatus,
    SchoolType,
)


class ReferenceKind(StrEnum):
    """A kind of reference data, as operators call it."""

    ACADEMIC_YEARS = "academic-years"
    CLOSED_DAYS = "closed-days"
    SCHOOLS = "schools"
    APPROPRIATE_BODIES = "appropriate-bodies"
    LEAD_PROVIDERS = "lead-providers"
    DELIVERY_PARTNERS = "delivery-partners"
    LEAD_PROVIDER_YEARS = "lead-provider-years"
    PAIRINGS = "pairings"
    PARTNERSHIPS = "partnerships"


@attrs.frozen
class ReferenceTable:
    """One kind of reference data. ``key`` names the columns that say which row is meant."""

    kind: ReferenceKind
    key: tuple[str, ...]
    columns: tuple[Column, ...]  # those of the key first
    # Rows of organisations have an id, and may be named instead.
    organisation: OrganisationKind | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Returns the names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key_names(self) -> tuple[str, ...]:
        """Returns the columns of which a file needs the key: an id, or else a name, may do."""
        return ("id", "name") if self.organisation else self.key

    def column(self, name: str) -> Column:
        """Returns the column with this name."""
        return self.columns[self.names.index(name)]


def _year(name: str = "year") -> Column:
    return Column(name, ColumnType.YEAR, required=True)


def _flag(name: str, *, default: bool) -> Column:
    return Column(name, ColumnType.FLAG, required=True, default=default)


def _named(name: str, kind: OrganisationKind) -> Column:
    return Column(name, required=True, organisation=kind)


_ACTIVE = _flag("active", default=True)
_PROVIDER = _named("lead_provider", OrganisationKind.LEAD_PROVIDER)
_PARTNER = _named("delivery_partner", OrganisationKind.DELIVERY_PARTNER)


def _organisations(
    kind: ReferenceKind, organisation: OrganisationKind, *columns: Column
) -> ReferenceTable:
    identity = (Column("id", ColumnType.ID), Column("name", required=True))
    return ReferenceTable(kind, ("id",), (*identity, *columns), organisation)


_SCHOOL_COLUMNS = (
    Column("urn", ColumnType.URN, required=True),
    Column("name", required=True),
    Column(
        "type", required=True, default=SchoolType.STATE_FUNDED.value, choices=tuple(SchoolType)
    ),
    _flag("section_41", default=False),
    Column("status", required=True, default=SchoolStatus.OPEN.value, choices=tuple(SchoolStatus)),
    _flag("in_england", default=True),
    Column("opened_on", ColumnType.DAY),
    Column("closed_on", ColumnType.DAY),
    Column("local_authority"),
    Column("region"),
    Column("phase"),
    Column("la_code", longest=LONGEST_CODE),
    Column("new_la_code", longest=LONGEST_CODE),
    Column("ukprn", longest=LONGEST_CODE),
)

# In the order in which they depend on each other.
TABLES: Mapping[ReferenceKind, ReferenceTable] = {
    table.kind: table
    for table in (
        ReferenceTable(
            ReferenceKind.ACADEMIC_YEARS,
            ("year",),
            (_year(), _flag("open_for_registration", default=False)),
        ),
        ReferenceTable(
            ReferenceKind.CLOSED_DAYS,
            ("from",),
            (
                Column("from", ColumnType.DAY, required=True),
                Column("to", ColumnType.DAY, required=True),
                Column("message", longest=LONGEST_MESSAGE),
                _ACTIVE,
            ),
        ),
        ReferenceTable(ReferenceKind.SCHOOLS, ("urn",), _SCHOOL_COLUMNS),
        _organisations(
            ReferenceKind.APPROPRIATE_BODIES,
            OrganisationKind.APPROPRIATE_BODY,
            Column("kind", required=True, choices=tuple(BodyKind)),
            Column("active_from", ColumnType.DAY),
            Column("active_until", ColumnType.DAY),
        ),
        _organisations(ReferenceKind.LEAD_PROVIDERS, OrganisationKind.LEAD_PROVIDER),
        _organisations(ReferenceKind.DELIVERY_PARTNERS, OrganisationKind.DELIVERY_PARTNER),
        ReferenceTable(
            ReferenceKind.LEAD_PROVIDER_YEARS,
            ("lead_provider", "year"),
            (_PROVIDER, _year(), _ACTIVE),
        ),
        ReferenceTable(
            ReferenceKind.PAIRINGS,
            ("lead_provider", "delivery_partner", "year"),
            (_PROVIDER, _PARTNER, _year(), _ACTIVE),
        ),
        ReferenceTable(
            ReferenceKind.PARTNERSHIPS,
            ("school", "lead_provider", "year"),
            (
                Column("school", ColumnType.URN, required=True),
                _PROVIDER,
                _year(),
                _PARTNER,
                _ACTIVE,
            ),
        ),
    )
}


@attrs.frozen
class Difference:
    """One value of one row, before and after a change. ``before`` is None in a new row."""

    kind: ReferenceKind
    key: str
    column: str
    before: Value
    after: Value


def key_text(values: Sequence[Value]) -> str:
    """Returns the parts of a key as one text, joined by commas and quoted as in CSV."""
    return ",".join(map(_quoted, values))


def _quoted(value: Value) -> str:
    text = str(value)
    if any(mark in text for mark in ',"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def in_order(table: ReferenceTable, rows: Sequence[Row]) -> Sequence[Row]:
    """Returns rows by their keys, organisations by name; sorted here, as databases disagree."""
    names = ("name",) if table.organisation else table.key
    return sorted(rows, key=lambda row: tuple(map(_comparable, map(row.__getitem__, names))))


def _comparable(value: Value) -> tuple[int, str]:
    return (len(value) if isinstance(value, str) and value.isdecimal() else 0, str(value))
