"""What is done for many ECTs at once has the same result as one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

import pytest

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.examples import (
    ECT_TRN,
    THIS_YEAR,
    TODAY,
    URN,
    a_mentor,
    a_partnership,
    a_registration,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.testing.steps import (
    OTHER_URN,
    Store,
    adding_ect,
    adding_mentor,
    keep,
    registered,
    seen,
)

LAST_YEAR, NOWHERE = AcademicYear(2024), Urn("999999")
OLD, KEPT, NOBODY = Trn("3000001"), Trn("3000002"), Trn("3999999")


def _somebody(number: int, **changes: object) -> EctAtSchool:
    given = {
        "teacher": a_teacher(trn=Trn(f"310000{number}")),
        "email": Email(f"many{number}@example.org"),
    }
    return an_ect(**given | changes)


def _people(uow: UnitOfWork, people: Sequence[Collection[Trn]]) -> None:
    """Hold what is known of each of these people against what is known of each alone."""
    together = uow.many_ects.known_as(people)

    assert [
        (list(each.teachers), list(each.periods), dict(each.schools)) for each in together
    ] == [
        (list(each.teachers), list(each.periods), dict(each.schools))
        for each in map(uow.ects.known_as, people)
    ]


class ManyEctsAtOnce:
    """What is done for many ECTs at once has the same result as one by one."""

    def test_offers_are_those_of_each_school_and_year(self, store: Store) -> None:
        """An unknown school has no offer; each other one has its own latest registration."""
        keep(store, lambda uow: uow.partnerships.add(a_partnership()))
        registered(store, an_ect())
        earlier = a_registration(registered_at=a_registration().registered_at - timedelta(days=1))
        registered(store, _somebody(1, registration=earlier))
        wanted = [(URN, THIS_YEAR), (URN, LAST_YEAR), (OTHER_URN, THIS_YEAR)]
        with store.reading() as uow:
            alone = {each: uow.schools.with_offer(*each) for each in wanted}

            assert uow.many_ects.offers([*wanted, (NOWHERE, THIS_YEAR)]) == alone
            assert uow.many_ects.offers([]) == {}

    def test_people_are_known_under_each_of_their_trns(self, store: Store) -> None:
        """People who were never registered are not known; those of a merge are one person."""
        registered(store, an_ect())
        registered(store, _somebody(1, school=OTHER_URN))
        registered(store, _somebody(2, teacher=a_teacher(trn=OLD), period=Period(TODAY, TODAY)))
        registered(
            store,
            _somebody(3, teacher=a_teacher(trn=KEPT), period=Period(TODAY + timedelta(days=1))),
        )
        people = [[ECT_TRN], [NOBODY], [OLD], [KEPT], [Trn("3100001"), NOBODY], [OLD, KEPT], []]
        with store.reading() as uow:
            _people(uow, people)
            _people(uow, [])
            _people(uow, [[NOBODY]])
            _people(uow, [[]])
        keep(store, lambda uow: uow.teachers.merge(OLD, KEPT))
        with store.unit_of_work() as uow:
            _people(uow, people)

    def test_holders_are_those_of_each_address(self, store: Store) -> None:
        """Holders are ECTs and mentors with an open period; unused addresses are left out."""
        ect, mentor = an_ect(), a_mentor()
        keep(store, adding_ect(ect), adding_mentor(mentor))
        yesterday = TODAY - timedelta(days=1)
        gone = registered(store, _somebody(1, period=Period(yesterday, yesterday)))
        addresses = [ect.email, mentor.email, gone.email, Email("nobody@example.org")]
        asked = [email for email in addresses if email is not None]
        with store.reading() as uow:
            found = uow.many_ects.holders(asked, TODAY)

            assert {email: list(trns) for email, trns in found.items()} == {
                ect.email: [ect.teacher.trn],
                mentor.email: [mentor.teacher.trn],
            }
            assert dict(uow.many_ects.holders([], TODAY)) == {}

    def test_many_are_added_as_one_by_one(self, store: Store) -> None:
        """Names, addresses and trainings are kept; the last ECT written is the latest."""
        mentored = _somebody(1, trainings=(a_training(),))
        many = [mentored, _somebody(3), _somebody(2, email=None)]
        keep(store, lambda uow: uow.many_ects.add(many, TODAY))
        with store.reading() as uow:
            assert list(uow.ects.at_school(URN)) == [many[2], many[1], mentored]
            assert list(uow.emails.holders(Email("many3@example.org"), TODAY)) == [Trn("3100003")]

    def test_one_of_many_in_the_way_refuses_all(self, store: Store) -> None:
        """A claimed address is a conflict, and nothing of the others is kept."""
        ect = registered(store, an_ect())
        with pytest.raises(Conflict):
            keep(
                store,
                lambda uow: uow.many_ects.add(
                    [_somebody(1), _with_email_of(ect, _somebody(2))], TODAY
                ),
            )

        assert [each.id for each in seen(store, lambda uow: uow.ects.at_school(URN))] == [ect.id]


def _with_email_of(ect: EctAtSchool, other: EctAtSchool) -> EctAtSchool:
    """Return the other ECT with this one's email address."""
    return an_ect(id=other.id, teacher=other.teacher, email=ect.email)
