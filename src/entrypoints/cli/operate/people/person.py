"""Shows what is kept about one person, for a subject access request: `ect person`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

import attrs
import click
from click.core import ParameterSource

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.kept_data import Held
from ect_registration.domain.values import InvalidValue, PersonName, Trn, Urn
from ect_registration.use_cases.operating.look_up import record_looking_up
from ect_registration.use_cases.operating.person import everything_about
from ect_registration.use_cases.signing_in.sessions import names_of_users
from entrypoints.cli.operate.people.person_summary import COLUMNS as SUMMARY
from entrypoints.cli.operate.people.person_summary import (
    changes_in_words,
    said_in_a_line,
    summary_rows,
)
from entrypoints.cli.operate.people.person_timeline import COLUMNS as TIMELINE
from entrypoints.cli.operate.people.person_timeline import timeline_rows
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import Row, format_option, print_json, print_rows, write
from entrypoints.cli.terminal.settings import read_settings

COLUMNS = ("at", "school", "actor", "what", "rules", "trn", "about", "before", "after")
IN_A_TABLE = ("at", "school", "actor", "what", "changed")


@click.command(epilog="Example: ect person 1234567 --export > person.json")
@click.argument("trn")
@click.option("--export", is_flag=True, help="Everything the service keeps about them, as JSON.")
@click.option("--history", is_flag=True, help="Changes to their records, oldest first.")
@format_option
@as_option
@click.pass_context
def person(context: click.Context, trn: str, form: str, *, export: bool, history: bool) -> None:
    """Show what the service keeps about a person, under every TRN they have had.

    Without an option it is a summary, then one timeline over all schools: what happened, what was
    refused, and who looked them up. --export has all that is kept, as JSON only, and --history
    each change with its rules. Each lookup is kept in history.
    """
    from entrypoints import bootstrap

    if export and history:
        raise click.UsageError("Give either --export or --history")
    asked = context.get_parameter_source("form") is ParameterSource.COMMANDLINE
    if export and asked and form != "json":
        raise click.UsageError(f"--export is JSON and no {form}: leave --format out")
    number, user = _trn(trn), operator()
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        held = everything_about(number, ports)
        timeline = timeline_rows(held, partial(names_of_users, ports=ports))
        record_looking_up([] if held.is_nothing else [number], user, ports)
    if held.is_nothing:
        click.echo("The service keeps nothing about this TRN.", err=True)
    if export:
        print_json({} if held.is_nothing else _export(held))
    elif history:
        _print_history(held, form)
    else:
        _print_summary(summary_rows(held), timeline, form)


def _print_summary(summary: Sequence[Row], timeline: Sequence[Row], form: str) -> None:
    """Prints two tables for people, and one list for programs."""
    if form != "table":
        print_rows([*summary, *timeline], form, (*SUMMARY, "who"))
        return
    print_rows(summary, form, SUMMARY)
    if timeline:
        write("\n")
        print_rows(timeline, form, TIMELINE)


def _print_history(held: Held, form: str) -> None:
    """Prints the history, or says that something is kept without any: journeys leave none."""
    if not held.history and not held.is_nothing:
        click.echo(f"There is no history. The service keeps: {said_in_a_line(held)}.", err=True)
    rows = [_change_row(change, form) for change in held.history]
    print_rows(rows, form, IN_A_TABLE if form == "table" else COLUMNS)


def _trn(typed: str) -> Trn:
    try:
        return Trn.parse(typed)
    except InvalidValue as error:
        raise click.BadParameter(f"{error} [{error.rule}]") from None


def _export(held: Held) -> Row:
    """Returns the export, with no more than the names of mentors and ECTs who are other people."""
    exported: dict[str, object] = plain(held)
    exported["mentored"] = [
        {"ect": ect.teacher.name, "school": plain(ect.school), **_mentorship(mentorship)}
        for ect in held.mentored
        for mentorship in ect.mentorships
        if mentorship.mentor in {mentor.id for mentor in held.mentors}
    ]
    exported["ects"] = [_ect(ect) for ect in held.ects]
    return exported


def _ect(ect: EctAtSchool) -> Row:
    mentorships = [
        {"mentor": each.mentor_teacher.name, **_mentorship(each)} for each in ect.mentorships
    ]
    return {**plain(ect), "mentorships": mentorships}


def _mentorship(mentorship: Mentorship) -> Row:
    return {
        "id": str(mentorship.id),
        **plain(mentorship.period),
        "withdrawn": mentorship.withdrawn,
    }


def _change_row(change: Change, form: str) -> Row:
    row: dict[str, object] = plain(change)
    if form == "table":
        return {**row, "at": f"{change.at:%Y-%m-%d %H:%M}", "changed": changes_in_words(change)}
    if form == "csv":
        row["rules"] = ", ".join(change.rules)
        row["before"], row["after"] = (json.dumps(row[side]) for side in ("before", "after"))
    return row


# Values that are written as what they are made of.
TEXTS: Mapping[type, Callable[[Any], object]] = {
    Trn: str,
    Urn: str,
    Email: lambda email: email.address,
    PersonName: lambda name: name.text,
    AcademicYear: lambda year: year.starts_in,
    UUID: str,
}


def plain(value: Any) -> Any:
    """Returns a value in the types that JSON knows."""
    if type(value) in TEXTS:
        return TEXTS[type(value)](value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return {field.name: plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(each) for each in value]
    return value
