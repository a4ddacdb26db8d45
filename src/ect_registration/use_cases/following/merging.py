"""Makes two TRNs that TRS has merged one person, and one record unless a guarantee forbids it."""

from __future__ import annotations

import attrs

from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.following import FOLLOWS_MERGES
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.following.told import Learnt, Rows, Told
from ect_registration.use_cases.journeys.merged_trns import keep_merge


def follow_merge(told: Told, uow: UnitOfWork) -> set[Learnt]:
    """Keeps a merge, and moves what is known under old TRNs to the one that TRS kept.

    Where a guarantee forbids it, nothing moves and operators find the pair. It is tried
    again whenever either of the two is looked up. The caller holds the person.
    """
    record = told.record
    old, kept = record.merged_from, record.trn
    is_new = old is not None and kept not in uow.people.trns(old)
    renamed = _periods_of(old, uow) if old is not None and is_new else ()
    keep_merge(record, uow)
    known = {teacher.trn: teacher for teacher in uow.teachers.known_as(record.trns)}
    learnt = set()
    if old is not None and is_new and old not in known:
        _tell(told, old, renamed, uow)
        learnt.add(Learnt.MERGED)
    for trn in known.keys() - {kept} if kept in known else ():
        rows = _periods_of(trn, uow)
        if rows and _moves(known[trn], known[kept], uow):
            _tell(told, trn, rows, uow)
            learnt.add(Learnt.MERGED)
        elif rows and trn == old:  # told once, though both are looked up
            learnt.add(Learnt.MERGE_LEFT)
    return learnt


def _moves(old: Teacher, kept: Teacher, uow: UnitOfWork) -> bool:
    """Moves everything, or nothing; says which. A correction of the name goes along."""
    try:
        with uow.savepoint():
            uow.teachers.move_periods(old.trn, kept.trn)
    except Conflict:
        return False
    if old.corrected_name is not None and old.trs_name:
        uow.teachers.save(attrs.evolve(old, corrected_name=None, trs_name_changed_since=False))
    if kept.corrected_name is None and old.corrected_name is not None:
        since = old.trs_name_changed_since or (old.trs_name != kept.trs_name)
        uow.teachers.save(
            attrs.evolve(kept, corrected_name=old.corrected_name, trs_name_changed_since=since)
        )
    return True


def _periods_of(trn: Trn, uow: UnitOfWork) -> Rows:
    ects = uow.ects.of_people([trn], withdrawn=True)
    return [*ects, *uow.mentors.of_people([trn], withdrawn=True)]


def _tell(told: Told, old: Trn, rows: Rows, uow: UnitOfWork) -> None:
    """Writes a line for each period that goes by the retained TRN from now on."""
    before, after = {"trn": old.digits}, {"trn": told.record.trn.digits}
    line = told.line(What.TRNS_MERGED, FOLLOWS_MERGES, told.record.trn, before, after)
    moved = [attrs.evolve(change, trn=told.record.trn) for change in told.lines(line, rows)]
    uow.history.add(moved)
