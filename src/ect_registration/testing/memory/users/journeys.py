"""Unfinished registrations, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs

from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import must_be_known, must_be_known_if_given
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryJourneys:
    """Journeys by id."""

    _work: Work

    def add(self, journey: SavedJourney) -> None:
        """Adds a journey. Raises Conflict when its id is taken."""
        with self._work.writing() as state:
            if journey.id in state.journeys:
                raise Conflict("the id of another journey")
            must_be_known("school", journey.school, state.schools)
            must_be_known_if_given("ECT period", journey.registered, state.ects)
            must_be_known_if_given("mentor period", journey.mentor, state.mentors)
            state.journeys[journey.id] = journey

    def find(self, id: JourneyId) -> SavedJourney | None:
        """Returns a journey, expired or not."""
        return self._work.state.journeys.get(id)

    def of_user(self, school: Urn, user: str) -> Sequence[SavedJourney]:
        """Returns the user's journeys, latest use first."""
        theirs = (
            journey
            for journey in self._work.state.journeys.values()
            if (journey.school, journey.user) == (school, user)
        )
        return sorted(theirs, key=lambda journey: journey.used_at, reverse=True)

    def save(self, journey: SavedJourney) -> None:
        """Saves the draft, moment of use and outcome; school and user stay."""
        with self._work.writing(Hold.journey(journey.id)) as state:
            must_be_known("journey", journey.id, state.journeys)
            must_be_known_if_given("ECT period", journey.registered, state.ects)
            must_be_known_if_given("mentor period", journey.mentor, state.mentors)
            state.journeys[journey.id] = attrs.evolve(
                state.journeys[journey.id],
                draft=journey.draft,
                used_at=journey.used_at,
                registered=journey.registered,
                mentor=journey.mentor,
            )

    def remove_unused_since(self, moment: datetime) -> int:
        """Removes journeys last used at that moment or before, and returns the number."""
        with self._work.writing() as state:
            unused = [id for id, journey in state.journeys.items() if journey.used_at <= moment]
            for id in unused:
                del state.journeys[id]
            return len(unused)

    def remove(self, id: JourneyId) -> None:
        """Removes a journey. Does nothing when it is gone already."""
        with self._work.writing(Hold.journey(id)) as state:
            state.journeys.pop(id, None)
