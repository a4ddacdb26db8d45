"""Writes rows as a table for people."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping, Sequence
from enum import Enum

from ect_registration.domain.text import is_control
from entrypoints.text.csv_text import text_of

WIDE = 200  # characters, where no person watches

SHORT = 15  # characters; what is no longer stays on one line


def as_table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Returns a table as wide as the terminal, with long texts over several lines."""
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


def on_screen(text: str) -> str:
    """Returns text in which nothing steers the terminal or changes the order of what it shows."""
    return "".join("\ufffd" if is_control(c) else c for c in text)


def _table_cell(value: object) -> str:
    """Returns the value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = text_of(value).replace("_", " ") if isinstance(value, Enum) else text_of(value)
    return on_screen(text)
