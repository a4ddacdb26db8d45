"""Reads the file of `ect mentor-training load`: what each line says, and what is not right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.values import InvalidValue, Trn
from entrypoints.text.csv_lines import Line, Mistake, read_csv
from entrypoints.text.spreadsheet_cells import day_in, trn_in, yes_or_no_in

T = TypeVar("T")

COLUMNS = ("trn", "early_roll_out", "completed_on", "timed_out_on")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)  # as in a world file

SAY_SOMETHING = "Give true or false, or one of the 2 dates. This line is empty"
TWICE = "Give each TRN once. Another line has different details for this TRN"


@attrs.frozen
class TrainingFile:
    """Holds what can be loaded, and what cannot."""

    items: Sequence[MentorTrainingHistory]
    mistakes: Sequence[Mistake]  # in the order of the file
    ignored: Sequence[str]  # titles of other columns


def read_training_file(text: bytes) -> TrainingFile:
    """Reads the file with every mistake of every line; raises NotCsv."""
    mistakes: list[Mistake] = []
    found: dict[Trn, list[tuple[int, MentorTrainingHistory]]] = defaultdict(list)
    file = read_csv(text, COLUMNS)
    for line in file.lines:
        if isinstance(line, Mistake):
            mistakes.append(line)
        elif (item := _item(line, mistakes)) is not None:
            found[item.trn].append((line.number, item))
    items: list[MentorTrainingHistory] = []
    for said in found.values():
        if len({item for _, item in said}) == 1:
            items.append(said[0][1])
        else:  # it is not known which of them is right
            mistakes += [Mistake(number, "trn", TWICE) for number, _ in said]
    return TrainingFile(items, sorted(mistakes, key=lambda mistake: mistake.line), file.ignored)


def _item(line: Line, mistakes: list[Mistake]) -> MentorTrainingHistory | None:
    """Returns the item of a line, or None when any of its cells is not right."""
    before = len(mistakes)

    def read(column: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(line.cells[column])
        except InvalidValue as error:
            mistakes.append(Mistake(line.number, column, error.message))
            return None

    trn = read("trn", trn_in)
    early_roll_out = read("early_roll_out", _yes_or_no_if_any)
    completed_on = read("completed_on", _day_if_any)
    timed_out_on = read("timed_out_on", _day_if_any)
    if not any(line.cells[column] for column in COLUMNS[1:]):
        mistakes.append(Mistake(line.number, "early_roll_out", SAY_SOMETHING))
    if trn is None or len(mistakes) > before:
        return None
    return MentorTrainingHistory(trn, early_roll_out is True, completed_on, timed_out_on)


def _yes_or_no_if_any(cell: str) -> bool | None:
    return yes_or_no_in(cell) if cell else None


def _day_if_any(cell: str) -> date | None:
    if not cell:
        return None
    day = day_in(cell)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidValue("", f"Give a date from {FIRST_DAY} to {LAST_DAY}")
    return day
