"""Changing reference data of the town, and looking at it afterwards."""

from __future__ import annotations

from ect_registration.domain.reference.columns import Row, Value
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.use_cases.operating.reference.change import change_reference
from ect_registration.use_cases.operating.reference.given import GivenRow, InvalidReference
from ect_registration.use_cases.operating.reference.show import reference_rows
from unit.use_cases.service import USER, Service

(
    YEARS,
    CLOSED_DAYS,
    SCHOOLS,
    BODIES,
    PROVIDERS,
    PARTNERS,
    PROVIDER_YEARS,
    PAIRINGS,
    PARTNERSHIPS,
) = ReferenceKind

Told = tuple[str, str, Value, Value]


def change(service: Service, kind: ReferenceKind, *rows: Row, **options: bool) -> list[Told]:
    """What differs: key, column, before and after."""
    given = [GivenRow(row, number) for number, row in enumerate(rows, 2)]
    found = change_reference(kind, given, USER, service.ports, **options)
    assert all(each.kind is kind for each in found)
    return [(each.key, each.column, each.before, each.after) for each in found]


def set_row(service: Service, kind: ReferenceKind, key: Row, **values: Value) -> list[Told]:
    """The same for one row that is there."""
    given = [GivenRow(values, key=key)]
    found = change_reference(kind, given, USER, service.ports, adding=False)
    return [(each.key, each.column, each.before, each.after) for each in found]


def mistakes(service: Service, kind: ReferenceKind, *rows: Row, **options: bool) -> list[str]:
    """What is wrong with these rows; nothing of them is kept."""
    before = rows_of(service, kind)
    try:
        change(service, kind, *rows, **options)
    except InvalidReference as error:
        assert rows_of(service, kind) == before
        return [str(mistake) for mistake in error.mistakes]
    return []


def rows_of(service: Service, kind: ReferenceKind) -> list[Row]:
    """Every row of a kind."""
    return list(reference_rows(kind, service.ports))


def row_of(service: Service, kind: ReferenceKind, **key: Value) -> Row:
    """The row with this key."""
    [row] = reference_rows(kind, service.ports, key)
    return row
