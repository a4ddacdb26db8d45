"""Imports schools as Get Information About Schools publishes them: `ect gias`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs
import click

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.policy import CLOSED_WITHOUT_SUCCESSOR, CLOSING_AT_ONCE
from ect_registration.use_cases.gias.import_schools import (
    Imported,
    LeftForPeople,
    import_schools,
)
from entrypoints.cli.terminal.difference import DifferencePrinter
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import EXITS, format_option
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.gias_files import ReadExtract, read_extract

LEFT = ("urn", "reason")
# Help with a figure of policy in it, which a docstring cannot have.
IMPORT_HELP = f"""Add and change schools, and follow those that have closed.

The difference is printed, then how many schools became what, and what is left for people with the
reason. Records of a closed school move to its one open successor. Without a successor, what is
open there ends on the closing day once {CLOSED_WITHOUT_SUCCESSOR} have passed. Running it again
changes nothing.
"""
file_type = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(epilog="Example: ect gias import extract.csv --links links.csv --dry-run")
def gias() -> None:
    """Import schools from Get Information About Schools (GIAS)."""


@gias.command(
    "import",
    help=IMPORT_HELP,
    epilog="Example: ect gias import extract.csv --links links.csv --dry-run",
)
@click.argument("extract", type=file_type, metavar="EXTRACT.csv")
@click.option(
    "--links", type=file_type, metavar="LINKS.csv", help="What came after what. Else nothing ends."
)
@click.option("--dry-run", is_flag=True, help="Print the difference, and change nothing.")
@click.option(
    "--yes",
    is_flag=True,
    help=f"Even if more than {CLOSING_AT_ONCE} of the schools close or move.",
)
@as_option
@format_option
def import_command(
    extract: Path, links: Path | None, form: str, *, dry_run: bool, yes: bool
) -> None:
    """Add and change schools, and follow those that have closed."""
    from entrypoints import bootstrap

    settings, user = read_settings(), operator(writing=not dry_run)
    printer = DifferencePrinter(form)
    with working("Importing"):
        read = _read(extract, links)
        with bootstrap.open_ports_without_trs(settings) as ports:
            outcome = import_schools(
                read.extract, user, ports, printer.add, confirmed=yes, dry_run=dry_run
            )
    if isinstance(outcome, Blocked):
        told = f"{outcome.message}. Nothing was changed. [{outcome.rule.id}]"
        click.echo(told, err=True)
        raise SystemExit(EXITS[outcome.kind])
    _finish(printer, outcome, [*read.left, *outcome.left], dry_run=dry_run)


def _read(extract: Path, links: Path | None) -> ReadExtract:
    try:
        return read_extract(extract, links)
    except NotCsv as mistake:
        raise click.BadParameter(f"line {mistake.line}: {mistake.message}") from None
    except OSError as error:
        raise click.BadParameter(f"The file cannot be read: {error.strerror}") from None


def _finish(
    printer: DifferencePrinter, outcome: Imported, left: Sequence[LeftForPeople], *, dry_run: bool
) -> None:
    counts = {**outcome.counts, "left_for_people": len(left)}
    printer.finish(counts, [attrs.asdict(each) for each in left], LEFT)
    if dry_run:
        click.echo("Dry run: nothing was changed.", err=True)
