"""Reads CSV as spreadsheets save it, line by line: a mistake in one spoils no other."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import attrs

from ect_registration.domain.text import cleaned, without_controls, without_invisible

DELIMITERS = ",;\t"
LONGEST_TITLE = 50  # characters of a column's title that are shown

_SAVE_AS_UTF_8 = "Save the file as CSV UTF-8"
_OTHER_FILES = {
    codecs.BOM_UTF16_LE: _SAVE_AS_UTF_8,  # UTF-32 begins so too
    codecs.BOM_UTF16_BE: _SAVE_AS_UTF_8,
    b"PK\x03\x04": "Save the file as CSV: this is a workbook, or a ZIP file",
    b"\xd0\xcf\x11\xe0": "Save the file as CSV: this is a workbook",
}
# What one encoding would turn into other letters is not guessed at.
_MORE_THAN_ONE_BYTE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@attrs.define
class NotCsv(Exception):
    """Reports that the file as a whole cannot be read: on which line, and what to do."""

    line: int
    message: str


@attrs.frozen
class Mistake:
    """Says what is not right on a line, but never what is written there."""

    line: int
    column: str | None
    message: str


@attrs.frozen
class Line:
    """Holds the cells of one line, by column, trimmed."""

    number: int
    cells: Mapping[str, str]


@attrs.frozen
class CsvFile:
    """Holds the lines of a file, and the titles of its columns that are not read."""

    ignored: Sequence[str]
    lines: Iterator[Line | Mistake]


@attrs.frozen
class _Header:
    """Says what each column is called; one that is not read has no name."""

    delimiter: str
    names: Sequence[str | None]
    ignored: Sequence[str]


def read_csv(text: bytes, columns: Collection[str]) -> CsvFile:
    """Reads the header now and each line that is not blank when it is asked for.

    The header has the names of these columns, in any order; other columns are ignored. Raises
    NotCsv.
    """
    lines = iter(_numbered(decoded(text)))
    number, line = next(lines, (1, ""))
    header = _header(number, line, columns)
    return CsvFile(header.ignored, _lines(lines, header))


def _lines(lines: Iterator[tuple[int, str]], header: _Header) -> Iterator[Line | Mistake]:
    for number, line in lines:
        cells = _cells(line, header.delimiter)
        if cells is None:
            yield Mistake(number, None, "Put quotation marks around whole values, in pairs")
        elif any(cells):
            yield _line(number, cells, header.names)


def decoded(text: bytes) -> str:
    """Returns the text of a file in UTF-8, or in the encoding that Excel saves CSV in.

    Raises NotCsv.
    """
    for beginning, advice in _OTHER_FILES.items():
        if text.startswith(beginning):
            raise NotCsv(1, advice)
    if b"\0" in text[:2]:  # UTF-16 without a mark
        raise NotCsv(1, _SAVE_AS_UTF_8)
    try:
        return text.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if text.startswith(codecs.BOM_UTF8) or _MORE_THAN_ONE_BYTE.search(text):
            raise NotCsv(_line_of(text, error.start), _SAVE_AS_UTF_8) from None
    try:
        return text.decode("windows-1252")
    except UnicodeDecodeError as error:
        raise NotCsv(_line_of(text, error.start), _SAVE_AS_UTF_8) from None


def _line_of(text: bytes, place: int) -> int:
    return len(re.findall(rb"\r\n?|\n", text[:place])) + 1


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yields lines that are not blank, without a spreadsheet's own line on its delimiter."""
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        if line.strip() and not re.fullmatch(r"sep=.", line.strip()):
            yield number, line


def _header(number: int, line: str, columns: Collection[str]) -> _Header:
    delimiter = next((mark for mark in line if mark in DELIMITERS), ",")
    titles = _cells(line, delimiter) or []
    names = [name if (name := cleaned(title).casefold()) in columns else None for title in titles]
    if sorted(filter(None, names)) != sorted(columns):
        raise NotCsv(number, f"Begin with a line of these names: {','.join(columns)}")
    others = [title for title, name in zip(titles, names, strict=True) if name is None and title]
    while not titles[len(names) - 1]:
        names.pop()
    return _Header(delimiter, names, [shortened(title) for title in dict.fromkeys(others)])


def shortened(title: str) -> str:
    """Returns a title as it may be shown."""
    return without_controls(title)[:LONGEST_TITLE]


def name_of(place: int, title: str) -> str:
    """Returns what to call a column: where the line of names is missing, a secret is the title.

    Dates of birth and National Insurance numbers have digits, and names of columns hardly.
    """
    return f"column {place}" if any(map(str.isdigit, title)) else shortened(title)


def _cells(line: str, delimiter: str) -> Sequence[str] | None:
    try:
        [cells] = csv.reader([line], delimiter=delimiter, strict=True)
    except csv.Error:
        return None
    return [without_invisible(cell.strip()) for cell in cells]


def _line(number: int, cells: Sequence[str], names: Sequence[str | None]) -> Line | Mistake:
    """Returns a line by its columns, or a mistake when it has a wrong number of cells.

    Empty cells at the end are a spreadsheet's way; any other number of cells is a slip.
    """
    needed = max(place for place, name in enumerate(names, 1) if name is not None)
    if len(cells) < needed or any(cells[len(names) :]):
        return Mistake(number, None, f"Give {len(names)} values, as the first line has names")
    named = zip(names, cells, strict=False)
    return Line(number, {name: cell for name, cell in named if name is not None})
