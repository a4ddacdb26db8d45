"""Rows as a table for people, or as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from enum import Enum

WIDE = 200  # characters, where nobody watches

SHORT = 15  # characters; what is no longer stays on one line

# What a spreadsheet takes for the beginning of a formula, or for blanks before one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - looks alike


def as_csv(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Programs read it, and spreadsheets run nothing in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_csv_cell(row[column]) for column in columns] for row in rows])
    return text.getvalue()


def as_table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """As wide as the terminal, with long texts over several lines."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[Text(_table_cell(row[column])) for column in columns] for row in rows]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for number, column in enumerate(columns):
        short = all(line[number].cell_len <= SHORT for line in cells)
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=short)
    for line in cells:
        table.add_row(*line)
    text = io.StringIO()
    width = shutil.get_terminal_size((WIDE, 0)).columns
    Console(file=text, width=width, color_system=None).print(table)
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


def _csv_cell(value: object) -> str:
    """An apostrophe keeps what looks like a formula a text."""
    text = str(value).lower() if isinstance(value, bool) else _text(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _table_cell(value: object) -> str:
    """In words; and what would steer the terminal is only hinted at."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = _text(value).replace("_", " ") if isinstance(value, Enum) else _text(value)
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in text)


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
