"""Creates, upgrades and checks the database: `ect db`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import format_option, print_rows
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.schema_steps import Upgrade

OPEN_TO_OTHERS = "Other users of this computer can open its file. To stop this, use chmod 600"
NEWER = "The schema is newer than this program, which works with it. There is nothing to do."
UP_TO_DATE = "The database is up to date."
STOP_FIRST = "Nothing was changed. Stop every server of the service, then add --window."
COLUMNS = ("guarantee", "in_force", "detail")


@click.group(epilog="Example: ect db upgrade")
def db() -> None:
    """Create, upgrade and check the database."""


@db.command(epilog="Example: ECT_DATABASE_URL=sqlite:///ect.db ect db upgrade")
@click.option("--sql", "only_print", is_flag=True, help="Print the statements; change nothing.")
@click.option(
    "--window", is_flag=True, help="The service is stopped: run what has to wait for that."
)
def upgrade(*, only_print: bool, window: bool) -> None:
    """Create the database, or bring its schema up to date.

    Goes on while the service runs. Where pages would have to wait on PostgreSQL, it says why and
    asks for a stop of the service first.
    """
    from entrypoints import bootstrap, schema_changes

    database = read_settings().database
    if only_print:
        with working("Reading the schema"):
            statements = schema_changes.printed_upgrade(database)
        click.echo(statements or UP_TO_DATE, err=not statements)
        return
    with working("Upgrading"):
        found = schema_changes.upgrade(database, in_window=window)
    if found.stop_for:
        _ask_for_a_stop(found.stop_for)
        with working("Upgrading"):
            found = schema_changes.upgrade(database, in_window=True)
    _say_what_was_done(found)
    if bootstrap.readable_by_others(database):
        click.echo(OPEN_TO_OTHERS, err=True)


def _ask_for_a_stop(reasons: Sequence[str]) -> None:
    click.echo("The service has to stop for this upgrade:", err=True)
    for reason in reasons:
        click.echo(f"  {reason}", err=True)
    if not _is_confirmed("Is every server of it stopped?"):
        click.echo(STOP_FIRST, err=True)
        raise SystemExit(Exit.INVALID)


def _say_what_was_done(found: Upgrade) -> None:
    if found.before is None:
        click.echo("The database was empty, and has its tables now.", err=True)
    else:
        for step in found.done:
            click.echo(f"Done: {step.number}: {step.does}", err=True)
    click.echo(NEWER if found.is_newer else UP_TO_DATE, err=True)


@db.command(epilog="Example: ect db downgrade --yes")
@click.option("--yes", is_flag=True, help="Take it back without asking.")
def downgrade(*, yes: bool) -> None:
    """Take back the last step of the schema, for the program before.

    Put the program before on every server first: it works with the newer schema.
    """
    from entrypoints import schema_changes

    database = read_settings().database
    step = schema_changes.last_step(database)
    click.echo(f"To be taken back: {step.number}: {step.does}", err=True)
    click.echo(f"What is lost: {step.loses or 'nothing'}.", err=True)
    if not yes and not _is_confirmed("Take it back?"):
        click.echo("Nothing was changed. To take it back, add --yes.", err=True)
        raise SystemExit(Exit.INVALID)
    with working("Taking back"):
        schema_changes.downgrade(database)
    click.echo("It is taken back.", err=True)


def _is_confirmed(question: str) -> bool:
    """Asks the operator; without a terminal the answer is no."""
    return sys.stdin.isatty() and click.confirm(question, err=True)


@db.command(
    short_help="Check the schema and every guarantee.",
    epilog="Example: ect db check --declared-only",
)
@click.option(
    "--declared-only",
    is_flag=True,
    help="For a server in use: check only what is declared, without trying each violation.",
)
@format_option
def check(form: str, *, declared_only: bool) -> None:
    """Check that the schema is up to date and every guarantee is in force."""
    from entrypoints import bootstrap

    settings = read_settings()
    today = bootstrap.build_clock(settings.fixed_day).today()
    with working("Checking"):
        findings = bootstrap.check_database(settings.database, today, declared_only=declared_only)
    print_rows(findings, form, COLUMNS)
    if not all(finding["in_force"] for finding in findings):
        click.echo('A guarantee is not in force: see the rows marked "no".', err=True)
        raise SystemExit(Exit.OTHER)
