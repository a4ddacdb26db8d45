"""Prints statistics in the form in which they are published: `ect statistics`."""

from __future__ import annotations

import click

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.statistics import funding as by_funding
from ect_registration.domain.statistics.publication import COLUMNS
from ect_registration.use_cases.operating.statistics import (
    funding_statistics_of,
    statistics_of,
)
from entrypoints.cli.terminal.output import print_rows
from entrypoints.cli.terminal.parameters import StartOfYear
from entrypoints.cli.terminal.settings import read_settings


@click.command(epilog="Example: ect statistics --year 2025 > ects_202526.csv")
@click.option(
    "--year",
    type=StartOfYear(),
    help="The first year of an academic year, like 2025. Without it: the present one.",
)
@click.option(
    "--funding",
    is_flag=True,
    help="Count ECTs in England by eligibility for funding for training instead.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "jsonl", "table"]),
    default="csv",
    show_default=True,
    help="How to print.",
)
def statistics(year: int | None, funding: bool, form: str) -> None:
    """Count ECTs and mentors of an academic year, for England, regions and local authorities.

    A count under 5 is printed as c, and so are others from which one could be worked out.
    """
    from entrypoints import bootstrap

    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        today = ports.clock.today()
        wanted = AcademicYear.containing(today) if year is None else AcademicYear(year)
        rows = (funding_statistics_of if funding else statistics_of)(wanted, ports)
    print_rows(rows, form, by_funding.COLUMNS if funding else COLUMNS)
