"""A journey keeps the answers of one user at one school until it expires."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft, JourneyId, SavedJourney
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.values import PersonName, Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.examples import NOW, URN, a_draft, a_journey, a_mentor, an_ect
from ect_registration.testing.steps import (
    OTHER_URN,
    Action,
    Store,
    ids,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)


def _adding(*journeys: SavedJourney) -> Action:

    def add(uow: UnitOfWork) -> None:
        for journey in journeys:
            uow.journeys.add(journey)

    return add


def _found(store: Store, id: JourneyId) -> SavedJourney | None:
    return seen(store, lambda uow: uow.journeys.find(id))


DRAFTS = [
    a_draft(),
    MentorDraft(
        EctId(uuid4()),
        replace=True,
        search=a_draft().search,
        name=NameAnswer(PersonName("Zoë D’Souza")),
        email=Email("zoe@example.org"),
        only_here=False,
        start_date=NOW.date(),
        another_provider=True,
        lead_provider="Teach First",
    ),
    AssignmentDraft(EctId(uuid4()), MentorId(uuid4()), replace=True, another_provider=False),
]


class SavedJourneys:
    """A journey keeps the answers of one user at one school until it expires."""

    def test_an_unknown_journey_is_not_found(self, store: Store) -> None:
        """An id that no journey has finds nothing, although the store has journeys."""
        keep(store, _adding(a_journey()))

        assert _found(store, JourneyId(uuid4())) is None

    @pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: type(draft).__name__)
    def test_an_added_journey_is_found_as_it_was(self, store: Store, draft: AnyDraft) -> None:
        """Every answer is kept, for every kind of journey."""
        journey = a_journey(draft=draft)
        keep(store, _adding(journey))

        assert _found(store, journey.id) == journey

    def test_a_journeys_id_is_its_own(self, store: Store) -> None:
        """A second journey with the same id is refused for every user."""
        journey = a_journey()
        keep(store, _adding(journey))

        assert outcome(store, _adding(attrs.evolve(journey, user="user-2"))) == "conflict"

    def test_a_journey_belongs_to_a_school_that_we_know(self, store: Store) -> None:
        """A dangling URN is refused."""
        assert outcome(store, _adding(a_journey(school=Urn("999999")))) == "conflict"

    def test_saving_keeps_the_draft_the_moment_of_use_and_what_came_of_it(
        self, store: Store
    ) -> None:
        """The saved draft, time and outcome replace the ones before."""
        ect = registered(store, an_ect())
        journey = a_journey()
        keep(store, _adding(journey))
        submitted = attrs.evolve(
            journey, draft=a_draft(), used_at=NOW + timedelta(minutes=5), registered=ect.id
        )
        keep(store, lambda uow: uow.journeys.save(submitted))

        assert _found(store, journey.id) == submitted

    def test_a_journey_stays_with_the_user_and_the_school_that_began_it(
        self, store: Store
    ) -> None:
        """Saving does not move a journey to another user or school."""
        journey = a_journey()
        keep(store, _adding(journey))
        moved = attrs.evolve(journey, user="user-2", school=OTHER_URN)
        keep(store, lambda uow: uow.journeys.save(moved))

        assert _found(store, journey.id) == journey

    def test_a_journey_that_is_gone_cannot_be_saved(self, store: Store) -> None:
        """Saving a journey that expired is a conflict."""
        assert outcome(store, lambda uow: uow.journeys.save(a_journey())) == "conflict"

    def test_what_came_of_a_journey_is_a_period_that_we_know(self, store: Store) -> None:
        """A dangling id is refused."""
        journey = a_journey()
        keep(store, _adding(journey))
        dangling = attrs.evolve(journey, registered=EctId(uuid4()))

        assert outcome(store, lambda uow: uow.journeys.save(dangling)) == "conflict"

    def test_a_users_journeys_come_latest_use_first(self, store: Store) -> None:
        """Journeys of other users and schools are left out."""
        old, new, newest = (a_journey(used_at=NOW + timedelta(minutes=n)) for n in range(3))
        others = [a_journey(user="user-2"), a_journey(school=OTHER_URN)]
        keep(store, _adding(new, newest, *others, old))

        found = seen(store, lambda uow: uow.journeys.of_user(URN, "user-1"))

        assert ids(found) == ids([newest, new, old])

    def test_journeys_unused_since_a_moment_are_removed(self, store: Store) -> None:
        """A journey used at that moment counts as unused since. Returns the number removed."""
        older = a_journey(used_at=NOW - timedelta(microseconds=1))
        exact = a_journey(used_at=NOW)
        newer = a_journey(used_at=NOW + timedelta(microseconds=1))
        keep(store, _adding(older, exact, newer))
        removed: list[int] = []
        keep(store, lambda uow: removed.append(uow.journeys.remove_unused_since(NOW)))

        left = [_found(store, journey.id) for journey in (older, exact, newer)]

        assert (removed, left) == ([2], [None, None, newer])

    def test_a_removed_journey_is_gone(self, store: Store) -> None:
        """Removing one journey leaves the others."""
        journey, other = a_journey(), a_journey()
        keep(store, _adding(journey, other))
        keep(store, lambda uow: uow.journeys.remove(journey.id))

        assert (_found(store, journey.id), _found(store, other.id)) == (None, other)

    def test_removing_a_journey_that_is_gone_changes_nothing(self, store: Store) -> None:
        """Removing an unknown journey is no conflict."""
        assert outcome(store, lambda uow: uow.journeys.remove(JourneyId(uuid4()))) == "kept"

    def test_what_a_journey_made_outlives_it(self, store: Store) -> None:
        """A registered period stays when its journey is removed."""
        ect = registered(store, an_ect())
        journey = a_journey(registered=ect.id)
        keep(store, _adding(journey))
        keep(store, lambda uow: uow.journeys.remove(journey.id))

        assert seen(store, lambda uow: uow.ects.find(ect.id)) == ect

    @pytest.mark.parametrize(
        "draft",
        [
            MentorDraft(EctId(UUID(int=1))),
            AssignmentDraft(EctId(UUID(int=1)), MentorId(UUID(int=2))),
        ],
        ids=["register a mentor", "assign a mentor"],
    )
    def test_a_journey_of_every_kind_is_found_as_it_was(
        self, store: Store, draft: AnyDraft
    ) -> None:
        """A journey keeps its kind and its outcome."""
        ect, mentor = registered(store, an_ect()), taken_on(store, a_mentor())
        journey = a_journey(draft=draft)
        keep(store, _adding(journey))
        begun = _found(store, journey.id)
        over = attrs.evolve(journey, registered=ect.id, mentor=mentor.id)
        keep(store, lambda uow: uow.journeys.save(over))

        assert (begun, _found(store, journey.id)) == (journey, over)
        assert list(seen(store, lambda uow: uow.journeys.of_user(URN, "user-1"))) == [over]

    def test_the_mentor_whom_a_journey_registered_is_one_that_we_know(self, store: Store) -> None:
        """A dangling id is refused, from the start and later."""
        journey = a_journey()
        keep(store, _adding(journey))
        dangling = attrs.evolve(journey, mentor=MentorId(uuid4()))

        assert outcome(store, lambda uow: uow.journeys.save(dangling)) == "conflict"
        assert outcome(store, _adding(attrs.evolve(dangling, id=JourneyId(uuid4())))) == "conflict"
