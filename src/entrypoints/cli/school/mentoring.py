"""Gives an ECT a mentor, JSON in, JSON out: `ect register-mentor` and `ect assign-mentor`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

import click

from ect_registration.domain.decisions import Blocked
from ect_registration.use_cases.registering.assign_mentor import assign_mentor
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.register_mentor import register_mentor
from ect_registration.use_cases.school.ects import summary_of
from ect_registration.use_cases.school.mentors import summary_of_assigned
from ect_registration.use_cases.transactions import Ports
from entrypoints.cli.terminal.documents import (
    DRY_RUN,
    answering,
    document_option,
    dry_run_option,
    read_document,
)
from entrypoints.cli.terminal.operator import (
    acting_for_school,
    as_option,
    notify_option,
    reason_option,
    told,
)
from entrypoints.cli.terminal.output import (
    ect_row,
    end_blocked,
    gap_rows,
    mentor_row,
    print_json,
)
from entrypoints.cli.terminal.settings import read_settings


@click.command("register-mentor", epilog="Example: ect register-mentor --from mentor.json")
@document_option(
    'A JSON document, or - for standard input: {"school": "100001", "ect": "the ECT’s id", '
    '"trn": …, "date_of_birth": …, "email": …}'
)
@dry_run_option
@reason_option
@as_option
@notify_option
def register_mentor_command(
    file: IO[bytes], reason: str | None, *, dry_run: bool, notify: bool
) -> None:
    """Register a mentor, and assign them to an ECT: all or nothing.

    The document may also have national_insurance_number, corrected_name, same_person
    (true, if asked for), only_here, start_date, lead_provider (without it: the ECT's) and replace.
    """
    from entrypoints import bootstrap

    user, extra = acting_for_school(reason, writing=not dry_run), DRY_RUN if dry_run else {}
    with answering(extra):
        document = read_document(file)
        with bootstrap.open_ports(read_settings()) as ports:
            outcome = register_mentor(
                document,
                user,
                ports,
                dry_run=dry_run,
                tells=told(notify=notify),
                reason=reason,
            )
            _finish(outcome, ports, extra)


@click.command("assign-mentor", epilog="Example: ect assign-mentor --from assignment.json")
@document_option(
    'A JSON document, or - for standard input: {"school": "100001", "ect": "the ECT’s id", '
    '"mentor": "the mentor’s id"}'
)
@dry_run_option
@reason_option
@as_option
@notify_option
def assign_mentor_command(
    file: IO[bytes], reason: str | None, *, dry_run: bool, notify: bool
) -> None:
    """Assign a mentor of the school to an ECT. The Teaching Record System is not asked.

    The document may also have lead_provider (without it: the ECT's) and replace. The ids are
    those of `ect ects` and `ect mentors`. Where a mentor would be replaced, --dry-run also shows
    who mentors until when, what becomes of training, and the days without a mentor.
    """
    from entrypoints import bootstrap

    user, extra = acting_for_school(reason, writing=not dry_run), DRY_RUN if dry_run else {}
    with answering(extra):
        document = read_document(file)
        with bootstrap.open_ports_without_trs(read_settings()) as ports:
            outcome = assign_mentor(
                document,
                user,
                ports,
                dry_run=dry_run,
                tells=told(notify=notify),
                reason=reason,
            )
            _finish(outcome, ports, extra)


def _finish(outcome: Assigned | Blocked, ports: Ports, extra: Mapping[str, object]) -> None:
    """Prints the outcome, and leaves with its exit status when it is not done."""
    if isinstance(outcome, Blocked):
        end_blocked(outcome, extra)
    ect = ect_row(summary_of(outcome.ect, ports.clock.today()))
    mentor = mentor_row(summary_of_assigned(outcome))
    if extra and outcome.is_new:
        mentor["id"] = None  # no mentor has it yet
    word = "registered" if outcome.is_new else "assigned"
    change = _change(outcome) if extra else {}
    print_json({"outcome": word, "ect": ect, "mentor": mentor, **change, **extra})
    if not extra:
        _tell(outcome)


def _change(outcome: Assigned) -> Mapping[str, object]:
    """Returns what would change where a mentor would be replaced, as check answers shows it."""
    shown = outcome.preview
    if shown is None or not shown.replaces:
        return {}
    replaces = [
        {"mentor": each.name, "from": each.started_on, "to": each.finished_on}
        for each in shown.replaces
    ]
    change = {
        "replaces": replaces,
        "from": shown.mentors_from,
        "to": shown.mentors_until,
        "without_mentor": gap_rows(shown.without_mentor),
        "training": shown.training,
        "lead_provider": shown.lead_provider,
        "delivery_partner": outcome.delivery_partner,
    }
    return {"change": change}


def _tell(outcome: Assigned) -> None:
    """Tells people what has happened and what comes next."""
    if outcome.merged_from is not None:
        trn = outcome.mentor.teacher.trn
        click.echo(f"TRS has merged TRN {outcome.merged_from} into {trn}.", err=True)
    if outcome.told is not None:
        click.echo(f"{outcome.told}.", err=True)
    done = "registered and assigned" if outcome.is_new else "assigned"
    click.echo(f"The mentor is {done}.", err=True)
