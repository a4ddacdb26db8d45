"""A school is told which of its people emails do not reach."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.notice import (
    Happening,
    NoticeState,
    Recipient,
    Role,
    Undelivered,
    Unreached,
)
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.contract.kept_notices import a_notice, adding, settled
from ect_registration.testing.examples import (
    TERM_STARTS,
    TODAY,
    URN,
    a_mentor,
    a_teacher,
    an_ect,
)
from ect_registration.testing.steps import (
    OTHER_URN,
    Store,
    adding_ect,
    adding_mentor,
    keep,
    seen,
)

DAY = timedelta(1)


def _mentor_without_address(number: int, **changes: Any) -> MentorAtSchool:
    teacher = a_teacher(trn=Trn(f"700000{number}"), trs_name=f"Mentor {number}")
    return a_mentor(**{"teacher": teacher, "email": None} | changes)


class UnreachedPeople:
    """A school finds its people that no notice reaches: those without a working address."""

    def test_people_to_whom_notices_were_refused_are_named_to_their_school(
        self, store: Store
    ) -> None:
        """Each is named once, by the first notice, without receipts, other schools and undone."""
        mentor, ect = a_mentor(), an_ect()
        undone = an_ect(teacher=a_teacher(trn=Trn("6000001")), email=None, withdrawn=True)
        elsewhere = an_ect(teacher=a_teacher(trn=Trn("6000002")), email=None, school=OTHER_URN)
        keep(
            store, adding_mentor(mentor), *(adding_ect(each) for each in (ect, undone, elsewhere))
        )
        refused = [
            a_notice(about=mentor.id, role=Role.MENTOR),
            a_notice(about=ect.id),
            a_notice(about=ect.id, happened=Happening.UNDONE),
            a_notice(about=undone.id),
            a_notice(about=elsewhere.id, school=OTHER_URN),
            a_notice(),  # about an id that no period has
            a_notice(about=ect.id, to=Recipient.USER, user="user-1"),
        ]
        dropped = a_notice(about=ect.id)
        keep(store, adding(*refused, dropped), settled(dropped, NoticeState.DROPPED))
        for notice in reversed(refused):
            keep(store, settled(notice, NoticeState.REFUSED, "no such address"))

        def refused_at(most: int) -> list[Undelivered]:
            found = seen(store, lambda uow: uow.announcements.to_tell(URN, TODAY, most))
            return list(found.unreached.refused)

        assert refused_at(6) == [
            Undelivered(Role.MENTOR, mentor.id, mentor.teacher.name),
            Undelivered(Role.ECT, ect.id, ect.teacher.name),
        ]
        assert len(refused_at(1)) == 1

        def loses_the_address(uow: UnitOfWork) -> None:
            uow.ects.change(ect, attrs.evolve(ect, email=None))

        keep(store, loses_the_address)
        assert [each.id for each in refused_at(6)] == [mentor.id]

    def test_mentors_who_are_here_without_an_address_are_named_to_their_school(
        self, store: Store
    ) -> None:
        """They come by first day, with a count, without those who left or were undone."""
        second = _mentor_without_address(1, period=Period(TODAY, TODAY))
        first = _mentor_without_address(2)
        third = _mentor_without_address(3, period=Period(TODAY + DAY))
        others = (
            _mentor_without_address(4, period=Period(TERM_STARTS, TODAY - DAY)),
            _mentor_without_address(5, school=OTHER_URN),
            _mentor_without_address(6, withdrawn=True),
            a_mentor(),
        )
        keep(store, *map(adding_mentor, (second, first, third, *others)))

        def found(most: int) -> Unreached:
            return seen(store, lambda uow: uow.announcements.to_tell(URN, TODAY, most)).unreached

        named = [Undelivered(Role.MENTOR, m.id, m.teacher.name) for m in (first, second, third)]
        assert found(6) == Unreached([], named, 3)
        assert found(2) == Unreached([], named[:2], 3)
