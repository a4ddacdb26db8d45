"""Prints the mentors page as data: `ect mentors`."""

from __future__ import annotations

import attrs
import click

from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.school.mentors import MentorSummary, list_mentors
from entrypoints.cli.terminal.output import format_option, mentor_row, print_rows
from entrypoints.cli.terminal.schools import school_option, urn_of
from entrypoints.cli.terminal.settings import read_settings

ALL = tuple(field.name for field in attrs.fields(MentorSummary))
IN_A_TABLE = ("name", "trn", "started_on", "finished_on", "training", "lead_provider")


@click.command(epilog="Example: ect mentors --school 100001 --format json")
@school_option
@format_option
def mentors(school: str, form: str) -> None:
    """List the mentors a school has ever had, by name, with the state of their training.

    JSON and CSV have everything about them, their ids included.
    """
    from entrypoints import bootstrap

    urn = urn_of(school)
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        found = list_mentors(urn, ports)
    if isinstance(found, Blocked):
        raise click.BadParameter(f"{found.message} [{found.rule.id}]")
    rows = [mentor_row(mentor) for mentor in found]
    print_rows(rows, form, IN_A_TABLE if form == "table" else ALL)
    if not found:
        click.echo("This school has no mentors.", err=True)
