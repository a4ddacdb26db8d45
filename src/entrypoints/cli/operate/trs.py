"""Asks the Teaching Record System, as the service would: `ect trs`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

import attrs
import click

from ect_registration.domain.people.teacher import NoMatch, Search, TeacherRecord
from ect_registration.domain.rules.identifying import identity
from ect_registration.domain.values import InvalidValue, NationalInsuranceNumber, Trn
from ect_registration.journeys.register_ect import check_found
from ect_registration.ports.errors import Unavailable
from ect_registration.ports.teacher_records import TeacherRecords
from ect_registration.use_cases.following.refresh import refresh as follow_trs
from ect_registration.use_cases.following.refresh import waiting_for_a_lookup
from ect_registration.use_cases.following.told import Learnt
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.cli.terminal.documents import answering
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import end_blocked, format_option, print_json, print_rows
from entrypoints.cli.terminal.progress import going_through
from entrypoints.cli.terminal.prompts import BIRTHDAY, read_birthday, typed
from entrypoints.cli.terminal.settings import read_settings

T = TypeVar("T")

LONGEST_LINE = 1000  # bytes
RATE = 300  # calls a minute
LOOKED_UP, UNCHANGED = "looked_up", "unchanged"
COUNTED = (LOOKED_UP, UNCHANGED, *(each.value for each in Learnt))


@click.group(epilog="Example: ect trs find 1234567")
def trs() -> None:
    """Ask the Teaching Record System."""


@trs.command(
    short_help="Look up everyone who is here, and follow TRS.",
    epilog='Example: ect trs refresh --rate 200 --as "the nightly timer"',
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Look up no more people.")
@click.option(
    "--rate",
    type=click.IntRange(1),
    default=RATE,
    show_default=True,
    metavar="CALLS_A_MINUTE",
    help="Call TRS no more often, so that users keep the rest of its 1,000.",
)
@format_option
@as_option
def refresh(limit: int | None, rate: int, form: str) -> None:
    """Look up ECTs and mentors who are here, and follow what TRS says of them by now.

    The person looked up longest ago comes first, so a run that was stopped goes on where it was.
    It prints a count of each outcome, without names: ect report trs and ect report merges list the
    people to check. When TRS is away the exit status is 3.
    """
    from entrypoints import bootstrap

    user, settings, counts = operator(), read_settings(), Counter[str]()
    clock = bootstrap.build_clock(settings.fixed_day)
    paced = partial(bootstrap.open_teacher_records, unattended=True, calls_a_minute=rate)
    with (
        paced(settings, clock) as records,
        bootstrap.open_ports_on(settings.database, records, clock) as ports,
    ):
        waiting = waiting_for_a_lookup(ports)
        number = waiting if limit is None else min(limit, waiting)
        try:
            for learnt in going_through(follow_trs(user, ports, limit), number, "Looking up"):
                counts.update([LOOKED_UP, *learnt] if learnt else [LOOKED_UP, UNCHANGED])
        except BaseException:  # Ctrl-C as well: how far it came is said first
            click.echo(f"Stopped after {counts[LOOKED_UP]} of {number} people.", err=True)
            raise
        finally:
            rows = [{"what": what, "people": counts[what]} for what in COUNTED]
            print_rows(rows, form, ("what", "people"))


@trs.command(
    short_help="Show what would be decided about a teacher.",
    epilog="Example: ect trs find 1234567",
)
@click.argument("trn")
@click.option("--by-number", is_flag=True, help="Ask for the National Insurance number instead.")
def find(trn: str, *, by_number: bool) -> None:
    """Show what the service would decide about a teacher's record, and why.

    The date of birth (or National Insurance number) is asked for, hidden; when standard input is
    not a terminal its first line is read.
    """
    from entrypoints import bootstrap

    settings = read_settings()
    clock = bootstrap.build_clock(settings.fixed_day)
    with answering({}), bootstrap.open_teacher_records(settings, clock) as records:
        number = _read("trn", trn, Trn.parse)
        try:
            answer = _look_up(records, number, clock.today(), by_number=by_number)
        except Unavailable as error:
            end_blocked(identity.TRS_UNAVAILABLE.cannot_tell(what=error.what, why=error.why))
    _report(Search(number, answer, clock.now()))


def _look_up(
    records: TeacherRecords, trn: Trn, today: date, *, by_number: bool
) -> TeacherRecord | NoMatch:
    if by_number:
        question = "National Insurance number"
        number = _secret("national_insurance_number", question, NationalInsuranceNumber.parse)
        return records.by_national_insurance_number(trn, number)
    born_on = _secret("date_of_birth", BIRTHDAY, lambda text: read_birthday(text, today))
    return records.by_date_of_birth(trn, born_on)


def _secret(field: str, what: str, parse: Callable[[str], T]) -> T:
    """Asks at a terminal until the answer can be right, or reads the first line of the input."""
    if sys.stdin is not None and sys.stdin.isatty():
        return typed(what, parse, hide=True)
    return _read(field, _first_line(), parse)


def _first_line() -> str:
    try:
        line: bytes = click.open_file("-", "rb").readline(LONGEST_LINE)
    except (OSError, RuntimeError):
        raise click.UsageError("Standard input cannot be read") from None
    return line.decode("utf-8", "replace")


def _read(field: str, text: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(text)
    except InvalidValue as error:
        raise InvalidRequest(error.rule, field, error.message) from None


def _report(search: Search) -> None:
    stop = check_found(search)
    if stop is not None:
        end_blocked(stop, _record_row(search.record))
    print_json({"outcome": "found", **_record_row(search.record)})


def _record_row(record: TeacherRecord | None) -> Mapping[str, object]:
    if record is None:
        return {}
    row = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in attrs.asdict(record, recurse=False).items()
    }
    merged_from = record.merged_from.digits if record.merged_from else None
    return {"record": {**row, "trn": record.trn.digits, "merged_from": merged_from}}
