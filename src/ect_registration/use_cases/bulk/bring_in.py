"""Brings in records from elsewhere: each row on its own, under every guarantee.

No rule about dates or choices is decided: the records are as they are. Names come from TRS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import attrs

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.rules.identifying.identity import TRN_NOT_FOUND, TRS_UNAVAILABLE
from ect_registration.domain.values import Trn
from ect_registration.domain.world import (
    InvalidWorld,
    World,
    WorldEct,
    WorldMentor,
    WorldMentorship,
)
from ect_registration.ports.errors import Conflict, Unavailable
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.bulk.finding import FAILURES_IN_A_ROW
from ect_registration.use_cases.bulk.known_names import KnownNames
from ect_registration.use_cases.bulk.register_many import in_parts
from ect_registration.use_cases.merged_trns import keep_merge_at_once
from ect_registration.use_cases.operating.load_names import under_present_names
from ect_registration.use_cases.operating.load_people import People
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.transactions import Ports, transact

Item = WorldEct | WorldMentor | WorldMentorship

KEPT_TOGETHER = 100  # rows: others get their turn in between

CONTRADICTION = "This contradicts a record that is there already"


@attrs.frozen
class RecordRow:
    """One record, or the first mistake in its cells with all others."""

    number: int
    item: Item | InvalidRequest


@attrs.frozen
class BroughtIn:
    """What became of a row: it was added or not, or there is a mistake."""

    number: int
    added: bool
    mistake: InvalidRequest | None = None

    @property
    def is_unavailable(self) -> bool:
        """Says whether TRS could not tell who the person is."""
        return self.mistake is not None and self.mistake.rule == TRS_UNAVAILABLE.id


def bring_in(
    rows: Iterable[RecordRow], user: str, ports: Ports, *, dry_run: bool = False
) -> Iterator[BroughtIn]:
    """Adds records that are not there yet; yields what became of each row, once it is kept.

    A dry run writes nothing. Given again, nothing is added. Raises Unavailable without a
    database.
    """
    names = _Names(ports)
    for together in in_parts(rows, KEPT_TOGETHER):
        looked_up = [names.looked_up(row) for row in together]
        if not dry_run:
            for trn in names.merged_lately():
                keep_merge_at_once(trn, user, ports)
        yield from transact(ports, partial(_keep, looked_up, names.found, user, ports, dry_run))


@attrs.define
class _Names:
    """The names of people, each asked for once; when TRS is out of reach, it is left alone."""

    _ports: Ports
    found: dict[Trn, str] = attrs.field(init=False, factory=dict)
    _retained: dict[Trn, Trn] = attrs.field(init=False, factory=dict)
    _merged: list[TeacherRecord] = attrs.field(init=False, factory=list)
    _failures: int = attrs.field(init=False, default=0)

    def looked_up(self, row: RecordRow) -> RecordRow:
        """Returns the row under the TRN that TRS kept, or with why there is no name."""
        if not isinstance(row.item, WorldEct | WorldMentor):
            return row
        trn = row.item.trn
        mistake = None if trn in self._retained else self._ask(trn)
        if mistake is not None:
            return attrs.evolve(row, item=mistake)
        return attrs.evolve(row, item=attrs.evolve(row.item, trn=self._retained[trn]))

    def merged_lately(self) -> Sequence[TeacherRecord]:
        """Returns the merges that were found since this was asked last."""
        merged, self._merged = self._merged, []
        return merged

    def _ask(self, trn: Trn) -> InvalidRequest | None:
        answer = self._answer(trn)
        if answer is None:
            return InvalidRequest(TRS_UNAVAILABLE.id, "trn", TRS_UNAVAILABLE.tells)
        if isinstance(answer, NoMatch):
            return InvalidRequest(TRN_NOT_FOUND.id, "trn", TRN_NOT_FOUND.tells)
        if answer.merged_from is not None:
            self._merged.append(answer)
        self.found[answer.trn], self._retained[trn] = answer.name, answer.trn
        return None

    def _answer(self, trn: Trn) -> TeacherRecord | NoMatch | None:
        if self._failures >= FAILURES_IN_A_ROW:
            return None
        try:
            answer = self._ports.teacher_records.by_trn(trn)
        except Unavailable:
            self._failures += 1
            return None
        self._failures = 0
        return answer


def _keep(
    rows: Sequence[RecordRow],
    names: Mapping[Trn, str],
    user: str,
    ports: Ports,
    dry_run: bool,
    uow: UnitOfWork,
) -> Sequence[BroughtIn]:
    """Writes these rows, each in a savepoint; a dry run ends without keeping them."""
    uow.hold({hold for row in rows for hold in _rests_on(row.item)})
    people = People(names, user, ports, uow)
    items = [row.item for row in rows if not isinstance(row.item, InvalidRequest)]
    known = KnownNames.of({item.school for item in items}, uow)
    results = [_one(row, people, known, uow) for row in rows]
    if not dry_run:
        uow.commit()
    return results


def _one(row: RecordRow, people: People, known: KnownNames, uow: UnitOfWork) -> BroughtIn:
    if isinstance(row.item, InvalidRequest):
        return BroughtIn(row.number, False, row.item)
    try:
        with uow.savepoint():
            return BroughtIn(row.number, _add(row.item, people, known, uow))
    except _Mistaken as mistaken:
        return BroughtIn(row.number, False, mistaken.mistake)
    except Conflict:
        return BroughtIn(row.number, False, InvalidRequest(None, "$", CONTRADICTION))


class _Mistaken(Conflict):
    """A record that our data does not let in, and why; a savepoint undoes what it wrote."""

    def __init__(self, mistake: InvalidRequest) -> None:
        super().__init__(mistake.field)
        self.mistake = mistake


def _add(item: Item, people: People, known: KnownNames, uow: UnitOfWork) -> bool:
    if isinstance(item, WorldEct):
        [item] = under_present_names(World(ects=(item,)), uow).ects
    if mistakes := tuple(known.mistakes_of(item)):
        raise _Mistaken(attrs.evolve(mistakes[0], mistakes=mistakes))
    try:
        return _added(item, people)
    except InvalidWorld as mistake:
        raise _Mistaken(InvalidRequest(mistake.rule, mistake.path, mistake.problem)) from None


def _added(item: Item, people: People) -> bool:
    match item:
        case WorldEct():
            return people.add_ect(item)
        case WorldMentor():
            return people.add_mentor(item)
        case _:
            return people.add_mentorship(item)


def _rests_on(item: Item | InvalidRequest) -> Iterator[Hold]:
    """Yields what others may change of this record: its school, people and email address."""
    if isinstance(item, InvalidRequest):
        return
    yield Hold.school(item.school)
    if isinstance(item, WorldMentorship):
        yield Hold.person(item.ect)
        yield Hold.person(item.mentor)
        return
    yield Hold.person(item.trn)
    if item.email is not None:
        yield Hold.email(item.email)
