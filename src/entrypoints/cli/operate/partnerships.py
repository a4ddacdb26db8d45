"""Reports a partnership: `ect partnerships`."""

from __future__ import annotations

from typing import IO

import click

from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.operating.partnerships import report_partnership
from ect_registration.use_cases.registering.partnership_document import partnership_of
from entrypoints.cli.terminal.documents import (
    DRY_RUN,
    answering,
    document_option,
    dry_run_option,
    read_document,
)
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import end_blocked, print_json
from entrypoints.cli.terminal.settings import read_settings


@click.group(epilog="Example: ect partnerships report --from partnership.json")
def partnerships() -> None:
    """Report a partnership."""


@partnerships.command(
    short_help="Keep one partnership, confirm what waited for it.",
    epilog="Example: ect partnerships report --from partnership.json",
)
@document_option(
    'A JSON document, or - for standard input: {"school": "100001", "lead_provider": …, '
    '"delivery_partner": …, "year": 2025}'
)
@dry_run_option
@as_option
def report(file: IO[bytes], *, dry_run: bool) -> None:
    """Keep one partnership, and confirm the trainings that waited for it."""
    from entrypoints import bootstrap

    user, extra = operator(writing=not dry_run), DRY_RUN if dry_run else {}
    with answering(extra):
        document = read_document(file)
        with bootstrap.open_ports_without_trs(read_settings()) as ports:
            partnership = partnership_of(document, ports.clock.today())
            outcome = report_partnership(partnership, user, ports, dry_run=dry_run)
    if isinstance(outcome, Blocked):
        end_blocked(outcome, extra)
    print_json({"outcome": "reported", "confirmed": outcome.confirmed, **extra})
