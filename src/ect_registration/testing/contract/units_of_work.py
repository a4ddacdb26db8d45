"""A unit of work keeps all of it or nothing, and a reader sees one moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict, Unstorable
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.examples import (
    URN,
    a_change,
    a_journey,
    a_mentor,
    a_partnership,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.testing.steps import (
    Action,
    Store,
    adding_ect,
    adding_mentor,
    keep,
    persistently,
    registered,
    seen,
)


class Oops(Exception):
    """An error that has nothing to do with the store."""


def _oops(_: UnitOfWork) -> None:
    raise Oops


def _committing(uow: UnitOfWork) -> None:
    uow.commit()


def _using(journey_id: JourneyId) -> Action:
    """Return an action that finds a journey and numbers the next change."""

    def use(uow: UnitOfWork) -> None:
        journey = uow.journeys.find(journey_id)
        assert journey is not None
        number = len(uow.history.of_school(URN))
        uow.history.add([a_change(actor=f"user-{number}")])
        uow.journeys.save(journey)

    return use


class UnitsOfWork:
    """A unit of work keeps all of it or nothing, and a reader sees one moment."""

    def test_leaving_without_commit_discards(self, store: Store) -> None:
        """Changes that were not committed are not kept."""
        ect = an_ect()
        with store.unit_of_work() as uow:
            adding_ect(ect)(uow)

        assert seen(store, lambda uow: uow.ects.find(ect.id)) is None

    def test_everything_is_discarded_together(self, store: Store) -> None:
        """An error discards periods, partnerships, history and journeys alike."""
        journey = a_journey()
        with pytest.raises(Oops):
            keep(
                store,
                adding_mentor(a_mentor()),
                lambda uow: uow.partnerships.add(a_partnership()),
                lambda uow: uow.history.add([a_change()]),
                lambda uow: uow.journeys.add(journey),
                _oops,
            )

        with store.reading() as uow:
            left = [
                *uow.mentors.at_school(URN),
                *uow.partnerships.of_school(URN),
                *uow.history.of_school(URN),
                *uow.journeys.of_user(URN, journey.user),
            ]

        assert left == []

    def test_a_unit_of_work_sees_what_it_wrote(self, store: Store) -> None:
        """Its changes are visible inside before they are visible outside."""
        ect = an_ect()
        with store.unit_of_work() as uow:
            adding_ect(ect)(uow)
            within = uow.ects.find(ect.id)
            beside = seen(store, lambda other: other.ects.find(ect.id))

        assert (within, beside) == (ect, None)

    def test_nothing_may_follow_commit(self, store: Store) -> None:
        """Reading, writing and committing again after commit() raise RuntimeError."""
        with store.unit_of_work() as uow:
            uow.commit()

            with pytest.raises(RuntimeError):
                uow.schools.find(URN)
            with pytest.raises(RuntimeError):
                uow.history.add([a_change()])
            with pytest.raises(RuntimeError):
                uow.commit()

    def test_what_was_committed_stays_when_an_error_follows(self, store: Store) -> None:
        """An error after commit() does not undo it."""
        ect = an_ect()
        with pytest.raises(Oops):
            keep(store, adding_ect(ect), _committing, _oops)

        assert seen(store, lambda uow: uow.ects.find(ect.id)) == ect

    def test_a_conflict_ends_the_unit_of_work(self, store: Store) -> None:
        """After a conflict every call fails, and earlier changes are discarded."""
        registered(store, an_ect())
        mentor = a_mentor()
        with store.unit_of_work() as uow:
            adding_mentor(mentor)(uow)
            with pytest.raises(Conflict):
                uow.ects.add(an_ect())
            with pytest.raises(RuntimeError):
                uow.mentors.find(mentor.id)
            with pytest.raises(RuntimeError):
                uow.commit()

        assert seen(store, lambda uow: uow.mentors.find(mentor.id)) is None

    def test_what_can_never_be_stored_is_told_from_what_a_race_may_explain(
        self, store: Store
    ) -> None:
        """School-led training with a lead provider is never right; an overlap may go away."""
        registered(store, an_ect())
        contradiction = a_training(programme=Programme.SCHOOL_LED)
        wrong = an_ect(
            teacher=a_teacher(trn=Trn("3000002")),
            email=Email("tobias@example.org"),
            trainings=(contradiction,),
        )
        kinds = []
        for ect in (wrong, an_ect()):
            with pytest.raises(Conflict) as caught:
                keep(store, adding_ect(ect))
            kinds.append(type(caught.value))

        assert kinds == [Unstorable, Conflict]

    def test_the_store_goes_on_after_a_conflict(self, store: Store) -> None:
        """A unit of work after a conflict works as usual."""
        registered(store, an_ect())
        with pytest.raises(Conflict):
            keep(store, adding_ect(an_ect()))
        mentor = a_mentor()
        keep(store, adding_mentor(mentor))

        assert seen(store, lambda uow: uow.mentors.find(mentor.id)) == mentor

    def test_a_reader_may_not_write(self, store: Store) -> None:
        """Writing and committing through reading() raise RuntimeError."""
        for write in (
            lambda uow: uow.history.add([a_change()]),
            lambda uow: uow.journeys.add(a_journey()),
            _committing,
        ):
            with store.reading() as uow, pytest.raises(RuntimeError):
                write(uow)

        assert list(seen(store, lambda uow: uow.history.of_school(URN))) == []

    def test_a_reader_sees_one_moment(self, store: Store) -> None:
        """Changes committed meanwhile are visible to the next reader only."""
        ect = an_ect()
        with store.reading() as uow:
            first = list(uow.ects.at_school(URN))
            keep(store, adding_ect(ect))
            second = list(uow.ects.at_school(URN))

        assert (first, second) == ([], [])
        assert list(seen(store, lambda uow: uow.ects.at_school(URN))) == [ect]

    def test_units_of_work_never_interleave_on_what_they_hold(self, store: Store) -> None:
        """Threads that hold the same journey never see the same history."""
        journey = a_journey()
        keep(store, lambda uow: uow.journeys.add(journey))

        def use(_: int) -> None:
            persistently(store, _using(journey.id), holds=[Hold.journey(journey.id)])

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(use, range(12)))
        actors = [change.actor for change in seen(store, lambda uow: uow.history.of_school(URN))]

        assert actors == [f"user-{number}" for number in range(12)]
