"""Makes two TRNs that TRS has merged one person, and one record unless a guarantee forbids it."""

from __future__ import annotations

import attrs

from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.following.told import Learnt, Told
from ect_registration.use_cases.merged_trns import Merge, Rows, periods_of


def follow_merge(told: Told, uow: UnitOfWork, *, may_move: bool) -> set[Learnt]:
    """Keeps a merge, and moves what is known under old TRNs to the one that TRS kept.

    Where a guarantee forbids it, or it ``may_move`` nothing, operators find the pair. It is tried
    again whenever either of the two is looked up. The caller holds the person.
    """
    record = told.record
    old, kept = record.merged_from, record.trn
    # What goes by the retained TRN from now on, by the TRN that it went by.
    moved = {} if old is None else _kept_alias(told.merge(old), uow)
    known = {teacher.trn: teacher for teacher in uow.teachers.known_as(record.trns)}
    learnt = {Learnt.MERGED for trn in moved if trn not in known}
    for trn in known.keys() - {kept} if kept in known else ():
        rows = periods_of(trn, uow)
        if rows and may_move and _moves(known[trn], known[kept], uow):
            moved[trn] = rows
            learnt.add(Learnt.MERGED)
        elif rows and trn == old:  # told once, though both are looked up
            learnt.add(Learnt.MERGE_LEFT)
    for trn, rows in moved.items():
        uow.history.add(told.merge(trn).lines(rows))
    return learnt


def _kept_alias(merge: Merge, uow: UnitOfWork) -> dict[Trn, Rows]:
    moved = merge.keep_alias(uow)
    return {} if moved is None else {merge.old: moved}


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
