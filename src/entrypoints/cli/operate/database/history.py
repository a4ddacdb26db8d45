"""Checks whether the history is still what was written: `ect history`."""

from __future__ import annotations

import click

from ect_registration.use_cases.operating.verify_history import Verified, verify_history
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.output import Row, format_option, print_rows
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings

COLUMNS = ("chain", "lines", "intact", "detail")


@click.group(epilog="Example: ect history verify")
def history() -> None:
    """Show every change, who made it and under which rules."""


@history.command(epilog="Example: ect history verify --format json")
@click.option("--all", "every", is_flag=True, help="Show unchanged chains in the table too.")
@format_option
def verify(form: str, *, every: bool) -> None:
    """Check that no line of the history has been changed or removed.

    Each school has its own chain, named by its URN. Changes without a school have one chain. A
    table shows only chains that were altered; JSON and CSV have all of them, to be kept elsewhere.
    """
    from entrypoints import bootstrap

    with (
        bootstrap.open_ports_without_trs(read_settings()) as ports,
        working("Verifying"),
    ):
        found = verify_history(ports)
    altered = [chain for chain in found if chain.fault]
    if form == "table":
        shown = found if every else altered
        if shown:
            print_rows([_row(chain) for chain in shown], form, COLUMNS)
        lines = sum(chain.lines for chain in found)
        click.echo(
            f"Chains: {len(found):,}. Lines: {lines:,}. Altered: {len(altered):,}.", err=True
        )
    else:
        print_rows([_row(chain) for chain in found], form, COLUMNS)
    if altered:
        click.echo('The history has been altered: see the rows marked "no".', err=True)
        raise SystemExit(Exit.OTHER)


def _row(chain: Verified) -> Row:
    return {
        "chain": chain.chain,
        "lines": chain.lines,
        "intact": chain.fault is None,
        "detail": chain.fault or "unchanged",
    }
