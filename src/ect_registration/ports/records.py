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
        """In the order given. Conflict, at the latest at the commit: an unknown school."""

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Oldest first."""

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """What this school's history has about the period with this public id, oldest first."""

    def chains(self) -> Sequence[Chain]:
        """Every chain, in order of name."""

    def links(self, chain: str, after: int | None, most: int) -> Sequence[Link]:
        """So many lines of a chain as they are kept, in order of number, after that number."""


class Journeys(Protocol):
    """Unfinished registrations, and those finished a short while ago."""

    def add(self, journey: SavedJourney) -> None:
        """Conflict: the id is taken."""

    def find(self, id: JourneyId) -> SavedJourney | None:
        """Expired ones too. It is held until the unit of work ends."""

    def of_user(self, school: Urn, user: str) -> Sequence[SavedJourney]:
        """Latest use first."""

    def save(self, journey: SavedJourney) -> None:
        """The draft, the moment of use and what came of it."""

    def remove_unused_since(self, moment: datetime) -> int:
        """Those last used at that moment or before; the answer is how many."""

    def remove(self, id: JourneyId) -> None:
        """Nothing happens when it is gone already."""
