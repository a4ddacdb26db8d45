"""Registering the rows of a file: each is decided, and kept or refused, on its own.

The rules of a row are those of one registration, in the same order. Rows are committed together,
each in a savepoint, so that one that a guarantee refuses takes no other along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.check_answers import check_saved_as_shown
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.bulk.deciding import changes_others, decide
from ect_registration.use_cases.bulk.facts import RowFacts
from ect_registration.use_cases.bulk.finding import Finder
from ect_registration.use_cases.bulk.refused import refusals_of_rows
from ect_registration.use_cases.bulk.rows import (
    DoneBefore,
    FileRow,
    Outcome,
    Proven,
    RowResult,
    ShownRow,
)
from ect_registration.use_cases.journeys.journey_type import Decided
from ect_registration.use_cases.merged_trns import keep_merge_at_once
from ect_registration.use_cases.notifying.write import telling_of
from ect_registration.use_cases.operating.refusals import counting_numbers, keep_refusals
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.register_ect import rests_on
from ect_registration.use_cases.registering.write_ect import (
    Signature,
    new_ect,
    registration_line,
    signature_of,
    tell_of_registration,
    write_registration,
)
from ect_registration.use_cases.transactions import Actor, Ports, Tells, transact

FOUND_TOGETHER = 500  # rows: as many as TRS takes in a call
KEPT_TOGETHER = 100  # rows: others get their turn in between

T = TypeVar("T")


def register_many(
    rows: Iterable[FileRow],
    user: str,
    ports: Ports,
    *,
    dry_run: bool = False,
    tells: Tells = Tells.NOBODY,
    reason: str | None = None,
) -> Iterator[RowResult]:
    """Registers each row, or says why not; yields what became of them, once it is kept.

    Refusals are kept for support; a ``reason`` stands in history. A dry run writes nothing, and
    says what would become of them. Given again, rows that were registered are done before. Raises
    Unavailable without a database; what was yielded stays.
    """
    today = ports.clock.today()
    writer: _Rehearsal | Registering
    if dry_run:
        finder, writer = Finder(ports, today), _Rehearsal(today, ports)
    else:
        finder = Finder(ports, today, note=counting_numbers(Role.ECT, ports))
        writer = Registering(user, tells, today, ports, reason=reason)
    for together in in_parts(rows, FOUND_TOGETHER):
        found = list(finder.find(together))
        for part in in_parts(zip(together, found, strict=True), KEPT_TOGETHER):
            proven = [each for _, each in part if isinstance(each, Proven)]
            outcomes = iter(writer.outcomes(proven))
            results = [_result(row, each, outcomes) for row, each in part]
            if not dry_run:
                outcomes_of = zip((each for _, each in part), results, strict=True)
                keep_refusals(refusals_of_rows(outcomes_of, user, today), ports)
            yield from results


def in_parts(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Yields so many items at a time."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def _result(row: FileRow, found: Proven | Outcome, outcomes: Iterator[Outcome]) -> RowResult:
    if not isinstance(found, Proven):
        return RowResult(row.number, row.school, row.trn, found)
    return RowResult(row.number, row.school, row.trn, next(outcomes), found.record.name)


@attrs.frozen
class Registering:
    """Registers rows for good, as they were shown if they were shown to a user."""

    _user: str
    _tells: Tells
    _today: date
    _ports: Ports
    _shown: Mapping[int, ShownRow] = attrs.Factory(dict)  # by the number of the row
    _receipt: Actor | None = None  # who gets one for all rows that are written together
    _reason: str | None = None  # of an operator who acts for the schools

    def outcomes(self, rows: Sequence[Proven]) -> Sequence[Outcome]:
        """Returns what became of these rows: those in a conflict are decided again, alone."""
        if not rows:
            return []
        for row in rows:
            keep_merge_at_once(row.record, self._user, self._ports)
        together = transact(self._ports, partial(self._together, rows))
        return [
            transact(self._ports, partial(self._alone, row)) if outcome is None else outcome
            for row, outcome in zip(rows, together, strict=True)
        ]

    def _together(self, rows: Sequence[Proven], uow: UnitOfWork) -> Sequence[Outcome | None]:
        """Keeps all of them in one step, or else each in a step of its own."""
        outcomes: Sequence[Outcome | None]
        uow.hold([hold for row in rows for hold in rests_on(row.draft, row.school)])
        try:
            with uow.savepoint():
                outcomes = self._in_one_step(rows, uow)
        except Conflict:
            outcomes = self._one_by_one(rows, uow)
        self._write_receipt(outcomes, uow)
        uow.commit()
        return outcomes

    def _in_one_step(self, rows: Sequence[Proven], uow: UnitOfWork) -> Sequence[Outcome]:
        writing = self._writing(uow)
        writing.facts.gather(uow, rows, self._today)
        outcomes = [writing.outcome(row) for row in rows]
        writing.flush()
        return outcomes

    def _one_by_one(self, rows: Sequence[Proven], uow: UnitOfWork) -> Sequence[Outcome | None]:
        writing = self._writing(uow)
        outcomes: list[Outcome | None] = []
        for row in rows:
            try:
                with uow.savepoint():
                    outcomes.append(writing.at_once(row))
            except Conflict:
                outcomes.append(None)
                writing = self._writing(uow)  # without the facts of what was rolled back
        return outcomes

    def _writing(self, uow: UnitOfWork) -> _Writing:
        return _Writing(self._acting, self._today, self._ports, uow, self._shown)

    def _acting(self, school: Urn) -> Actor:
        return Actor(self._user, school, self._tells, self._reason)

    def _write_receipt(self, outcomes: Sequence[Outcome | None], uow: UnitOfWork) -> None:
        registered = sum(isinstance(outcome, Registered) for outcome in outcomes)
        if self._receipt is not None and registered:
            telling_of(self._receipt, self._ports).tell_of_upload(registered, uow)

    def _alone(self, row: Proven, uow: UnitOfWork) -> Outcome:
        uow.hold(rests_on(row.draft, row.school))
        outcome = self._writing(uow).at_once(row)
        uow.commit()
        return outcome


@attrs.define
class _Writing:
    """Writes rows in one unit of work; records that touch no other may wait for each other."""

    _acting: Callable[[Urn], Actor]  # at a school
    _today: date
    _ports: Ports
    _uow: UnitOfWork
    _shown: Mapping[int, ShownRow]
    facts: RowFacts = attrs.field(init=False)
    _waiting: list[tuple[EctAtSchool, Signature]] = attrs.field(init=False, factory=list)

    @facts.default
    def _of_the_unit(self) -> RowFacts:
        return RowFacts(self._uow)

    def outcome(self, row: Proven) -> Outcome:
        """Decides a row, and writes it now or with others."""
        shown = self._shown.get(row.number)
        id = None if shown is None else shown.id
        done = None if id is None else self._uow.ects.find(id)
        if done is not None:
            return DoneBefore(done)
        decided = decide(row, self._today, self.facts)
        if not isinstance(decided, Decided):
            return decided
        as_shown = shown and check_saved_as_shown(shown.preview, decided.case.preview)
        if isinstance(as_shown, Blocked):
            return as_shown
        signature = signature_of(self._acting(row.school), decided.progress.decisions, self._ports)
        if not (decided.case.ended or changes_others(decided.case)):
            ect = new_ect(decided.case, signature.at, self._ports.new_id, id=id)
            self._waiting.append((ect, signature))
            self._uow.history.add(signature.on([registration_line(decided.case, ect, signature)]))
        else:
            self.flush()
            ect = write_registration(decided.case, signature, self._uow, self._ports.new_id, id=id)
        if changes_others(decided.case):
            self.facts = RowFacts(self._uow)
        else:
            self.facts.note(decided.case, ect)
        return Registered(ect, row.record.merged_from)

    def at_once(self, row: Proven) -> Outcome:
        """Decides a row, and writes it now."""
        outcome = self.outcome(row)
        self.flush()
        return outcome

    def flush(self) -> None:
        """Writes the records that wait."""
        waiting = tuple(self._waiting)
        self._waiting.clear()
        if waiting:
            self._uow.many_ects.add([ect for ect, _ in waiting], self._today)
        for ect, signature in waiting:
            tell_of_registration(ect, signature, self._uow)


@attrs.define
class _Rehearsal:
    """Says what would become of rows, one after the other, and writes nothing."""

    _today: date
    _ports: Ports
    _facts: RowFacts | None = attrs.field(init=False, default=None)

    def outcomes(self, rows: Sequence[Proven]) -> Sequence[Outcome]:
        """Returns what would become of these rows, after those before them."""
        with self._ports.reading() as uow:
            facts = self._facts = self._facts or RowFacts(uow)
            facts.gather(uow, rows, self._today)
            return [self._one(row, facts) for row in rows]

    def _one(self, row: Proven, facts: RowFacts) -> Outcome:
        decided = decide(row, self._today, facts)
        if not isinstance(decided, Decided):
            return decided
        ect = new_ect(decided.case, self._ports.clock.stamp(), self._ports.new_id)
        facts.note(decided.case, ect)
        return Registered(ect, row.record.merged_from)
