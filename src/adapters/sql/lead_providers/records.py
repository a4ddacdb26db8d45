"""The port of what lead providers see, as one part of a unit of work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from adapters.sql.connection.transaction import Transaction
from adapters.sql.lead_providers.facts_of_people import FactsOfPeople
from adapters.sql.lead_providers.facts_of_schools import FactsOfSchools
from adapters.sql.lead_providers.lists import Lists
from adapters.sql.lead_providers.notes import Notes
from adapters.sql.lead_providers.school_lists import SchoolLists
from adapters.sql.lead_providers.seen import SeenStore
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import Kind, Seen, SeenSchool
from ect_registration.domain.lead_providers.schools import SchoolFacts, SchoolSeen
from ect_registration.domain.school import Pairing
from ect_registration.ports.stored.lead_providers import Shown, Waiting, Wanted, WantedSchools


class SqlSeenRecords:
    """Keeps what lead providers see, and what it is worked out from."""

    def __init__(self, transaction: Transaction) -> None:
        self._notes = Notes(transaction)
        self._people = FactsOfPeople(transaction)
        self._schools_now = FactsOfSchools(transaction)
        self._seen = SeenStore(transaction)
        self._lists = Lists(transaction)
        self._schools = SchoolLists(transaction)

    def is_behind(self) -> bool:
        """Says whether anything changed that no lead provider has seen yet."""
        return self._notes.are_there()

    def take_waiting(self, most: int, now: datetime) -> Waiting:
        """Takes the oldest notes of changes."""
        return self._notes.take(most, now)

    def people(self, ids: Collection[UUID]) -> Sequence[Person]:
        """Returns these people as they are now."""
        return self._people.people(ids)

    def mentors_of(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Returns the people who mentor these ECTs, or did."""
        return self._people.mentors_of(ids)

    def schools(self, ids: Collection[UUID]) -> Sequence[SchoolFacts]:
        """Returns these schools as they are now."""
        return self._schools_now.schools(ids)

    def pairings_of(self, ids: Collection[UUID]) -> Mapping[UUID, tuple[str, Sequence[Pairing]]]:
        """Returns the names of these delivery partners, and the lead providers they work with."""
        return self._schools_now.pairings_of(ids)

    def seen(self, kinds: Collection[Kind], ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns these records as they were last seen."""
        return self._seen.these(kinds, ids)

    def of_schools(self, ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns the partnerships with these schools as they were last seen."""
        return self._seen.of_schools(ids)

    def schools_seen(self, ids: Collection[UUID]) -> Sequence[SchoolSeen]:
        """Returns these schools as they were last seen."""
        return self._seen.schools(ids)

    def latest(self) -> datetime | None:
        """Returns the latest moment of a change that was shown."""
        return self._seen.latest()

    def shown(self) -> Shown | None:
        """Returns how far changes were shown."""
        return self._seen.shown()

    def save(self, seen: Collection[Seen]) -> None:
        """Shows these records from now on."""
        self._seen.save(seen)

    def remove(self, seen: Collection[Seen]) -> None:
        """Stops showing these records."""
        self._seen.remove(seen)

    def save_schools(
        self, changed: Collection[tuple[SchoolSeen, SchoolSeen]], moment: datetime
    ) -> None:
        """Shows these schools from now on."""
        self._seen.save_schools(changed, moment)

    def look(self, wanted: Wanted, skip: int, most: int) -> Sequence[Seen]:
        """Returns a page of records."""
        return self._lists.look(wanted, skip, most)

    def count_changed_after(self, wanted: Wanted, moment: datetime) -> int:
        """Returns how many of the wanted records were dated after a moment."""
        return self._lists.count_changed_after(wanted, moment)

    def find(self, lead_provider: str, kind: Kind, id: UUID) -> Seen | None:
        """Returns one record, or None."""
        return self._lists.find(lead_provider, kind, id)

    def look_at_schools(self, wanted: WantedSchools, skip: int, most: int) -> Sequence[SeenSchool]:
        """Returns a page of schools."""
        return self._schools.look(wanted, skip, most)

    def count_schools_changed_after(self, wanted: WantedSchools, moment: datetime) -> int:
        """Returns how many schools were dated after a moment in that year, listed or not."""
        return self._schools.count_changed_after(wanted, moment)

    def find_school(self, lead_provider: str, cohort: int, id: UUID) -> SeenSchool | None:
        """Returns one school, or None."""
        return self._schools.find(lead_provider, cohort, id)

    def urn_of(self, id: UUID) -> str | None:
        """Returns the URN of a school that lead providers know by this id."""
        return self._schools.urn_of(id)
