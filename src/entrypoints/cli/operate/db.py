"""Creates, upgrades and checks the database: `ect db`."""

from __future__ import annotations

import click

from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import format_option, print_rows
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings

OPEN_TO_OTHERS = "Other users of this computer can open its file. To stop this, use chmod 600"
COLUMNS = ("guarantee", "in_force", "detail")


@click.group(epilog="Example: ect db upgrade")
def db() -> None:
    """Create, upgrade and check the database."""


@db.command(epilog="Example: ECT_DATABASE_URL=sqlite:///ect.db ect db upgrade")
def upgrade() -> None:
    """Create the database, or bring its schema up to date."""
    from entrypoints import bootstrap

    database = read_settings().database
    with working("Upgrading"):
        bootstrap.upgrade_database(database)
    click.echo("The database is up to date.", err=True)
    if bootstrap.readable_by_others(database):
        click.echo(OPEN_TO_OTHERS, err=True)


@db.command(epilog="Example: ect db check --declared-only")
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
