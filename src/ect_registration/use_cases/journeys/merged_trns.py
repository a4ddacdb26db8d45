"""A merge that TRS shows: both TRNs are one person from then on, whatever the search comes to."""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.ports.holds import Hold
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact


def holds_to_keep_merge(record: TeacherRecord | None) -> Sequence[Hold]:
    """Returns both people when there is a merge to keep: they become one."""
    if record is None or record.merged_from is None:
        return ()
    return [Hold.person(trn) for trn in record.trns]


def keep_merge(record: TeacherRecord | None, uow: UnitOfWork) -> None:
    """Keeps the old TRN as an alias of the retained one. The caller holds both, and commits."""
    if record is not None and record.merged_from is not None:
        uow.teachers.merge(record.merged_from, record.trn)


def keep_merge_at_once(record: TeacherRecord | None, ports: Ports) -> None:
    """Keeps a merge in a unit of work of its own, if there is one to keep."""
    if record is None or record.merged_from is None:
        return

    def work(uow: UnitOfWork) -> None:
        uow.hold(holds_to_keep_merge(record))
        keep_merge(record, uow)
        uow.commit()

    transact(ports, work)
