"""What lead providers see, in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import (
    Kind,
    Seen,
    SeenPartnership,
    SeenSchool,
)
from ect_registration.domain.lead_providers.schools import (
    SchoolFacts,
    SchoolSeen,
    WithLeadProvider,
)
from ect_registration.domain.school import Pairing
from ect_registration.ports.stored.lead_providers import (
    Order,
    Shown,
    Waiting,
    Wanted,
    WantedSchools,
)
from ect_registration.testing.memory.lead_providers import facts
from ect_registration.testing.memory.lead_providers.narrowing import is_wanted
from ect_registration.testing.memory.state import State, Work

LAST_FIRST = {Order.CREATED_LAST, Order.UPDATED_LAST}
BY_CREATION = {Order.CREATED, Order.CREATED_LAST}


@attrs.frozen
class MemorySeenRecords:
    """Finds out what changed by comparing everything with what it was when it was last shown."""

    _work: Work

    def is_behind(self) -> bool:
        """Says that there may always be something: only following finds out."""
        return self._work.state is not None

    def take_waiting(self, most: int, now: datetime) -> Waiting:
        """Returns what differs from what was followed last."""
        with self._work.writing() as state:
            facts.give_ids(state)
            facts.retire_merged(state, now)
            changed = list(_changed(state))[: most + 1]
            for id, _, present in changed[:most]:
                state.seen.followed[id] = present
            about = {kind: _ids(changed[:most], kind) for kind in (Person, SchoolFacts, tuple)}
            return Waiting(
                about[Person], about[SchoolFacts], about[tuple], more=len(changed) > most
            )

    def people(self, ids: Collection[UUID]) -> Sequence[Person]:
        """Returns these people as they are now."""
        return [person for person in facts.people(self._work.state) if person.id in ids]

    def mentors_of(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Returns the people who mentor these ECTs, or did."""
        return facts.mentors_of(ids, self._work.state)

    def schools(self, ids: Collection[UUID]) -> Sequence[SchoolFacts]:
        """Returns these schools as they are now."""
        return [school for school in facts.schools(self._work.state) if school.id in ids]

    def pairings_of(self, ids: Collection[UUID]) -> Mapping[UUID, tuple[str, Sequence[Pairing]]]:
        """Returns the names of these delivery partners, and the lead providers they work with."""
        partners = facts.delivery_partners(self._work.state)
        return {id: partner for id, partner in partners if id in ids and partner[1]}

    def seen(self, kinds: Collection[Kind], ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns these records as they were last seen."""
        return [each for each in self._records() if each.kind in kinds and each.id in ids]

    def of_schools(self, ids: Collection[UUID]) -> Sequence[Seen]:
        """Returns the partnerships with these schools as they were last seen."""
        return [
            each
            for each in self._records()
            if isinstance(each.record, SeenPartnership) and each.record.school in ids
        ]

    def schools_seen(self, ids: Collection[UUID]) -> Sequence[SchoolSeen]:
        """Returns these schools as they were last seen; one that is new, without a name."""
        state = self._work.state
        return [
            state.seen.shown_schools.get(id, SchoolSeen(id, urn.digits, "", may_register=False))
            for urn, id in state.seen.schools.items()
            if id in ids
        ]

    def latest(self) -> datetime | None:
        """Returns the latest moment of a change that was shown."""
        return self._work.state.seen.moment

    def shown(self) -> Shown | None:
        """Returns how far changes were shown."""
        kept = self._work.state.seen
        return None if kept.moment is None else Shown(kept.moment, kept.removed)

    def save(self, seen: Collection[Seen]) -> None:
        """Shows these records from now on."""
        with self._work.writing() as state:
            for each in seen:
                state.seen.records[each.lead_provider, each.kind, each.id] = each
                state.seen.moment = max(state.seen.moment or each.updated_at, each.updated_at)

    def remove(self, seen: Collection[Seen]) -> None:
        """Stops showing these records."""
        with self._work.writing() as state:
            for each in seen:
                state.seen.records.pop((each.lead_provider, each.kind, each.id), None)
            state.seen.removed += len(seen)

    def save_schools(
        self, changed: Collection[tuple[SchoolSeen, SchoolSeen]], moment: datetime
    ) -> None:
        """Shows these schools from now on."""
        with self._work.writing() as state:
            for before, after in changed:
                state.seen.shown_schools[after.id] = after
                state.seen.created.setdefault(after.id, moment)
                state.seen.moment = moment
                state.seen.date_school(before, after, moment)

    def look(self, wanted: Wanted, skip: int, most: int) -> Sequence[Seen]:
        """Returns a page of records."""
        found = self._wanted(wanted)

        def place(seen: Seen) -> tuple[datetime, UUID]:
            moment = seen.created_at if wanted.order in BY_CREATION else seen.updated_at
            return moment, seen.id

        found.sort(key=place, reverse=wanted.order in LAST_FIRST)
        return found[skip : skip + most]

    def count_changed_after(self, wanted: Wanted, moment: datetime) -> int:
        """Returns how many of the wanted records were dated after a moment."""
        return sum(each.updated_at > moment for each in self._wanted(wanted))

    def _wanted(self, wanted: Wanted) -> list[Seen]:
        return [each for each in self._records() if is_wanted(each, wanted, self._work.state)]

    def find(self, lead_provider: str, kind: Kind, id: UUID) -> Seen | None:
        """Returns one record, or None."""
        return self._work.state.seen.records.get((lead_provider, kind, id))

    def look_at_schools(self, wanted: WantedSchools, skip: int, most: int) -> Sequence[SeenSchool]:
        """Returns a page of schools."""
        found = self._wanted_schools(wanted)

        def place(school: SeenSchool) -> tuple[datetime, UUID]:
            moment = school.created_at if wanted.order in BY_CREATION else school.updated_at
            return moment, school.id

        found.sort(key=place, reverse=wanted.order in LAST_FIRST)
        return found[skip : skip + most]

    def count_schools_changed_after(self, wanted: WantedSchools, moment: datetime) -> int:
        """Returns how many schools were dated after a moment in that year, listed or not."""
        kept = self._work.state.seen
        return sum(
            kept.school_updated_at(id, wanted.lead_provider, wanted.cohort) > moment
            for id in kept.shown_schools
        )

    def _wanted_schools(self, wanted: WantedSchools) -> list[SeenSchool]:
        every = self._work.state.seen.shown_schools
        shown = [self.find_school(wanted.lead_provider, wanted.cohort, id) for id in every]
        return [
            each
            for each in shown
            if each is not None
            and wanted.urn in {None, each.urn}
            and (wanted.updated_since is None or each.updated_at >= wanted.updated_since)
        ]

    def find_school(self, lead_provider: str, cohort: int, id: UUID) -> SeenSchool | None:
        """Returns one school that may register, or has anything in that year."""
        kept = self._work.state.seen
        school = kept.shown_schools.get(id)
        if school is None or not school.is_listed(cohort):
            return None
        chosen = school.with_lead_providers.get((lead_provider, cohort), WithLeadProvider())
        return SeenSchool(
            id=id,
            name=school.name,
            urn=school.urn,
            cohort=cohort,
            in_partnership=chosen.in_partnership,
            programme_choice=school.choice_of(cohort),
            expression_of_interest=chosen.expression_of_interest,
            created_at=kept.created[id],
            updated_at=kept.school_updated_at(id, lead_provider, cohort),
        )

    def urn_of(self, id: UUID) -> str | None:
        """Returns the URN of a school that lead providers know by this id."""
        known = self._work.state.seen.schools.items()
        return next((urn.digits for urn, school in known if school == id), None)

    def _records(self) -> list[Seen]:
        return list(self._work.state.seen.records.values())


_Changed = tuple[UUID, type, object]


def _changed(state: State) -> Iterator[_Changed]:
    """Yields every person and thing that is not as it was when it was last followed."""
    present: Iterator[_Changed] = iter(
        [
            # What TRS said is left out when two people are compared.
            *((each.id, Person, (each, each.teacher.facts)) for each in facts.people(state)),
            *((id, Person, retired) for id, retired in state.seen.retired.items()),
            *((each.id, SchoolFacts, each) for each in facts.schools(state)),
            *((id, tuple, partner) for id, partner in facts.delivery_partners(state)),
        ]
    )
    return (each for each in present if state.seen.followed.get(each[0]) != each[2])


def _ids(changed: Sequence[_Changed], kind: type) -> frozenset[UUID]:
    return frozenset(id for id, of_kind, _ in changed if of_kind is kind)
