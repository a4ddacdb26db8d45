"""Writes results to standard output: JSON for programs, tables for people, CSV too."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

import attrs
import click

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.mentors.mentor import MENTOR_ALREADY_HERE
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.school.ects import EctSummary
from ect_registration.use_cases.school.mentors import MentorSummary
from entrypoints.cli.terminal.exits import Exit
from entrypoints.text.dates_in_words import in_words
from entrypoints.text.json_lines import as_json_lines, plain

Row = Mapping[str, object]

EXITS = {
    Kind.REFUSED: Exit.REFUSED,
    Kind.INVALID: Exit.INVALID,
    Kind.NEEDS: Exit.INVALID,
    Kind.UNAVAILABLE: Exit.UNAVAILABLE,
}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    show_default=True,
    help="How to print.",
)


@attrs.define
class Unwritten(Exception):
    """Reports that standard output takes no more; ``why`` is empty when no reader is left."""

    why: str


def write(text: str) -> None:
    """Writes everything that a command has to show; raises Unwritten."""
    if sys.stdout is None:
        raise Unwritten("standard output is closed")
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        raise Unwritten("") from None
    except OSError as error:
        raise Unwritten(error.strerror or "") from None


# The ECT object of the interface: of mentors it knows one, today's or else the first to come.
NOT_IN_THE_OBJECT = {
    "outcome_on",
    "training_started_on",
    "mentor_id",
    "mentor_from",
    "mentor_until",
    "next_mentors",
}
ECT_KEYS = tuple(f.name for f in attrs.fields(EctSummary) if f.name not in NOT_IN_THE_OBJECT)


def ect_row(ect: EctSummary) -> dict[str, object]:
    """Returns the ECT object of the interface."""
    gaps = gap_rows(ect.without_mentor)
    return {**{key: getattr(ect, key) for key in ECT_KEYS}, "without_mentor": gaps}


def gap_rows(gaps: Iterable[Period]) -> Sequence[Row]:
    """Returns the days without a mentor; the last day is null when no mentor follows."""
    return [{"from": gap.started_on, "to": gap.finished_on} for gap in gaps]


def mentor_row(mentor: MentorSummary) -> dict[str, object]:
    """Returns the mentor object of the interface."""
    return attrs.asdict(mentor)


def blocked_row(blocked: Blocked) -> dict[str, object]:
    """Returns the outcome, rule and message, and the field where another answer is called for.

    A person who is a mentor already can be assigned by the id that comes with the refusal.
    """
    row: dict[str, object] = {"outcome": blocked.kind.value, "rule": blocked.rule.id}
    if blocked.kind in {Kind.INVALID, Kind.NEEDS}:
        row["field"] = blocked.field
    row["message"] = in_words(blocked.message)
    if blocked.rule is MENTOR_ALREADY_HERE:
        row["mentor"] = blocked.because["mentor"]
    return row


def end_blocked(blocked: Blocked, extra: Row | None = None) -> NoReturn:
    """Prints why a rule stops the command, and leaves with the exit status that says so."""
    if blocked.kind is Kind.UNAVAILABLE and "why" in blocked.because:
        what, why = blocked.because["what"], blocked.because["why"] or "no reason is known"
        click.echo(f"{what} cannot answer: {why}; run ect doctor to find out more", err=True)
    if blocked.rule is OWN_SCHOOL_ONLY and blocked.kind is Kind.REFUSED:
        click.echo('"ect find TEXT --format json" shows ids with their schools', err=True)
    print_json({**blocked_row(blocked), **(extra or {})})
    raise SystemExit(EXITS[blocked.kind])


def invalid_row(mistake: InvalidRequest) -> dict[str, object]:
    """Returns the outcome of a document that is not right."""
    return {
        "outcome": Kind.INVALID.value,
        "rule": mistake.rule,
        "field": mistake.field,
        "message": mistake.message,
        "mistakes": [
            {"field": each.field, "rule": each.rule, "message": each.message}
            for each in mistake.all_mistakes
        ],
    }


def print_json(value: object) -> None:
    """Prints one JSON value, escaped only where the output could not hold it otherwise."""
    text = json.dumps(value, default=plain, ensure_ascii=False, indent=2)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, default=plain, indent=2)
    write(f"{text}\n")


def print_rows(
    rows: Sequence[Row], form: str, columns: Sequence[str], *, if_none: str | None = None
) -> None:
    """Prints a list in the form that the caller asked for, and ``if_none`` beside an empty one."""
    match form:
        case "json":
            print_json(rows)
        case "jsonl":
            write(as_json_lines(rows))
        case "csv":
            from entrypoints.text.csv_text import as_csv

            write(as_csv(rows, columns))
        case _:
            from entrypoints.cli.terminal.tables import as_table

            write(as_table(rows, columns))
    if if_none is not None and not rows:
        click.echo(if_none, err=True)
