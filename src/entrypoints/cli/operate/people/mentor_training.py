"""Loads what mentors did under earlier programmes: `ect mentor-training`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

import attrs
import click

from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.use_cases.operating.load_mentor_training import load_mentor_training
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.cli.operate.people.training_file import TrainingFile, read_training_file
from entrypoints.cli.terminal.documents import Readable, answering, read_bytes
from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import print_json
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.text.csv_lines import NotCsv

LARGEST = 50_000_000  # bytes: a million people and more
AT_ONCE = 500  # lines in a transaction, so that others get their turn


@click.group("mentor-training", epilog="Example: ect mentor-training load history.csv")
def mentor_training() -> None:
    """Load what mentors did under earlier programmes."""


@mentor_training.command(epilog="Example: ect mentor-training load history.csv")
@click.argument("file", type=Readable())
@as_option
def load(file: IO[bytes]) -> None:
    """Load who has had funded mentor training. Loading again changes nothing.

    FILE is CSV with the columns trn, early_roll_out, completed_on and timed_out_on; - is standard
    input. Each line sets its TRN to what it says. Dates are 2023-07-14 or 14/07/2023. Other
    columns are ignored, and named on standard error. Lines that are not right are told with
    their place, and left out.
    """
    from entrypoints import bootstrap

    with answering({}):
        training = _read(file)
        changed = 0
        with working("Loading"), bootstrap.open_ports_without_trs(read_settings()) as ports:
            for items in _chunks(training.items):
                changed += load_mentor_training(items, operator(), ports)
    _report(training, changed)


def _read(file: IO[bytes]) -> TrainingFile:
    text = read_bytes(file, LARGEST + 1)
    if len(text) > LARGEST:
        raise InvalidRequest(None, "$", f"Give a file of at most {LARGEST} bytes")
    try:
        return read_training_file(text)
    except NotCsv as mistake:
        raise InvalidRequest(None, f"line {mistake.line}", mistake.message) from None


def _chunks(
    items: Sequence[MentorTrainingHistory],
) -> Iterator[Sequence[MentorTrainingHistory]]:
    for first in range(0, len(items), AT_ONCE):
        yield items[first : first + AT_ONCE]


def _report(training: TrainingFile, changed: int) -> None:
    """Reports what was loaded, and what is still to be put right."""
    mistakes = training.mistakes
    answer: dict[str, object] = {
        "outcome": "partly_loaded" if mistakes else "loaded",
        "changed": changed,
        "unchanged": len(training.items) - changed,
        "mistakes": [attrs.asdict(mistake) for mistake in mistakes],
    }
    if training.ignored:
        answer["ignored_columns"] = training.ignored
        click.echo(f"Columns that were ignored: {', '.join(training.ignored)}", err=True)
    print_json(answer)
    if mistakes:
        lines = len({mistake.line for mistake in mistakes})
        some = "1 line was" if lines == 1 else f"{lines} lines were"
        click.echo(
            f"{some} not loaded. Correct the mistakes listed, then load the file again.", err=True
        )
        raise SystemExit(Exit.INVALID)
