"""Showing reference data, and preparing a new year from the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.reference.columns import Row
from ect_registration.domain.reference.tables import TABLES, ReferenceKind, in_order
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.operating.reference.given import (
    GivenRow,
    InvalidReference,
    RowMistake,
)
from ect_registration.use_cases.operating.reference.plan import plan
from ect_registration.use_cases.transactions import Ports

PREPARED = (ReferenceKind.LEAD_PROVIDER_YEARS, ReferenceKind.PAIRINGS)


def reference_rows(kind: ReferenceKind, ports: Ports, key: Row | None = None) -> Sequence[Row]:
    """Returns every row of a kind, inactive ones included, or the one with this key.

    Raises InvalidReference when there is none with it.
    """
    with ports.reading() as uow:
        if key is None:
            return uow.reference.rows(kind)
        table = TABLES[kind]
        [found] = plan(table, [GivenRow(key)], uow, ports.new_id, adding=False)
        return [found.after]


def prepare_year(year: AcademicYear, ports: Ports) -> Mapping[ReferenceKind, Sequence[Row]]:
    """Returns a year's lead providers and pairings, as they were in the year before.

    What has been decided about the year already stays as it is. Raises InvalidReference when
    there was nothing in the year before.
    """
    with ports.reading() as uow:
        prepared = {kind: _prepared(kind, year, uow) for kind in PREPARED}
    if not any(prepared.values()):
        nothing = f"No lead provider works in {year.plus(-1)}, so there is nothing to prepare"
        raise InvalidReference([RowMistake(None, "year", nothing)])
    return prepared


def _prepared(kind: ReferenceKind, year: AcademicYear, uow: UnitOfWork) -> Sequence[Row]:
    table, rows = TABLES[kind], uow.reference.rows(kind)
    last = year.plus(-1).starts_in
    found = {
        tuple(row[name] for name in table.key if name != "year"): row | {"year": year.starts_in}
        for wanted in (last, year.starts_in)
        for row in map(dict, rows)
        if row["year"] == wanted and (row["active"] or wanted != last)
    }
    return in_order(table, list(found.values()))
