"""What operators look for, at every school."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import attrs

from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.school import School
from ect_registration.domain.search.ect_search import SearchWords
from ect_registration.domain.values import Trn, Urn


@attrs.frozen
class FoundPeriod:
    """A period of an ECT or a mentor whose person was found."""

    kind: str  # ect or mentor
    id: UUID
    trn: Trn
    name: str
    urn: Urn
    school: str


class Lookups(Protocol):
    """Reads across schools. A use case that looks people up records it."""

    def people(self, words: SearchWords, address: str, most: int) -> Sequence[FoundPeriod]:
        """Returns up to so many periods, by name, then TRN, then first day.

        Each word is in the person's name or one of their TRNs; or the email address of the period
        has ``address`` in it, whatever the case. Without words or an address none is found.
        """

    def schools(self, words: SearchWords, most: int) -> Sequence[School]:
        """Returns up to so many schools by name, with each word in the name or the URN."""

    def corrected(self) -> Sequence[Teacher]:
        """Returns every teacher with a corrected name, by TRN."""

    def known_twice(self) -> Sequence[tuple[Teacher, Teacher]]:
        """Returns people known under two TRNs that were merged, the old one first.

        Not those whose periods were moved to the retained TRN.
        """

    def changes(self, since: datetime, what: Collection[What]) -> Sequence[Change]:
        """Returns changes of these kinds from a moment on, at any school, oldest first."""
