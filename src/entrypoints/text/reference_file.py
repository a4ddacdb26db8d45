"""Reads and writes reference data as CSV: what one writes, the other takes back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ect_registration.domain.reference.columns import Column, ColumnType, Row, Value
from ect_registration.domain.reference.tables import ReferenceTable
from ect_registration.domain.text import without_invisible
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.use_cases.operating.reference.given import (
    GivenRow,
    InvalidReference,
    RowMistake,
)
from entrypoints.text.csv_table import Columns, Record, read_table
from entrypoints.text.csv_text import as_csv
from entrypoints.text.spreadsheet_cells import day_in, number_in, text_in, yes_or_no_in

NO_YEAR = "Give the first year of an academic year, like 2025"
NO_ID = "Give the id as ect reference show has it, or leave it empty"


def as_reference_file(table: ReferenceTable, rows: Sequence[Row]) -> str:
    """Returns every column of these rows as CSV."""
    return as_csv(rows, table.names)


def read_reference_file(table: ReferenceTable, text: bytes) -> Sequence[GivenRow]:
    """Returns the rows of a file; raises NotCsv, or InvalidReference with every mistake."""
    needed = () if table.organisation else table.key
    others = [name for name in table.names if name not in needed]
    mistakes: list[RowMistake] = []
    records = read_table(text, Columns(needed, others))
    rows = [_given(table, record, mistakes) for record in records]
    if mistakes:
        raise InvalidReference(mistakes)
    return rows


def _given(table: ReferenceTable, record: Record, mistakes: list[RowMistake]) -> GivenRow:
    values: dict[str, Value] = {}
    for name, cell in record.cells.items():
        try:
            values[name] = value_in(table.column(name), cell)
        except InvalidValue as mistake:
            mistakes.append(RowMistake(record.number, name, mistake.message))
    return GivenRow(values, record.number)


def value_in(column: Column, cell: str) -> Value:
    """Returns the value of a cell, None for an empty one; raises InvalidValue."""
    if not cell.strip():
        return None
    match column.type:
        case ColumnType.FLAG:
            return yes_or_no_in(cell)
        case ColumnType.DAY:
            return day_in(cell)
        case ColumnType.YEAR:
            return _year(number_in(cell))
        case ColumnType.URN:
            return Urn.parse(number_in(cell)).digits
        case ColumnType.ID:
            return _id(text_in(cell))
        case ColumnType.TEXT:
            return " ".join(without_invisible(text_in(cell)).split())


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise InvalidValue("", NO_YEAR)
    return int(text)


def _id(text: str) -> str:
    try:
        return str(UUID(text.strip()))
    except ValueError:
        raise InvalidValue("", NO_ID) from None


def is_id(text: str) -> bool:
    """Says whether a key is the id of an organisation rather than its name."""
    try:
        _id(text)
    except InvalidValue:
        return False
    return True
