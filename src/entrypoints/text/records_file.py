"""Reads files of records from elsewhere: ECTs, mentors and mentorships, a row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

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


class _Mistake(Exception):
    """Reports a cell that cannot be right."""


class _Cells:
    """The cells of one row, read by column."""

    def __init__(self, record: Record) -> None:
        self._cells = record.cells

    def needed(self, column: str, read: Callable[[str], T]) -> T:
        """Returns a cell that has to be there."""
        found = self.optional(column, read)
        if found is None:
            raise _Mistake(column, "", f"Give the {column.replace('_', ' ')}")
        return found

    def optional(self, column: str, read: Callable[[str], T]) -> T | None:
        """Returns a cell; None when it is empty, or there is no such column."""
        cell = self._cells.get(column, "")
        if not cell:
            return None
        try:
            return read(cell)
        except InvalidValue as mistake:
            raise _Mistake(column, mistake.rule, mistake.message) from None

    def period(self) -> Period:
        """Returns the first and the last day."""
        started_on = self.needed("started_on", _day)
        finished_on = self.optional("finished_on", _day)
        if finished_on is not None and finished_on < started_on:
            raise _Mistake("finished_on", "", "Give a day on or after started_on")
        return Period(started_on, finished_on)


def _item(cells: _Cells, read: Callable[[_Cells], Item]) -> Item | InvalidRequest:
    try:
        return read(cells)
    except _Mistake as mistake:
        column, rule, message = mistake.args
        return InvalidRequest(rule or None, column, message)


def _ect(cells: _Cells) -> Item:
    period = cells.period()
    programme = cells.optional("programme", _one_of(Programme))
    lead_provider = cells.optional("lead_provider", _text)
    if (programme is Programme.PROVIDER_LED) != (lead_provider is not None):
        told = "Give it for a provider-led programme, and for no other"
        raise _Mistake("lead_provider", "", told)
    return WorldEct(
        school=cells.needed("school", _urn),
        trn=cells.needed("trn", trn_in),
        email=cells.optional("email", _email),
        period=period,
        registered_on=cells.needed("registered_on", _day),
        choices=ProgrammeChoices(
            cells.optional("appropriate_body", _text), programme, lead_provider
        ),
        working_pattern=cells.optional("working_pattern", _one_of(WorkingPattern)),
        completed=cells.optional("completed", yes_or_no_in) is True,
    )


def _mentor(cells: _Cells) -> Item:
    return WorldMentor(
        school=cells.needed("school", _urn),
        trn=cells.needed("trn", trn_in),
        email=cells.optional("email", _email),
        period=cells.period(),
    )


def _mentorship(cells: _Cells) -> Item:
    return WorldMentorship(
        school=cells.needed("school", _urn),
        ect=cells.needed("ect_trn", trn_in),
        mentor=cells.needed("mentor_trn", trn_in),
        period=cells.period(),
    )


_READ: Mapping[str, Callable[[_Cells], Item]] = {
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
