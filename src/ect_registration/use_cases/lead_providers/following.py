"""Shows lead providers what changed, each change with a moment later than all before.

Writers leave notes of what they change, in the transaction of the change; a transaction that
commits later is only found later. One unit of work at a time follows the notes, works out what
each lead provider sees now, and dates with its own moment whatever an answer shows differently.
So a program that asks for what changed since the latest moment it was shown misses nothing, and no
writer waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.lead_providers.people import participant_of, unfunded_mentor_of
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import (
    OF_PEOPLE,
    Kind,
    Participant,
    Record,
    Seen,
    Transfers,
    UnfundedMentor,
)
from ect_registration.domain.lead_providers.schools import (
    SchoolFacts,
    partner_seen,
    partnership_id,
    partnership_seen,
    school_seen,
)
from ect_registration.domain.lead_providers.statuses import on_a_day
from ect_registration.domain.lead_providers.transfers import transfers_of
from ect_registration.domain.school import OrganisationKind
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Ports, transact

R = TypeVar("R", Participant, Transfers, UnfundedMentor)

AT_ONCE = 500  # changes in one unit of work
A_MOMENT = timedelta(microseconds=1)

Ids = Mapping[str, UUID]  # by name


def follow(ports: Ports) -> bool:
    """Shows lead providers what changed; says whether more is waiting. Raises Unavailable."""
    with ports.reading() as looking:
        if not looking.seen.is_behind():
            return False
    return transact(ports, lambda uow: _follow_once(ports, uow))


def _follow_once(ports: Ports, uow: UnitOfWork) -> bool:
    now = ports.clock.now()
    waiting, latest = uow.seen.take_waiting(AT_ONCE, now), uow.seen.latest()
    moment = now if latest is None else max(now, latest + A_MOMENT)
    shown = _Shown.at(moment, ports.clock.today(), uow)
    shown.people(waiting.people | uow.seen.mentors_of(waiting.people))
    shown.schools(waiting.schools)
    shown.delivery_partners(waiting.delivery_partners)
    uow.commit()
    return waiting.more


@attrs.frozen
class _Shown:
    """Shows what differs from what was seen before, with one moment for all of it."""

    moment: datetime
    day: date
    uow: UnitOfWork
    lead_providers: Ids
    delivery_partners_ids: Ids

    @classmethod
    def at(cls, moment: datetime, day: date, uow: UnitOfWork) -> _Shown:
        """Returns one that dates with this moment what answers of this day show differently."""
        return cls(
            moment,
            day,
            uow,
            _ids(OrganisationKind.LEAD_PROVIDER, uow),
            _ids(OrganisationKind.DELIVERY_PARTNER, uow),
        )

    def people(self, ids: frozenset[UUID]) -> None:
        """Shows these people to the lead providers that train them, or whose ECTs they mentor."""
        before = _by_key(self.uow.seen.seen(OF_PEOPLE, ids))
        now = [
            (lead_provider, kind, person.id, record)
            for person in self.uow.seen.people(ids)
            for lead_provider in sorted(_who_sees(person, before))
            for kind, record in self._records_of(person, lead_provider, before)
        ]
        self._show(now, before)

    def _records_of(
        self, person: Person, lead_provider: str, before: _Before
    ) -> Iterator[tuple[Kind, Record | None]]:
        def last(kind: Kind, type: type[R]) -> R | None:
            seen = before.get((lead_provider, kind, person.id))
            return seen.record if seen and isinstance(seen.record, type) else None

        participant = last(Kind.PARTICIPANT, Participant)
        yield (
            Kind.PARTICIPANT,
            participant_of(
                person,
                lead_provider,
                self.delivery_partners_ids,
                participant,
                self.moment,
                self.day,
            ),
        )
        transfers = last(Kind.TRANSFER, Transfers)
        yield Kind.TRANSFER, transfers_of(person, lead_provider, transfers, self.moment)
        unfunded = last(Kind.UNFUNDED_MENTOR, UnfundedMentor)
        yield Kind.UNFUNDED_MENTOR, unfunded_mentor_of(person, lead_provider, unfunded)

    def schools(self, ids: frozenset[UUID]) -> None:
        """Shows these schools to every lead provider, and partnerships to those in them."""
        facts = self.uow.seen.schools(ids)
        seen = {each.id: each for each in self.uow.seen.schools_seen(ids)}
        changed = [(seen[each.id], school_seen(each, self.day)) for each in facts]
        self.uow.seen.save_schools([(old, new) for old, new in changed if old != new], self.moment)
        before = _by_key(self.uow.seen.of_schools(ids))
        now = [record for each in facts for record in self._partnerships_of(each)]
        self._show(now, before)

    def _partnerships_of(self, facts: SchoolFacts) -> Iterator[_Now]:
        for each in facts.partnerships:
            id = partnership_id(facts.id, self.lead_providers[each.lead_provider], each)
            seen = partnership_seen(each, facts, self.delivery_partners_ids)
            yield each.lead_provider, Kind.PARTNERSHIP, id, seen

    def delivery_partners(self, ids: frozenset[UUID]) -> None:
        """Shows these delivery partners to the lead providers that they work with."""
        before = _by_key(self.uow.seen.seen([Kind.DELIVERY_PARTNER], ids))
        now = [
            (lead_provider, Kind.DELIVERY_PARTNER, id, record)
            for id, (name, pairings) in self.uow.seen.pairings_of(ids).items()
            for lead_provider, record in partner_seen(name, pairings).items()
        ]
        self._show(now, before)

    def _show(self, now: Sequence[_Now], before: _Before) -> None:
        """Saves what differs, and removes what is there no more."""
        left, changed = dict(before), []
        for lead_provider, kind, id, record in now:
            if record is None:
                continue
            old = left.pop((lead_provider, kind, id), None)
            if old is None:
                changed.append(Seen(lead_provider, kind, id, record, self.moment, self.moment))
            elif old.record != record:
                same = on_a_day(old.record, self.day) == on_a_day(record, self.day)
                moment = old.updated_at if same else self.moment
                changed.append(attrs.evolve(old, record=record, updated_at=moment))
        self.uow.seen.save(changed)
        self.uow.seen.remove(list(left.values()))


_Key = tuple[str, Kind, UUID]  # lead provider, kind, id
_Before = Mapping[_Key, Seen]
_Now = tuple[str, Kind, UUID, Record | None]


def _by_key(seen: Sequence[Seen]) -> _Before:
    return {(each.lead_provider, each.kind, each.id): each for each in seen}


def _who_sees(person: Person, before: _Before) -> frozenset[str]:
    return person.lead_providers() | {name for name, _, id in before if id == person.id}


def _ids(kind: OrganisationKind, uow: UnitOfWork) -> Ids:
    return {each.name: each.id for each in uow.organisations.of_kind(kind)}
