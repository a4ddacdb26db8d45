"""Reads what Get Information About Schools publishes: establishments, and links between them.

A file may be large and wide: it is read a row at a time, and only the columns that count are kept.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TypeVar

import attrs

from ect_registration.domain.gias.establishments import is_in_england, status_named, type_named
from ect_registration.domain.gias.extract import Extract
from ect_registration.domain.gias.links import Link, Successions
from ect_registration.domain.school import LONGEST_CODE, LONGEST_TITLE, School, SchoolType
from ect_registration.domain.text import cleaned, without_controls
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.use_cases.gias.import_schools import LeftForPeople
from entrypoints.text.csv_lines import NotCsv, shortened

T = TypeVar("T")

URN, NAME = "URN", "EstablishmentName"
TYPE, STATUS = "TypeOfEstablishment (name)", "EstablishmentStatus (name)"
OPENED, CLOSED, SECTION_41 = "OpenDate", "CloseDate", "Section41Approved (name)"
NEEDED = (URN, NAME, TYPE, STATUS, OPENED, CLOSED)
# Texts that are kept as they are: the attribute of a school, and how long it may be.
TEXTS: Mapping[str, tuple[str, int]] = {
    "LA (name)": ("local_authority", LONGEST_TITLE),
    "GOR (name)": ("region", LONGEST_TITLE),
    "PhaseOfEducation (name)": ("phase", LONGEST_TITLE),
    "LA (code)": ("la_code", LONGEST_CODE),
    "GSSLACode (name)": ("new_la_code", LONGEST_CODE),
    "UKPRN": ("ukprn", LONGEST_CODE),
}
ALWAYS = frozenset({"name", "type", "status", "in_england", "opened_on", "closed_on"})
LINK_URN, LINK_TYPE = "LinkURN", "LinkType"
WANTED = frozenset({*NEEDED, SECTION_41, *TEXTS, LINK_URN, LINK_TYPE})
DATES = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
LARGEST_CELL = 100_000  # characters
MOST_WRONG = 10_000  # rows: a file with more of them is no extract, whatever its header says

Row = Mapping[str, str]


@attrs.frozen
class ReadExtract:
    """What the files say, and the rows that are not right."""

    extract: Extract
    left: Sequence[LeftForPeople]


def read_extract(establishments: Path, links: Path | None) -> ReadExtract:
    """Returns the schools of a file, and what came after what. Raises NotCsv and OSError."""
    left: list[LeftForPeople] = []
    schools: dict[Urn, School] = {}
    with _table(establishments, NEEDED) as (titles, rows):
        columns = {field for title, (field, _) in TEXTS.items() if title in titles}
        columns |= {"section_41"} if SECTION_41 in titles else set()
        for number, row in rows:
            school = _read(number, row, _school, left)
            if school is None:
                continue
            if school.urn in schools:
                reason = f"Row {number}: another row has this URN. The first one counts"
                left.append(LeftForPeople(school.urn.digits, reason))
                continue
            schools[school.urn] = school
            left += _unknown_type(school, row or {})
    successions = None if links is None else Successions.of(_links(links, left))
    return ReadExtract(Extract(schools, ALWAYS | columns, successions), left)


def _unknown_type(school: School, row: Row) -> Iterator[LeftForPeople]:
    if type_named(row[TYPE]) is None:
        reason = f"Its type is not known, so it cannot register: {shortened(row[TYPE])}"
        yield LeftForPeople(school.urn.digits, reason)


def _links(file: Path, left: list[LeftForPeople]) -> Iterator[Link]:
    with _table(file, (URN, LINK_URN, LINK_TYPE)) as (_, rows):
        for number, row in rows:
            link = _read(number, row, _link, left)
            if link is not None:
                yield link


def _read(
    number: int, row: Row | None, read: Callable[[Row], T], left: list[LeftForPeople]
) -> T | None:
    """Returns what a row says; a row that is not right is left for people. Raises NotCsv."""
    if len(left) >= MOST_WRONG:
        told = f"{MOST_WRONG:,} rows are not right: give the file as it was published"
        raise NotCsv(number, told)
    if row is None:
        left.append(LeftForPeople(None, f"Row {number}: its values do not fit the header"))
        return None
    try:
        return read(row)
    except InvalidValue as mistake:
        urn = shortened(row[URN]) or None
        left.append(LeftForPeople(urn, f"Row {number}: {mistake.message}"))
        return None


def _school(row: Row) -> School:
    status = status_named(row[STATUS])
    if status is None:
        raise InvalidValue("", f"There is no status {shortened(row[STATUS])}")
    name = _text(row[NAME], LONGEST_TITLE)
    if name is None:
        raise InvalidValue("", "It has no name")
    kind = type_named(row[TYPE]) or SchoolType.NOT_ELIGIBLE
    approved = row.get(SECTION_41, "").strip().casefold() == "approved"
    texts = {
        field: _text(row[title], most) for title, (field, most) in TEXTS.items() if title in row
    }
    return School(
        urn=Urn.parse(row[URN]),
        name=name,
        type=kind,
        section_41=approved and kind is SchoolType.INDEPENDENT,
        status=status,
        in_england=is_in_england(row[TYPE]),
        opened_on=_day(row[OPENED]),
        closed_on=_day(row[CLOSED]),
        **texts,
    )


def _link(row: Row) -> Link:
    return Link(Urn.parse(row[URN]), Urn.parse(row[LINK_URN]), row[LINK_TYPE])


def _text(cell: str, most: int) -> str | None:
    text = " ".join(without_controls(cell).split())
    if len(text) > most:
        raise InvalidValue("", f"A value has more than {most} characters")
    return text or None


def _day(cell: str) -> date | None:
    text = cleaned(cell)
    if not text:
        return None
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise InvalidValue("", "Its opening or closing date is not a day like 31-08-2025")


@contextmanager
def _table(
    file: Path, needed: Sequence[str]
) -> Iterator[tuple[Sequence[str], Iterable[tuple[int, Row | None]]]]:
    """Opens a file by its columns; yields their names, and the rows by number."""
    csv.field_size_limit(LARGEST_CELL)
    with file.open(encoding=_encoding_of(file), errors="replace", newline="") as text:
        reader = csv.reader(text)
        titles = [title.strip() for title in _next(reader, 0) or ()]
        missing = [name for name in needed if name not in titles]
        if missing:
            raise NotCsv(1, f"{file.name}: columns are missing: {', '.join(missing)}")
        twice = sorted({name for name in titles if name in WANTED and titles.count(name) > 1})
        if twice:
            raise NotCsv(1, f"{file.name}: columns are there twice: {', '.join(twice)}")
        yield titles, _rows(reader, titles)


def _rows(
    reader: Iterator[Sequence[str]], titles: Sequence[str]
) -> Iterator[tuple[int, Row | None]]:
    places = [(place, title) for place, title in enumerate(titles) if title in WANTED]
    number = 1
    while (cells := _next(reader, number)) is not None:
        number += 1
        if any(cells):
            fits = len(cells) == len(titles)
            yield number, {title: cells[place] for place, title in places} if fits else None


def _next(reader: Iterator[Sequence[str]], number: int) -> Sequence[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        raise NotCsv(number + 1, "This row cannot be read: a value is too long") from None


def _encoding_of(file: Path) -> str:
    """Returns how a file is written: Windows-1252, as published, unless all of it is UTF-8."""
    with file.open("rb") as opened:
        if b"\0" in opened.read(1000):
            raise NotCsv(1, f"{file.name}: save the file as CSV UTF-8")
        opened.seek(0)
        return "utf-8-sig" if _is_utf_8(opened) else "windows-1252"


def _is_utf_8(opened: IO[bytes]) -> bool:
    try:
        for line in opened:
            line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
