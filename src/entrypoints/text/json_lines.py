"""JSON lines, one object to a line: written for programs, and read where a CSV file is."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from ect_registration.domain.text import without_invisible
from entrypoints.text.csv_lines import NotCsv, name_of
from entrypoints.text.spreadsheet_cells import defused

LONGEST_LINE = 100_000  # characters: a row of ours has some hundreds


def as_json_lines(rows: Iterable[Mapping[str, object]]) -> str:
    """Returns a line for each row, in ASCII, so that no encoding matters."""
    return "".join(f"{json.dumps(row, default=plain)}\n" for row in rows)


def plain(value: object) -> object:
    """Returns an id or a day as JSON has it; raises TypeError for anything else."""
    if isinstance(value, UUID | date):
        return str(value)
    raise TypeError(type(value).__name__)


def is_json_lines(text: str) -> bool:
    """Says whether a file is JSON lines: no line of column names begins like an object."""
    return text.lstrip().startswith("{")


def read_json_lines(text: str, columns: Collection[str]) -> Sequence[tuple[int, dict[str, str]]]:
    """Returns the cells that each line gives, by column, with its number; raises NotCsv.

    Values are what a cell of CSV would hold: null is an empty one.
    """
    lines = text.replace("\r\n", "\n").split("\n")  # JSON has other line breaks inside its texts
    return [
        (number, _cells(number, line, columns))
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def _cells(number: int, line: str, columns: Collection[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for place, (key, value) in enumerate(_object(number, line), 1):
        if key not in columns:
            every = ", ".join(columns)
            told = f"This key is not known: {name_of(place, key)}. The keys are {every}"
            raise NotCsv(number, told)
        if key in cells:
            raise NotCsv(number, f"Give {key} once")
        cells[key] = _cell(number, key, value)
    return cells


def _object(number: int, line: str) -> list[tuple[str, object]]:
    """Returns the pairs of an object, doubled keys included."""
    wrong = NotCsv(number, "Give one JSON object in each line, with texts, true, false or null")
    if len(line) > LONGEST_LINE:
        raise wrong
    try:
        found = json.loads(line, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):  # nested too deeply
        raise wrong from None
    if not isinstance(found, _Pairs):
        raise wrong
    return found


class _Pairs(list[tuple[str, object]]):
    """The keys and values of an object, as they stand there."""


def _cell(number: int, key: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str() if not _cannot_be_kept(value):
            # As a cell of a spreadsheet has it, since cells are read next: a text stays the same.
            return defused(without_invisible(value.strip()))
        case _:
            raise NotCsv(number, f"Give {key} as text, true, false or null")


def _cannot_be_kept(text: str) -> bool:
    """Says whether a text has NUL, or halves of characters, which nothing can write."""
    return any(each == "\0" or "\ud800" <= each <= "\udfff" for each in text)
