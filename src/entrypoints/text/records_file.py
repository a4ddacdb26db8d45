"""Reads files of records from elsewhere: ECTs, mentors and mentorships, a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.text import has_controls
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.domain.world import WorldEct, WorldMentor, WorldMentorship
from ect_registration.use_cases.bulk.bring_in import Item, RecordRow
from ect_registration.use_cases.registering.documents import InvalidRequest
from entrypoints.text.csv_lines import NotCsv
from entrypoints.text.csv_table import Columns, Record, read_table
from entrypoints.text.spreadsheet_cells import day_in, number_in, text_in, trn_in, yes_or_no_in

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MOST_ROWS = 500_000
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)  # as in a world file
LONGEST_TEXT = 300

COLUMNS: Mapping[str, Columns] = {
    "ects": Columns(
        ("school", "trn", "email", "started_on", "registered_on"),
        (
            "finished_on",
            "completed",
            "working_pattern",
            "appropriate_body",
            "programme",
            "lead_provider",
        ),
    ),
    "mentors": Columns(("school", "trn", "email", "started_on"), ("finished_on",)),
    "mentorships": Columns(("school", "ect_trn", "mentor_trn", "started_on"), ("finished_on",)),
}


def read_records(text: bytes, kind: str) -> Sequence[RecordRow]:
    """Returns the rows of a file, those with a mistake in a cell included; raises NotCsv."""
    records = read_table(text, COLUMNS[kind])
    if not records:
        raise NotCsv(1, "The file has no rows below its header")
    if len(records) > MOST_ROWS:
        raise NotCsv(
            records[MOST_ROWS].number, f"Give at most {MOST_ROWS:,} rows: divide the file"
        )
    read = _READ[kind]
    return [RecordRow(record.number, _item(_Cells(record), read)) for record in records]


class _Cells:
    """The cells of one row, read by column. Every mistake is kept, in the order of reading."""

    def __init__(self, record: Record) -> None:
        self._cells = record.cells
        self.mistakes: list[InvalidRequest] = []

    def needed(self, column: str, read: Callable[[str], T]) -> T | None:
        """Returns a cell that has to be there; None with a mistake."""
        if not self._cells.get(column, ""):
            self.wrong(column, f"Give the {column.replace('_', ' ')}")
        return self.optional(column, read)

    def optional(self, column: str, read: Callable[[str], T]) -> T | None:
        """Returns a cell; None when it is empty or not right, or there is no such column."""
        cell = self._cells.get(column, "")
        if not cell:
            return None
        try:
            return read(cell)
        except InvalidValue as mistake:
            self.wrong(column, mistake.message, mistake.rule)
            return None

    def wrong(self, column: str, message: str, rule: str = "") -> None:
        """Keeps a mistake, unless the cell has one already."""
        if column not in {mistake.field for mistake in self.mistakes}:
            self.mistakes.append(InvalidRequest(rule or None, column, message))

    def period(self) -> Period | None:
        """Returns the first and the last day; None with a mistake."""
        started_on = self.needed("started_on", _day)
        finished_on = self.optional("finished_on", _day)
        if started_on is None:
            return None
        if finished_on is not None and finished_on < started_on:
            self.wrong("finished_on", "Give a day on or after started_on")
            return None
        return Period(started_on, finished_on)


def _item(cells: _Cells, read: Callable[[_Cells], Item | None]) -> Item | InvalidRequest:
    item = read(cells)
    if item is None or cells.mistakes:
        return attrs.evolve(cells.mistakes[0], mistakes=tuple(cells.mistakes))
    return item


def _ect(cells: _Cells) -> Item | None:
    school, trn = cells.needed("school", _urn), cells.needed("trn", trn_in)
    email, period = cells.optional("email", _email), cells.period()
    registered_on = cells.needed("registered_on", _day)
    completed = cells.optional("completed", yes_or_no_in)
    working_pattern = cells.optional("working_pattern", _one_of(WorkingPattern))
    choices = _choices(cells)
    if school is None or trn is None or period is None or registered_on is None:
        return None
    return WorldEct(
        school=school,
        trn=trn,
        email=email,
        period=period,
        registered_on=registered_on,
        choices=choices,
        working_pattern=working_pattern,
        completed=completed is True,
    )


def _choices(cells: _Cells) -> ProgrammeChoices:
    body = cells.optional("appropriate_body", _text)
    programme = cells.optional("programme", _one_of(Programme))
    lead_provider = cells.optional("lead_provider", _text)
    wrong = {mistake.field for mistake in cells.mistakes}
    if "programme" not in wrong and (programme is Programme.PROVIDER_LED) != bool(lead_provider):
        cells.wrong("lead_provider", "Give it for a provider-led programme, and for no other")
    return ProgrammeChoices(body, programme, lead_provider)


def _mentor(cells: _Cells) -> Item | None:
    school, trn = cells.needed("school", _urn), cells.needed("trn", trn_in)
    email, period = cells.optional("email", _email), cells.period()
    if school is None or trn is None or period is None:
        return None
    return WorldMentor(school, trn, email, period)


def _mentorship(cells: _Cells) -> Item | None:
    school = cells.needed("school", _urn)
    ect, mentor = cells.needed("ect_trn", trn_in), cells.needed("mentor_trn", trn_in)
    period = cells.period()
    if school is None or ect is None or mentor is None or period is None:
        return None
    return WorldMentorship(school, ect, mentor, period)


_READ: Mapping[str, Callable[[_Cells], Item | None]] = {
    "ects": _ect,
    "mentors": _mentor,
    "mentorships": _mentorship,
}


def _urn(cell: str) -> Urn:
    return Urn.parse(number_in(cell))


def _email(cell: str) -> Email:
    return Email.parse(text_in(cell))


def _text(cell: str) -> str:
    text = text_in(cell)
    if has_controls(text) or len(text) > LONGEST_TEXT:
        raise InvalidValue("", f"Give a name of at most {LONGEST_TEXT} characters")
    return text


def _day(cell: str) -> date:
    day = day_in(cell)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidValue("", f"Give a date from {FIRST_DAY} to {LAST_DAY}")
    return day


def _one_of(kind: type[E]) -> Callable[[str], E]:
    def read(cell: str) -> E:
        if text_in(cell) not in set(kind):
            raise InvalidValue("", f"Give one of: {', '.join(kind)}")
        return kind(text_in(cell))

    return read
