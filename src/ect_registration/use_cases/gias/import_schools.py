"""Bringing schools up to date with an extract of GIAS: looked at first, again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Self

import attrs

from ect_registration.domain.decisions import Blocked, Evidence, Plain
from ect_registration.domain.gias.establishments import is_left_out
from ect_registration.domain.gias.extract import Extract
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.reference.columns import Value
from ect_registration.domain.reference.tables import TABLES, Difference, ReferenceKind
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.operating.schools import (
    SCHOOL_OPENS_AND_CLOSES,
    Fate,
    Outlook,
    check_few_close,
)
from ect_registration.domain.school import School, SchoolStatus
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.gias.closing import end_school, take_closing_back
from ect_registration.use_cases.gias.corrected_days import CorrectedDay
from ect_registration.use_cases.gias.moving import Moved, move_school
from ect_registration.use_cases.gias.outlooks import outlooks_of
from ect_registration.use_cases.transactions import Ports, transact

AT_ONCE = 1000  # schools in a unit of work, so that others get their turn

Told = Callable[[Sequence[Difference]], None]


@attrs.frozen
class LeftForPeople:
    """What could not be decided, and why."""

    urn: str | None
    reason: str


@attrs.frozen
class Imported:
    """How many schools became what, and what is left for people."""

    counts: Mapping[str, int]
    left: Sequence[LeftForPeople]


def import_schools(
    extract: Extract,
    user: str,
    ports: Ports,
    told: Told,
    *,
    confirmed: bool = False,
    dry_run: bool = False,
) -> Imported | Blocked:
    """Adds and changes schools, and moves or ends the records of those that have closed.

    What differs is told in portions. A run that was cut off goes on when it is given again, and a
    second run changes nothing. Blocked, unless ``confirmed``, if many schools would close or move.
    """
    with ports.reading() as uow:
        today = ports.clock.today()
        records = uow.schools.records(today)
        outlooks = outlooks_of(extract, records, uow, today)
        known, closing = _known_and_closing(extract, uow)
    moving = {urn for urn in records if urn in outlooks and outlooks[urn].fate is Fate.MOVES}
    concerned = len(closing | moving)
    decision = check_few_close(concerned, known, confirmed=confirmed or dry_run)
    if isinstance(decision, Blocked):
        return decision
    counts, left = Counter[str](), list[LeftForPeople]()
    for portion in _portions(extract):
        saved, undecided = _save(portion, extract, user, ports, told, dry_run=dry_run)
        counts += saved
        left += undecided
    left += _follow(outlooks, counts, user, ports, told, dry_run=dry_run)
    return Imported({name: counts[name] for name in COUNTED}, left)


COUNTED = ("added", "changed", "unchanged", "left_out", "closed", "moved", "ended")


def _portions(extract: Extract) -> Iterator[Sequence[School]]:
    schools = iter(extract.schools[urn] for urn in sorted(extract.schools))
    while portion := list(islice(schools, AT_ONCE)):
        yield portion


def _known_and_closing(extract: Extract, uow: UnitOfWork) -> tuple[int, set[Urn]]:
    known, closing = 0, set()
    for portion in _portions(extract):
        for before in uow.schools.with_urns([school.urn for school in portion]):
            known += 1
            if _closes(before, extract.schools[before.urn]):
                closing.add(before.urn)
    return known, closing


def _closes(before: School, after: School) -> bool:
    closed = SchoolStatus.CLOSED
    return before.status is not closed and after.status is closed


def _save(
    portion: Sequence[School],
    extract: Extract,
    user: str,
    ports: Ports,
    told: Told,
    *,
    dry_run: bool,
) -> tuple[Counter[str], Sequence[LeftForPeople]]:
    """Saves a portion of schools in a unit of work of its own, and returns what became of them.

    What ended on a closing day that is corrected follows it there, as a later run cannot see that.
    """

    def work(uow: UnitOfWork) -> _Portion:
        if not dry_run:
            uow.hold([Hold.EVERYTHING])
        found = _Portion.of(portion, extract, uow)
        if found.changes and not dry_run:
            uow.schools.save_all([after for _, after, _ in found.changes])
            uow.history.add(found.history(user, ports))
            for urn in found.reopened:
                take_closing_back(urn, user, ports, uow)
            for day in found.corrected:
                day.follow(user, ports, uow)
            uow.commit()
        return found

    if dry_run:
        with ports.reading() as uow:
            found = work(uow)
    else:
        found = transact(ports, work)
    told([difference for *_, differences in found.changes for difference in differences])
    return found.counts, list(_follow_days(found, ports.clock.today(), told))


def _follow_days(found: _Portion, today: date, told: Told) -> Iterator[LeftForPeople]:
    """Tells what ends on a corrected day; yields what is left for people."""
    for day in found.corrected:
        outlook = day.outlook(today)
        if outlook.last_day is None:
            yield LeftForPeople(day.school.urn.digits, outlook.reason)
            continue
        found.counts["ended"] += 1
        before, after = f"ended on {day.wrong}", f"ended on {outlook.last_day}"
        told([_about_records(day.school.urn, before, after)])


@attrs.frozen
class _Portion:
    """Some schools, each with what differs."""

    changes: Sequence[tuple[School | None, School, Sequence[Difference]]]
    counts: Counter[str]
    corrected: Sequence[CorrectedDay]

    @classmethod
    def of(cls, portion: Sequence[School], extract: Extract, uow: UnitOfWork) -> Self:
        """Compares these schools with what is there."""
        known = {each.urn: each for each in uow.schools.with_urns([s.urn for s in portion])}
        changes, counts = [], Counter[str]()
        corrected = list[CorrectedDay]()
        for school in portion:
            before = known.get(school.urn)
            if before is None and is_left_out(school):
                counts["left_out"] += 1
                continue
            after = school if before is None else _updated(before, school, extract.columns)
            differences = _differences(before, after)
            counts["added" if before is None else "changed" if differences else "unchanged"] += 1
            counts["closed"] += before is not None and _closes(before, after)
            if differences:
                changes.append((before, after, differences))
            if day := CorrectedDay.of(before, after, uow):
                corrected.append(day)
        return cls(changes, counts, corrected)

    @property
    def reopened(self) -> Sequence[Urn]:
        """Returns the schools that had closed and have not any more."""
        return [
            after.urn for before, after, _ in self.changes if before and _closes(after, before)
        ]

    def history(self, user: str, ports: Ports) -> Iterator[Change]:
        """Yields a line for each school that differs."""
        at = ports.clock.stamp()
        for _, after, differences in self.changes:
            named: Evidence = {"kind": ReferenceKind.SCHOOLS.value, "key": after.urn.digits}
            yield Change(
                at=at,
                actor=user,
                school=after.urn,
                what=What.REFERENCE_CHANGED,
                rules=(SCHOOL_OPENS_AND_CLOSES.id,),
                before={**named, **{each.column: _plain(each.before) for each in differences}},
                after={each.column: _plain(each.after) for each in differences},
            )


def _updated(before: School, school: School, columns: frozenset[str]) -> School:
    """Returns the school with the columns that the extract has."""
    return attrs.evolve(before, **{name: getattr(school, name) for name in columns})


_COLUMNS = TABLES[ReferenceKind.SCHOOLS].names


def _differences(before: School | None, after: School) -> Sequence[Difference]:
    differing = []
    for name in _COLUMNS:
        old = None if before is None else _value(before, name)
        new = _value(after, name)
        if old != new:
            differing.append(Difference(ReferenceKind.SCHOOLS, after.urn.digits, name, old, new))
    return differing


def _value(school: School, name: str) -> Value:
    value = getattr(school, name)
    return str(value) if isinstance(value, StrEnum | Urn) else value


def _plain(value: Value) -> Plain:
    return value.isoformat() if isinstance(value, date) else value


def _follow(
    outlooks: Mapping[Urn, Outlook],
    counts: Counter[str],
    user: str,
    ports: Ports,
    told: Told,
    *,
    dry_run: bool,
) -> Iterator[LeftForPeople]:
    """Moves or ends the records of closed schools; yields what is left for people."""
    for urn, outlook in outlooks.items():
        if outlook.fate is Fate.MOVES and outlook.successor is not None:
            yield from _moved(urn, outlook.successor, counts, user, ports, told, dry_run=dry_run)
        elif outlook.fate is Fate.ENDS and outlook.last_day is not None:
            if not dry_run:
                end_school(urn, outlook.last_day, user, ports)
            counts["ended"] += 1
            told([_about_records(urn, "open", f"ended on {outlook.last_day}")])
        else:
            yield LeftForPeople(urn.digits, outlook.reason)


def _moved(
    old: Urn, new: Urn, counts: Counter[str], user: str, ports: Ports, told: Told, *, dry_run: bool
) -> Iterator[LeftForPeople]:
    moved = move_school(old, new, user, ports, published=True, dry_run=dry_run)
    # A dry run has not added the successor.
    if isinstance(moved, Blocked) and not (dry_run and moved.rule is OWN_SCHOOL_ONLY):
        yield LeftForPeople(old.digits, moved.message)
        return
    counts["moved"] += 1
    told([_about_records(old, f"at {old}", f"moved to {new}")])
    if isinstance(moved, Moved):
        yield from (LeftForPeople(old.digits, told) for told in _told_of_both(old, new, moved))


def _told_of_both(old: Urn, new: Urn, moved: Moved) -> Iterator[str]:
    """Yields what became of partnerships that both schools have."""
    for each in moved.replaced:
        which = f"{each.lead_provider} in {each.year}"
        yield f"Trainings with {which} have the delivery partner of {new} now"
    for each in moved.taken_up:
        which = f"The partnership of {new} with {each.lead_provider} in {each.year}"
        partner = f"the delivery partner of {old}, {each.delivery_partner}"
        yield f"{which} had ended. It goes on with {partner}"


def _about_records(urn: Urn, before: str, after: str) -> Difference:
    return Difference(ReferenceKind.SCHOOLS, urn.digits, "records", before, after)
