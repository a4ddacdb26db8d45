"""Removes what has outlived its use: `ect purge`."""

from __future__ import annotations

import click

from ect_registration.use_cases.operating.purge import purge as purge_everything
from entrypoints.cli.terminal.output import format_option, print_rows
from entrypoints.cli.terminal.settings import read_settings


@click.command(epilog="Example: ect purge --format json")
@format_option
def purge(form: str) -> None:
    """Remove expired journeys, sessions and attempts, and old notices and refusals.

    They are of no use to anybody, purged or not. Run it every hour.
    """
    from entrypoints import bootstrap

    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        removed = purge_everything(ports)
    rows = [{"what": what, "removed": number} for what, number in removed.items()]
    print_rows(rows, form, ("what", "removed"))
