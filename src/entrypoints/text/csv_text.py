"""Writes rows as CSV that programs read, and in which spreadsheets run nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from ect_registration.domain.text import is_blank, is_control
from entrypoints.text.spreadsheet_cells import defused


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Returns a line of names, then a line for each row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row[column]) for column in columns] for row in rows])
    return text.getvalue()


def text_of(value: object) -> str:
    """Returns a value as text: nothing for nothing, and a list as one text."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _cell(value: object) -> str:
    """Returns a cell without control characters; an apostrophe keeps a formula a text."""
    text = str(value).lower() if isinstance(value, bool) else text_of(value)
    return defused("".join(c for c in text if is_blank(c) or not is_control(c)))
