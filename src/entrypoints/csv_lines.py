"""Reading CSV as spreadsheets save it, line by line: a mistake in one spoils no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from ect_registration.domain.text import without_invisible

DELIMITERS = ",;\t"


@attrs.define
class NotCsv(Exception):
    """The file as a whole cannot be read: on which line, and what to do."""

    line: int
    message: str


@attrs.frozen
class Mistake:
    """What is not right on a line; never what is written there."""

    line: int
    column: str | None
    message: str


@attrs.frozen
class Line:
    """The cells of one line, by column, trimmed."""

    number: int
    cells: Mapping[str, str]


def read_lines(text: bytes, columns: Collection[str]) -> Iterator[Line | Mistake]:
    """Every line that is not blank, after one with the names of these columns in any order.

    Raises NotCsv.
    """
    lines = iter(_numbered(_decoded(text)))
    first, header = next(lines, (1, ""))
    delimiter = next((mark for mark in header if mark in DELIMITERS), ",")
    names = _names(first, header, delimiter, columns)
    for number, line in lines:
        cells = _cells(line, delimiter)
        if cells is None:
            yield Mistake(number, None, "Put quotation marks around whole values, in pairs")
        elif any(cells):
            yield _line(number, cells, names)


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", text[: error.start])) + 1
        raise NotCsv(line, "Save the file as CSV in UTF-8") from None


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Lines that are not blank; a spreadsheet's own word on its delimiter is none either."""
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        if line.strip() and not re.fullmatch(r"sep=.", line.strip()):
            yield number, line


def _names(number: int, header: str, delimiter: str, columns: Collection[str]) -> Sequence[str]:
    names = [name.casefold() for name in _cells(header, delimiter) or []]
    while names and not names[-1]:
        names.pop()
    if sorted(names) != sorted(columns):
        raise NotCsv(number, f"Begin with a line of these names: {','.join(columns)}")
    return names


def _cells(line: str, delimiter: str) -> Sequence[str] | None:
    try:
        [cells] = csv.reader([line], delimiter=delimiter, strict=True)
    except csv.Error:
        return None
    return [without_invisible(cell.strip()) for cell in cells]


def _line(number: int, cells: Sequence[str], names: Sequence[str]) -> Line | Mistake:
    """Empty cells at the end are a spreadsheet's way; any other number of cells is a slip."""
    if len(cells) < len(names) or any(cells[len(names) :]):
        return Mistake(number, None, f"Give {len(names)} values, as the first line has names")
    return Line(number, dict(zip(names, cells, strict=False)))
