"""Shows what operators look at: `ect report`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import click

from ect_registration.domain.policy import REFUSAL_LIFE
from ect_registration.domain.records.refusal import Refusal
from ect_registration.domain.rules.operating.refusals import first_day_kept
from ect_registration.journeys.answers import given
from ect_registration.use_cases.following.refresh import concerns
from ect_registration.use_cases.operating.look_up import record_looking_up
from ect_registration.use_cases.operating.refusals import refusals_since
from ect_registration.use_cases.operating.reports import corrected_names, merges_left, outcomes
from ect_registration.use_cases.transactions import Ports
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import Row, format_option, print_rows
from entrypoints.cli.terminal.parameters import Day
from entrypoints.cli.terminal.settings import read_settings

# Help with a figure of policy in it, which a docstring cannot have.
REFUSALS_HELP = f"""List people refused by a rule, after a proof of identity, at every school.

Refusals are kept for {REFUSAL_LIFE}; those by induction or prohibition only count in ect report
outcomes. ect rules RULE says what a rule says. Each look at a person is kept in history.
"""
OUTCOMES_HELP = f"""Count registrations, corrected names and refusals by day, without persons.

national_insurance_number_asked: the date of birth differed, so that the number was called for.
Refusals, and numbers asked for, are kept for {REFUSAL_LIFE}. A refusal of a person counts once a
day for each user. Without --since it is the last four weeks.
"""
SINCE = 28  # days, unless another day is given
REFUSALS = ("day", "trn", "school", "role", "rule", "user")

since_option = click.option("--since", type=Day(), metavar="DATE", help="From this day on.")


@click.group(epilog="Example: ect report names --since 2025-09-01")
def report() -> None:
    """Show what operators look at."""


@report.command(
    short_help="Rank corrected names.", epilog="Example: ect report names --format csv"
)
@since_option
@format_option
@as_option
def names(since: date | None, form: str) -> None:
    """Rank corrected names: those that leave least of the name in TRS come first.

    kept is the share of the name in TRS that is left, in per cent. With --since: people who were
    registered under a corrected name from then on. trs_name_changed_since: the correction was
    made before the name in TRS last changed. Each look at a person is kept in history.
    """
    with _opened() as (user, ports):
        found = corrected_names(ports, since)
        record_looking_up([each.trn for each in found], user, ports)
    rows: list[Row] = [
        {
            "trn": each.trn.digits,
            "trs_name": each.trs_name,
            "name": each.name,
            "kept": round(100 * each.kept),
            "trs_name_changed_since": each.trs_name_changed_since,
        }
        for each in found
    ]
    print_rows(
        rows,
        form,
        ("trn", "trs_name", "name", "kept", "trs_name_changed_since"),
        if_none="There are no corrected names.",
    )


@report.command(
    short_help="List people known under two merged TRNs.", epilog="Example: ect report merges"
)
@format_option
@as_option
def merges(form: str) -> None:
    """List people known under two TRNs that TRS has merged, which need doing.

    Their records were not moved, because a guarantee forbids it, such as overlapping
    periods, or because they are prohibited by now.
    """
    with _opened() as (user, ports):
        found = merges_left(ports)
        record_looking_up([each.trn for pair in found for each in pair], user, ports)
    rows: list[Row] = [
        {
            "trn": old.trn.digits,
            "retained_trn": retained.trn.digits,
            "name": old.name,
            "retained_name": retained.name,
        }
        for old, retained in found
    ]
    print_rows(
        rows,
        form,
        ("trn", "retained_trn", "name", "retained_name"),
        if_none="No merged records need doing.",
    )


@report.command(
    short_help="List people to check, by what TRS says.",
    epilog="Example: ect report trs --format csv",
)
@format_option
@as_option
def trs(form: str) -> None:
    """List people to check: TRS shows them as prohibited, or no longer shows them.

    It is what TRS said when ect trs refresh last asked. Nothing was changed in their records.
    not_found: the TRN is unknown by now, or its record deactivated. not_shown: TRS cannot show
    the record. not_followed: what TRS says cannot be kept here.
    """
    with _opened() as (user, ports):
        found = concerns(ports)
        record_looking_up([each.teacher.trn for each in found], user, ports)
    rows: list[Row] = [
        {
            "trn": each.teacher.trn.digits,
            "name": each.teacher.name,
            "concern": each.concern.value,
            "asked_at": each.asked_at.isoformat(timespec="seconds"),
        }
        for each in found
    ]
    print_rows(
        rows, form, ("trn", "name", "concern", "asked_at"), if_none="No people need checking."
    )


@report.command(
    "refusals",
    short_help="List people refused by a rule.",
    help=REFUSALS_HELP,
    epilog="Example: ect report refusals --since 2025-09-01 --format csv",
)
@since_option
@format_option
@as_option
def list_refusals(since: date | None, form: str) -> None:
    """List people refused by a rule, after a proof of identity, at every school."""
    with _opened() as (user, ports):
        found = refusals_since(since or first_day_kept(ports.clock.today()), ports)
        record_looking_up([each.person.trn for each in found if each.person], user, ports)
    print_rows(
        [_refusal_row(each) for each in found], form, REFUSALS, if_none="There are no refusals."
    )


def _refusal_row(refusal: Refusal) -> Row:
    person = given(refusal.person)
    return {
        "day": str(refusal.day),
        "trn": person.trn.digits,
        "school": person.school.digits,
        "role": refusal.role.value,
        "rule": refusal.rule,
        "user": person.user,
    }


@report.command(
    "outcomes",
    short_help="Count what was registered and refused, by day.",
    help=OUTCOMES_HELP,
    epilog="Example: ect report outcomes --since 2025-09-01",
)
@since_option
@format_option
@as_option
def count_outcomes(since: date | None, form: str) -> None:
    """Count registrations, corrected names and refusals by day, without persons."""
    with _opened() as (_, ports):
        found = outcomes(ports, _first_day(since, ports))
    rows: list[Row] = [
        {
            "day": str(each.day),
            "what": each.what,
            "rule": each.rule or None,
            "who": each.who,
            "number": each.number,
        }
        for each in found
    ]
    columns = ("day", "what", "rule", "who", "number")
    print_rows(rows, form, columns, if_none="There are no outcomes.")


@contextmanager
def _opened() -> Iterator[tuple[str, Ports]]:
    """Yields who looks, and the ports to look by."""
    from entrypoints import bootstrap

    user = operator()
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        yield user, ports


def _first_day(since: date | None, ports: Ports) -> date:
    return since or ports.clock.today() - timedelta(days=SINCE)
