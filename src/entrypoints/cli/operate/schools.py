"""Decides about schools what GIAS alone cannot: `ect schools`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import attrs
import click

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.school import Partnership
from ect_registration.use_cases.gias.closing import end_school
from ect_registration.use_cases.gias.moving import move_school
from ect_registration.use_cases.gias.moving_some import move_some
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import end_blocked, print_json
from entrypoints.cli.terminal.parameters import Day
from entrypoints.cli.terminal.schools import urn_of
from entrypoints.cli.terminal.settings import read_settings

dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would move or end.")


@click.group(epilog="Example: ect schools move --from 100001 --to 100002")
def schools() -> None:
    """Move the records of a school to another, or end those of one that has closed."""


@schools.command(
    short_help="Move the records of a school to another.",
    epilog="Example: ect schools move --from 100001 --to 100002 --dry-run",
)
@click.argument("ids", nargs=-1, type=click.UUID, metavar="[ID]...")
@click.option(
    "--from", "old", required=True, metavar="URN", help="The school to move from, closed or not."
)
@click.option(
    "--to",
    "new",
    required=True,
    metavar="URN",
    help="The school to move to, which has not closed.",
)
@dry_run_option
@as_option
def move(ids: tuple[UUID, ...], old: str, new: str, *, dry_run: bool) -> None:
    """Move every record of a school to another, unfinished registrations included.

    With IDs of ECTs and mentors, as `ect ects` and `ect mentors` print them, only those move, with
    their training and mentorships: for a school after which several came.
    """
    from entrypoints import bootstrap

    here, there, user = urn_of(old, "--from"), urn_of(new, "--to"), operator(writing=not dry_run)
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        if ids:
            outcome = move_some(ids, here, there, user, ports, dry_run=dry_run)
        else:
            outcome = move_school(here, there, user, ports, dry_run=dry_run)
    if isinstance(outcome, Blocked):
        end_blocked(outcome)
    row = {
        "outcome": "moved",
        **attrs.asdict(outcome.records),
        "other_delivery_partner": _keys(outcome.replaced),
        "taken_up": _keys(outcome.taken_up),
    }
    print_json({**row, "dry_run": True} if dry_run else row)


def _keys(partnerships: Iterable[Partnership]) -> Sequence[Mapping[str, object]]:
    return [
        {"lead_provider": each.lead_provider, "year": each.year.starts_in} for each in partnerships
    ]


@schools.command(
    short_help="End what is open at a school that has closed.",
    epilog="Example: ect schools end 100001 --on 2026-08-31",
)
@click.argument("school", metavar="URN")
@click.option(
    "--on",
    "last_day",
    type=Day(),
    required=True,
    metavar="DATE",
    help="The day on which the school closed.",
)
@dry_run_option
@as_option
def end(school: str, last_day: date, *, dry_run: bool) -> None:
    """End what is open at a school that has closed: ECTs, mentors, training, mentorships.

    The day is not after today, and not before the school opened. Those who had left stay as they
    are. A mistyped day is corrected by running the command again with the right one.
    """
    from entrypoints import bootstrap

    urn, user = urn_of(school, "URN"), operator(writing=not dry_run)
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        outcome = end_school(urn, last_day, user, ports, dry_run=dry_run)
    if isinstance(outcome, Blocked):
        end_blocked(outcome)
    row = {"outcome": "ended", "people": outcome}
    print_json({**row, "dry_run": True} if dry_run else row)
