"""Journeys kept in the store: begin, look, take up again, discard."""

from __future__ import annotations

from datetime import datetime
from typing import Generic

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft, JourneyId, SavedJourney
from ect_registration.domain.policy import JOURNEY_LIFE
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.journeys.journey_type import C, D, Decided, Gone, JourneyType
from ect_registration.use_cases.transactions import Actor, Ports, transact


@attrs.frozen
class Standing(Generic[C]):
    """A journey, and how far its answers get."""

    journey: SavedJourney
    decided: Decided[C]


def start(actor: Actor, ports: Ports, draft: AnyDraft | None = None) -> JourneyId:
    """Begin a journey; without a draft, one that registers an ECT."""
    journey = fresh_journey(actor, draft or EctDraft(), ports)

    def work(uow: UnitOfWork) -> JourneyId:
        uow.journeys.add(journey)
        uow.commit()
        return journey.id

    return transact(ports, work)


def look(
    journey_type: JourneyType[D, C], id: JourneyId, actor: Actor, ports: Ports
) -> Standing[C] | Blocked:
    """Returns where a journey is. Raises Gone."""
    with ports.reading() as uow:
        journey = open_journey(id, actor, ports.clock.now(), uow)
        draft = journey_type.draft_in(journey)
        decided = journey_type.decide(draft, actor.school, ports.clock.today(), uow)
    return decided if isinstance(decided, Blocked) else Standing(journey, decided)


def draft_of(journey_type: JourneyType[D, C], id: JourneyId, actor: Actor, ports: Ports) -> D:
    """Returns the answers of a journey, undecided. Raises Gone."""
    with ports.reading() as uow:
        return journey_type.draft_in(open_journey(id, actor, ports.clock.now(), uow))


def discard(id: JourneyId, actor: Actor, ports: Ports) -> SavedJourney | None:
    """End a journey and forget its answers. Raises Gone.

    One that was submitted meanwhile stays, for its confirmation: it comes back.
    """

    def work(uow: UnitOfWork) -> SavedJourney | None:
        uow.hold([Hold.journey(id)])
        journey = open_journey(id, actor, ports.clock.now(), uow)
        if journey.registered is not None:
            return journey
        uow.journeys.remove(id)
        uow.commit()
        return None

    return transact(ports, work)


def purge(ports: Ports) -> int:
    """Removes the journeys that are over, and returns the number removed."""

    def work(uow: UnitOfWork) -> int:
        removed = uow.journeys.remove_unused_since(ports.clock.now() - JOURNEY_LIFE.value)
        uow.commit()
        return removed

    return transact(ports, work)


def open_journey(id: JourneyId, actor: Actor, now: datetime, uow: UnitOfWork) -> SavedJourney:
    """Returns this user's journey at this school. Raises Gone for any other user's or school's."""
    journey = uow.journeys.find(id)
    if journey is None or (journey.user, journey.school) != (actor.user, actor.school):
        raise Gone
    if journey.is_over(now):
        raise Gone
    return journey


def fresh_journey(actor: Actor, draft: AnyDraft, ports: Ports) -> SavedJourney:
    """Returns a new journey of this user, not yet in the store."""
    return SavedJourney(
        id=JourneyId(ports.new_id()),
        school=actor.school,
        user=actor.user,
        draft=draft,
        used_at=ports.clock.now(),
    )


def save_draft(
    journey: SavedJourney, draft: AnyDraft, ports: Ports, uow: UnitOfWork
) -> SavedJourney:
    """Saves the answers; the journey counts as used now."""
    saved = attrs.evolve(journey, draft=draft, used_at=ports.clock.now())
    uow.journeys.save(saved)
    return saved
