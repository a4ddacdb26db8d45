"""What was done, and what is being done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ect_registration.domain.drafts.saved_journey import JourneyId, SavedJourney
from ect_registration.domain.records.history import Change
from ect_registration.domain.records.history_chain import Chain, Link
from ect_registration.domain.values import Urn


class History(Protocol):
    """What happened. Append-only, and chained: a chain for each school, one for no school."""

    def add(self, changes: Iterable[Change]) -> None:
        """Adds changes in the order given.

        Raises Conflict for an unknown school, at the latest at the commit.
        """

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Returns what happened at this school, oldest first."""

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """Returns this school's history of the period with this public id, oldest first.

        What was written at schools that have been replaced is part of it.
        """

    def chains(self) -> Sequence[Chain]:
        """Returns every chain, in order of name."""

    def links(self, chain: str, after: int | None, most: int) -> Sequence[Link]:
        """Returns up to ``most`` kept lines of a chain after number ``after``, by number."""


class Journeys(Protocol):
    """Unfinished registrations, and those finished a short while ago."""

    def add(self, journey: SavedJourney) -> None:
        """Adds a journey. Raises Conflict when its id is taken."""

    def find(self, id: JourneyId) -> SavedJourney | None:
        """Returns a journey, expired or not."""

    def of_user(self, school: Urn, user: str) -> Sequence[SavedJourney]:
        """Returns the user's journeys at this school, latest use first."""

    def save(self, journey: SavedJourney) -> None:
        """Saves the draft, the moment of use and the outcome of a journey."""

    def remove_unused_since(self, moment: datetime) -> int:
        """Removes journeys last used at that moment or before, and returns the number."""

    def remove(self, id: JourneyId) -> None:
        """Removes a journey. Does nothing when it is gone already."""
