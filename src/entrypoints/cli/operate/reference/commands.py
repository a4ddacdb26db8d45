"""Shows, changes and prepares reference data: `ect reference`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import attrs
import click

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.reference.columns import Row
from ect_registration.domain.reference.tables import (
    TABLES,
    Difference,
    ReferenceKind,
    ReferenceTable,
)
from ect_registration.use_cases.operating.reference.change import change_reference
from ect_registration.use_cases.operating.reference.given import GivenRow
from ect_registration.use_cases.operating.reference.show import prepare_year, reference_rows
from entrypoints.cli.operate.reference.arguments import KIND, key_of, telling_mistakes, values_of
from entrypoints.cli.terminal.documents import Readable, read_bytes
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import format_option, print_json, print_rows, write
from entrypoints.cli.terminal.parameters import StartOfYear
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.reference_file import as_reference_file, read_reference_file

LARGEST = 50_000_000  # bytes: every school in England has ten

DIFFERENCE = tuple(field.name for field in attrs.fields(Difference))

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Print the difference, and change nothing."
)
to_option = click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write files into this folder, each named after its kind.",
)


@click.group(epilog="Example: ect reference import partnerships partnerships.csv --dry-run")
def reference() -> None:
    """Show and change reference data: years, schools, organisations and who works together.

    Kinds: academic-years, closed-days, schools, appropriate-bodies, lead-providers,
    delivery-partners, lead-provider-years, pairings and partnerships.
    """


@reference.command(epilog='Example: ect reference show pairings "Teach First,Alpha Hub,2025"')
@click.argument("kind", type=KIND)
@click.argument("key", required=False)
@format_option
def show(kind: ReferenceTable, key: str | None, form: str) -> None:
    """Show every row of a kind, or the one with a key. Inactive rows are shown too."""
    from entrypoints import bootstrap

    wanted = None if key is None else key_of(kind, key)
    with (
        telling_mistakes(form, changing=False),
        bootstrap.open_ports_without_trs(read_settings()) as ports,
    ):
        rows = reference_rows(kind.kind, ports, wanted)
    print_rows(rows, form, kind.names)


@reference.command(
    "import",
    short_help="Add the rows of a file, or change them.",
    epilog="Example: ect reference import schools schools.csv --dry-run",
)
@click.argument("kind", type=KIND)
@click.argument("file", type=Readable())
@dry_run_option
@as_option
@format_option
def import_command(kind: ReferenceTable, file: IO[bytes], form: str, *, dry_run: bool) -> None:
    """Add the rows of a file, and set the columns that it has in rows that are there.

    FILE is CSV with the names of columns first, or JSON lines; - is standard input. Rows and
    columns that it leaves out stay as they are, and an empty cell or null empties its column. The
    difference is printed. With a mistake anywhere, nothing is changed.
    """
    with telling_mistakes(form):
        text = read_bytes(file, LARGEST + 1)
        if len(text) > LARGEST:
            raise NotCsv(1, f"Split the file: at most {LARGEST:,} bytes can be read")
        given = read_reference_file(kind, text)
        _change(kind, given, form, adding=True, dry_run=dry_run)


@reference.command("set", epilog="Example: ect reference set closed-days 2026-08-17 to=2026-08-31")
@click.argument("kind", type=KIND)
@click.argument("key")
@click.argument("assignments", nargs=-1, required=True, metavar="COLUMN=VALUE...")
@dry_run_option
@as_option
@format_option
def set_command(
    kind: ReferenceTable, key: str, assignments: tuple[str, ...], form: str, *, dry_run: bool
) -> None:
    """Set columns of one row that is there. The difference is printed.

    The parts of a key are joined by commas, quoted as in CSV. COLUMN= empties a column.
    """
    given = GivenRow(values_of(kind, assignments), key=key_of(kind, key))
    with telling_mistakes(form):
        _change(kind, [given], form, adding=False, dry_run=dry_run)


def _change(
    kind: ReferenceTable, given: Sequence[GivenRow], form: str, *, adding: bool, dry_run: bool
) -> None:
    from entrypoints import bootstrap

    settings = read_settings()
    user = operator(writing=not dry_run)
    with working("Comparing"), bootstrap.open_ports_without_trs(settings) as ports:
        found = change_reference(kind.kind, given, user, ports, adding=adding, dry_run=dry_run)
    print_rows([attrs.asdict(each) for each in found], form, DIFFERENCE)
    told = "Dry run: nothing was changed." if dry_run else f"Lines of difference: {len(found)}."
    click.echo(told if found else "There is no difference.", err=True)


@reference.command(
    short_help="Print a kind as CSV, or write every kind.",
    epilog="Example: ect reference export --to reference",
)
@click.argument("kind", type=KIND, required=False)
@to_option
def export(kind: ReferenceTable | None, folder: Path | None) -> None:
    """Print a kind as CSV that import takes back, or write every kind into a folder."""
    from entrypoints import bootstrap

    if (kind is None) == (folder is None):
        raise click.UsageError("Give a kind, or a folder with --to")
    wanted = [kind] if kind else list(TABLES.values())
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        rows = {table.kind: reference_rows(table.kind, ports) for table in wanted}
    if folder is None:
        write("".join(as_reference_file(TABLES[each], rows[each]) for each in rows))
    else:
        _write_files(folder, rows)


@reference.command(
    "prepare-year",
    short_help="Print a year as the year before is.",
    epilog="Example: ect reference prepare-year 2026 --to next",
)
@click.argument("year", type=StartOfYear())
@to_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json"]),
    default="csv",
    show_default=True,
    help="How to print.",
)
def prepare_year_command(year: int, folder: Path | None, form: str) -> None:
    """Print a year's lead providers and pairings as the year before has them, to look at.

    Nothing is changed: import the two files once they are right. Rows of the year that are there
    already are printed as they are.
    """
    from entrypoints import bootstrap

    with (
        telling_mistakes(form, changing=False),
        bootstrap.open_ports_without_trs(read_settings()) as ports,
    ):
        prepared = prepare_year(AcademicYear(year), ports)
    if folder is not None:
        _write_files(folder, prepared)
    elif form == "json":
        print_json({kind.value: rows for kind, rows in prepared.items()})
    else:
        files = [as_reference_file(TABLES[kind], rows) for kind, rows in prepared.items()]
        write("\r\n".join(files))


def _write_files(folder: Path, rows: Mapping[ReferenceKind, Sequence[Row]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, found in rows.items():
            file = folder / f"{kind}.csv"
            file.write_text(as_reference_file(TABLES[kind], found), "utf-8", newline="")
            click.echo(f"{file}: {len(found)}", err=True)
    except OSError as error:
        raise click.BadParameter(f"{folder} cannot be written to: {error.strerror}") from None
