"""Reads a file of ECTs to register: the whole of it first, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.identifying.identity import TWO_FACTS
from ect_registration.domain.rules.registering.start_date import START_DATE_RANGE
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.use_cases.bulk.rows import FileRow
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.csv_table import Columns, Record, read_table
from entrypoints.text.spreadsheet_cells import day_in, number_in, text_in, trn_in, yes_or_no_in

MOST_ROWS = 50_000

Value = str | bool | None


def _day(rule: str) -> Callable[[str], Value]:
    return lambda cell: day_in(cell, rule).isoformat()


# In the order of the keys of a registration.
CELLS: Mapping[str, Callable[[str], Value]] = {
    "school": number_in,
    "trn": lambda cell: trn_in(cell).digits,
    "date_of_birth": _day(TWO_FACTS.id),
    "national_insurance_number": text_in,
    "corrected_name": text_in,
    "email": text_in,
    "start_date": _day(START_DATE_RANGE.id),
    "working_pattern": text_in,
    "reuse_previous_choices": yes_or_no_in,
    "appropriate_body": text_in,
    "programme": text_in,
    "lead_provider": text_in,
    "same_person": lambda cell: yes_or_no_in(cell) or None,
}
OPTIONAL = frozenset(
    {"national_insurance_number", "corrected_name", "reuse_previous_choices", "same_person"}
)
COLUMNS = Columns(tuple(key for key in CELLS if key not in OPTIONAL), OPTIONAL)


def read_bulk_file(
    text: bytes, columns: Columns = COLUMNS, *, most: int = MOST_ROWS, school: str = ""
) -> Sequence[FileRow]:
    """Returns the rows of a file, those with a mistake in a cell included.

    Raises NotCsv for a file of which nothing may be done: a column is missing or unknown, there
    is no row or there are too many, or a TRN stands there twice. With a ``school`` the rows are
    about that school alone.
    """
    records = read_table(text, columns)
    if not records:
        raise NotCsv(1, "The file has no rows below its header")
    if len(records) > most:
        raise NotCsv(
            records[most].number,
            f"Give at most {most:,} rows. The file has {len(records):,}: divide it",
        )
    rows = [_row(record, school) for record in records]
    _check_each_trn_once(rows)
    return rows


def _row(record: Record, school: str) -> FileRow:
    cells = record.cells
    of_school = cells.get("school") or school
    urn = _shown(of_school, lambda cell: Urn.parse(number_in(cell)).digits)
    trn = _shown(cells["trn"], lambda cell: trn_in(cell).digits)
    if school and urn != school:
        other = InvalidRequest(OWN_SCHOOL_ONLY.id, "school", "Leave this out, or give your URN")
        return FileRow(record.number, "", trn, other)
    return FileRow(record.number, urn, trn, _document({**cells, "school": of_school}))


def _document(cells: Mapping[str, str]) -> Mapping[str, object] | InvalidRequest:
    """Returns the document of a row, in the order of its keys; an empty cell is left out."""
    document: dict[str, object] = {}
    for key, read in CELLS.items():
        cell = cells.get(key, "")
        if cell:
            try:
                document[key] = read(cell)
            except InvalidValue as mistake:
                return InvalidRequest(mistake.rule or None, key, mistake.message)
    return document


def _shown(cell: str, read: Callable[[str], str]) -> str:
    """Returns what a report may show; nothing else, since a secret may be in the wrong column."""
    try:
        return read(cell)
    except InvalidValue:
        return ""


def _check_each_trn_once(rows: Sequence[FileRow]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        if row.trn and first.setdefault(row.trn, row.number) != row.number:
            raise NotCsv(
                row.number, f"The TRN of this row is in row {first[row.trn]} too: give it once"
            )
