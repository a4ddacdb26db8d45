"""Prints the ECTs page as data: `ect ects`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import click

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.periods.status import Status
from ect_registration.use_cases.school.ects import EctSummary, list_ects
from entrypoints.cli.terminal.output import ECT_KEYS, Row, ect_row, format_option, print_rows
from entrypoints.cli.terminal.schools import school_option, urn_of
from entrypoints.cli.terminal.settings import read_settings

IN_A_TABLE = ("name", "trn", "status", "started_on", "lead_provider", "mentor")


@click.command(epilog="Example: ect ects --school 100001 --format json")
@school_option
@format_option
def ects(school: str, form: str) -> None:
    """List the ECTs a school has registered: mentor required first, then the latest registration.

    JSON and CSV have everything about them, their ids included.
    """
    from entrypoints import bootstrap

    urn = urn_of(school)
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        found = list_ects(urn, ports)
    if isinstance(found, Blocked):
        raise click.BadParameter(f"{found.message} [{found.rule.id}]")
    if form == "table":
        print_rows([_table_row(ect) for ect in found], form, IN_A_TABLE)
    else:
        rows = [ect_row(ect) for ect in found]
        print_rows([_csv_row(row) for row in rows] if form == "csv" else rows, form, ECT_KEYS)
    if not found:
        click.echo("This school has not registered any ECTs.", err=True)


def _csv_row(row: Row) -> Row:
    """Returns a row with the days without a mentor as intervals."""
    gaps = cast(Sequence[Mapping[str, object]], row["without_mentor"])
    return {**row, "without_mentor": _intervals((gap["from"], gap["to"]) for gap in gaps)}


def _table_row(ect: EctSummary) -> dict[str, object]:
    """Returns the row of an ECT: the status, or what became of them, and days without a mentor."""
    status: object = ect.status or ect.at_school
    if ect.status is Status.REGISTERED and ect.without_mentor:
        days = _intervals((gap.started_on, gap.finished_on) for gap in ect.without_mentor)
        status = f"{ect.status.value}, no mentor {days}"
    return {**ect_row(ect), "status": status}


def _intervals(gaps: Iterable[tuple[object, object]]) -> str:
    """Returns days as ``2025-10-18/2026-01-04``, without a last day where none is known."""
    return ", ".join(f"{first}/{last or ''}" for first, last in gaps)
