"""Reads a whole file of rows, CSV as spreadsheets save it or JSON lines.

A mistake spoils all of it: every row counts in these files. A row of CSV is numbered as a
spreadsheet numbers it: the header is 1, blank rows count, and a cell may go over several lines.
An object of JSON lines has the number of its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence

import attrs

from ect_registration.domain.text import cleaned, without_invisible
from entrypoints.text.csv_lines import DELIMITERS, NotCsv, decoded, name_of
from entrypoints.text.json_lines import is_json_lines, read_json_lines

_DELIMITER_LINE = re.compile(r"\s*sep=.[ \t]*(\r\n?|\n)")  # a spreadsheet's own


@attrs.frozen
class Columns:
    """Says which columns a file has to have, and which it may have."""

    needed: Sequence[str]
    optional: Collection[str] = ()


@attrs.frozen
class Record:
    """Holds one row that is not blank; it may have secrets, so that it does not show."""

    number: int
    cells: dict[str, str] = attrs.field(repr=False)  # by column, trimmed


def read_table(text: bytes, columns: Columns) -> list[Record]:
    """Returns the rows of a file below its header; raises NotCsv."""
    content = decoded(text)
    if is_json_lines(content):
        return _json_records(content, columns)
    rows = _rows(content)
    first = next(rows, None)
    if first is None:
        raise NotCsv(1, "The file is empty: begin with a line of column names")
    offset, titles = first
    names = _names(titles, columns)
    return [
        Record(number - offset + 1, _cells(number - offset + 1, cells, names))
        for number, cells in rows
    ]


def _json_records(text: str, columns: Columns) -> list[Record]:
    """Returns the rows of JSON lines: a key that is needed and left out is an empty cell."""
    empty = dict.fromkeys(columns.needed, "")
    known = (*columns.needed, *columns.optional)
    return [Record(number, {**empty, **cells}) for number, cells in read_json_lines(text, known)]


def _rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yields rows that are not blank, each with its number in the file."""
    delimiter_line = _DELIMITER_LINE.match(text)
    if delimiter_line:
        text = text[delimiter_line.end() :]
    if "\0" in text:
        raise NotCsv(1, "Save the file as CSV UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        what = "quotation marks do not come in pairs, or a value is too long"
        raise NotCsv(number + 1, f"This row cannot be read: {what}") from None


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((mark for mark in first if mark in DELIMITERS), ",")


def _names(titles: Sequence[str], columns: Columns) -> Sequence[str]:
    """Returns the name of each column. Raises NotCsv unless each is known and there once."""
    names = [cleaned(without_invisible(title)).casefold() for title in titles]
    while not names[-1]:
        names.pop()
    known = {*columns.needed, *columns.optional}
    missing = [name for name in columns.needed if name not in names]
    unknown = [
        name_of(place, titles[place - 1])
        for place, name in enumerate(names, 1)
        if name not in known
    ]
    twice = sorted({name for name in names if names.count(name) > 1 and name in known})
    problems = [
        f"{what}: {', '.join(those)}"
        for what, those in (
            ("columns are missing", missing),
            ("columns are not known", unknown),
            ("columns are there more than once", twice),
        )
        if those
    ]
    if problems:
        every = ", ".join((*columns.needed, *sorted(columns.optional)))
        told = "; ".join(problems)
        raise NotCsv(1, f"{told[:1].upper()}{told[1:]}. The columns of this file are {every}")
    return names


def _cells(number: int, cells: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Returns the cells by column; empty cells at the end are a spreadsheet's way."""
    if len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :]):
        raise NotCsv(number, f"Give {len(names)} values, as the header has names")
    trimmed = (without_invisible(cell.strip()) for cell in cells)
    return dict(zip(names, trimmed, strict=False))
