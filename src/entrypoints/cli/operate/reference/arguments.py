"""Reads the kind, the key and the values that are given to `ect reference`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

import click
from click.shell_completion import CompletionItem

from ect_registration.domain.reference.columns import Row, Value
from ect_registration.domain.reference.tables import TABLES, ReferenceKind, ReferenceTable
from ect_registration.domain.values import InvalidValue
from ect_registration.use_cases.operating.reference.given import InvalidReference, RowMistake
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import print_json
from entrypoints.cli.terminal.tables import on_screen
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.reference_file import is_id, value_in


class KindType(click.ParamType[ReferenceTable]):
    """A kind of reference data, completed by the shell."""

    name = "kind"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> ReferenceTable:
        """Returns the table of the kind, or says which kind may have been meant."""
        if isinstance(value, ReferenceTable):
            return value
        if value not in list(ReferenceKind):
            near = get_close_matches(str(value), list(ReferenceKind), n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            self.fail(f"Give one of: {', '.join(ReferenceKind)}.{hint}", param, ctx)
        return TABLES[ReferenceKind(value)]

    def shell_complete(
        self, _: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Returns the kinds that begin with what was typed."""
        return [CompletionItem(kind) for kind in ReferenceKind if kind.startswith(incomplete)]


KIND = KindType()


def key_of(table: ReferenceTable, text: str) -> Row:
    """Returns the columns of a key, given as one text; raises BadParameter."""
    if table.organisation:
        name = "id" if is_id(text) else "name"
        return {name: _value(table, name, _parts(text, 1)[0])}
    parts = _parts(text, len(table.key))
    if len(parts) != len(table.key):
        wanted = ",".join(table.key)
        raise click.BadParameter(f"Give the key as {wanted}, with commas, quoted as in CSV")
    named = zip(table.key, parts, strict=True)
    return {name: _value(table, name, part) for name, part in named}


def _parts(text: str, wanted: int) -> Sequence[str]:
    """Returns the parts of a key. A name with a comma need not be quoted where it is alone."""
    try:
        [parts] = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        return [text]
    return [text] if wanted == 1 and len(parts) != 1 else parts


def values_of(table: ReferenceTable, assignments: Sequence[str]) -> Row:
    """Returns the columns of COLUMN=VALUE; raises BadParameter."""
    values: dict[str, Value] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        column = name.strip().casefold()
        if not equals:
            raise click.BadParameter(f"Give COLUMN=VALUE, not {on_screen(assignment)}")
        if column not in table.names or column in table.key:
            _refuse(table, column)
        if column in values:
            raise click.BadParameter(f"Give {column} once")
        values[column] = _value(table, column, text)
    return values


def _refuse(table: ReferenceTable, column: str) -> None:
    settable = [name for name in table.names if name not in table.key]
    if column in table.key:
        raise click.BadParameter(f"{column} is part of the key and cannot be set")
    near = get_close_matches(column, settable, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    what = on_screen(column[:50])
    raise click.BadParameter(f"There is no column {what}. Set {', '.join(settable)}.{hint}")


def _value(table: ReferenceTable, name: str, text: str) -> Value:
    try:
        return value_in(table.column(name), text)
    except InvalidValue as mistake:
        raise click.BadParameter(f"{name}: {mistake.message}") from None


@contextmanager
def telling_mistakes(form: str, *, changing: bool = True) -> Iterator[None]:
    """Ends the command at mistakes in what was given: each on standard error, and as JSON.

    A command that would have changed something says that it did not.
    """
    try:
        yield
    except NotCsv as mistake:
        _end([RowMistake(mistake.line, None, mistake.message)], form, changing=changing)
    except InvalidReference as error:
        _end(error.mistakes, form, changing=changing)


def _end(mistakes: Sequence[RowMistake], form: str, *, changing: bool) -> None:
    if form == "json":
        first = mistakes[0]
        rows = [
            {"line": each.line, "field": each.column, "message": each.message} for each in mistakes
        ]
        outcome = {"outcome": "invalid", "rule": None, "field": first.column}
        print_json({**outcome, "message": first.message, "mistakes": rows})
    for each in mistakes:
        click.echo(on_screen(str(each)), err=True)
    if changing:
        click.echo("Nothing was changed.", err=True)
    raise SystemExit(Exit.INVALID)
