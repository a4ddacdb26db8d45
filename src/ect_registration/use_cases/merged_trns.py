"""A merge that TRS shows: both TRNs are one person from then on, whatever the search comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import attrs

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.school_year.following import FOLLOWS_MERGES
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.transactions import Ports, transact

Rows = Sequence[EctAtSchool | MentorAtSchool]


@attrs.frozen
class Merge:
    """Two TRNs of one person, and who learnt that, when."""

    old: Trn
    retained: Trn
    user: str
    at: datetime

    def keep(self, uow: UnitOfWork) -> None:
        """Keeps the old TRN as an alias, with its history. The caller holds both, and commits.

        Saying it again changes nothing.
        """
        moved = self.keep_alias(uow)
        if moved is not None:
            uow.history.add(self.lines(moved))

    def keep_alias(self, uow: UnitOfWork) -> Rows | None:
        """Keeps the old TRN as an alias; returns None if it was one already.

        Else the periods come back that go by the retained TRN from now on: none of them when both
        TRNs were known.
        """
        is_new = self.retained not in uow.people.trns(self.old)
        rows = periods_of(self.old, uow) if is_new else ()
        uow.teachers.merge(self.old, self.retained)
        if not is_new:
            return None
        return () if any(t.trn == self.old for t in uow.teachers.known_as([self.old])) else rows

    def lines(self, rows: Rows) -> Iterator[Change]:
        """Yields a line for each period that goes by the retained TRN from now on.

        Without any it is one about the person alone.
        """
        before, after = ({"trn": trn.digits} for trn in (self.old, self.retained))
        rules = (FOLLOWS_MERGES.id,)
        line = Change(
            self.at, self.user, None, What.TRNS_MERGED, rules, self.retained, None, before, after
        )
        if not rows:
            yield line
        for row in rows:
            yield attrs.evolve(line, school=row.school, about=row.id)


def periods_of(trn: Trn, uow: UnitOfWork) -> Rows:
    """Returns everything under this very TRN."""
    ects = uow.ects.of_people([trn], withdrawn=True)
    return [*ects, *uow.mentors.of_people([trn], withdrawn=True)]


def holds_to_keep_merge(record: TeacherRecord | None) -> Sequence[Hold]:
    """Returns both people when there is a merge to keep: they become one."""
    if record is None or record.merged_from is None:
        return ()
    return [Hold.person(trn) for trn in record.trns]


def keep_merge(record: TeacherRecord | None, user: str, at: datetime, uow: UnitOfWork) -> None:
    """Keeps the old TRN of a record, if there is one. The caller holds both, and commits."""
    if record is not None and record.merged_from is not None:
        Merge(record.merged_from, record.trn, user, at).keep(uow)


def keep_merge_at_once(record: TeacherRecord | None, user: str, ports: Ports) -> None:
    """Keeps a merge in a unit of work of its own, if there is one to keep."""
    if record is None or record.merged_from is None:
        return

    def work(uow: UnitOfWork) -> None:
        uow.hold(holds_to_keep_merge(record))
        keep_merge(record, user, ports.clock.stamp(), uow)
        uow.commit()

    transact(ports, work)
