"""Prints a difference portion by portion, however long it is, and what came of it at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import attrs
import click

from ect_registration.domain.reference.tables import Difference
from entrypoints.cli.terminal.output import Row, print_rows, write
from entrypoints.text.csv_text import as_csv
from entrypoints.text.json_lines import as_json_lines, plain

COLUMNS = tuple(field.name for field in attrs.fields(Difference))
MOST_IN_A_TABLE = 1000  # lines: no reader needs more on a screen


@attrs.define
class DifferencePrinter:
    """Writes lines as they come: those of every school in England need not fit into memory."""

    form: str
    _lines: int = attrs.field(init=False, default=0)
    _table: list[Row] = attrs.field(init=False, factory=list)

    def add(self, differences: Sequence[Difference]) -> None:
        """Prints these lines, or keeps the first of them for the table."""
        rows = [attrs.asdict(each, recurse=False) for each in differences]
        if self.form == "json" and rows:
            write('{"difference": [\n' if not self._lines else ",\n")
            write(",\n".join(json.dumps(row, default=plain) for row in rows))
        elif self.form == "jsonl":
            write(as_json_lines(rows))
        elif self.form == "csv" and rows:
            write(self._as_csv(rows))
        elif self.form == "table":
            self._table += rows[: MOST_IN_A_TABLE - len(self._table)]
        self._lines += len(rows)

    def finish(
        self, counts: Mapping[str, int], left: Sequence[Row], columns: Sequence[str]
    ) -> None:
        """Prints how many became what, and what is left for people."""
        if self.form == "json":
            rest = json.dumps({"counts": counts, "left_for_people": left}, default=plain)
            write(("\n]" if self._lines else '{"difference": []') + f", {rest[1:]}\n")
            return
        if self.form == "table":
            print_rows(self._table, "table", COLUMNS)
            self._tell_of_more()
        elif self.form == "csv" and not self._lines:
            write(self._as_csv([]))
        for name, number in counts.items():
            click.echo(f"{name.replace('_', ' ').capitalize()}: {number}", err=True)
        for row in left:
            click.echo(": ".join(str(row[name]) for name in columns if row[name]), err=True)

    def _tell_of_more(self) -> None:
        more = self._lines - len(self._table)
        if more:
            click.echo(f"{more} more lines of difference: --format csv has them all.", err=True)

    def _as_csv(self, rows: Sequence[Row]) -> str:
        text = as_csv(rows, COLUMNS)
        return text if not self._lines else text.partition("\r\n")[2]
