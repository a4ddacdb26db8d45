"""What the contract tests do over and over: furnish a store, write to it, look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.school import DeliveryPartner, LeadProvider, Pairing
from ect_registration.domain.values import Urn
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Conflict, Contention
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.examples import (
    LEAD_PROVIDER,
    THIS_YEAR,
    TODAY,
    a_delivery_partner,
    a_lead_provider,
    a_school,
    an_appropriate_body,
)

T = TypeVar("T")
P = EctAtSchool | MentorAtSchool | SavedJourney
Action = Callable[[UnitOfWork], object]

OTHER_URN = Urn("100002")
OTHER_LEAD_PROVIDER = "Meridian Teaching Partners"
OTHER_DELIVERY_PARTNER = "Causeway Training"


class Store(Protocol):
    """What the composition root takes from a store."""

    def unit_of_work(self, deadline: Deadline = NEVER) -> UnitOfWork:
        """Returns a unit of work for writing."""

    def reading(self, deadline: Deadline = NEVER) -> UnitOfWork:
        """Returns a unit of work for reading only."""


def furnish(store: Store) -> None:
    """Saves two schools, a body, two lead providers, two delivery partners and an open year."""
    with store.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.schools.save(a_school())
        uow.schools.save(a_school(urn=OTHER_URN, name="Fenwick Academy"))
        uow.offers.save_academic_year(THIS_YEAR, open_for_registration=True)
        uow.offers.save_appropriate_body(an_appropriate_body())
        uow.offers.save_lead_provider(a_lead_provider())
        uow.offers.save_lead_provider(LeadProvider(OTHER_LEAD_PROVIDER, frozenset({THIS_YEAR})))
        uow.offers.save_delivery_partner(a_delivery_partner())
        pairings = frozenset(
            Pairing(provider, OTHER_DELIVERY_PARTNER, THIS_YEAR)
            for provider in (LEAD_PROVIDER, OTHER_LEAD_PROVIDER)
        )
        uow.offers.save_delivery_partner(DeliveryPartner(OTHER_DELIVERY_PARTNER, pairings))
        uow.commit()


def keep(store: Store, *actions: Action, holds: Sequence[Hold] = (Hold.EVERYTHING,)) -> None:
    """Does all of the actions in one unit of work, which first holds everything or these."""
    with store.unit_of_work() as uow:
        uow.hold(holds)
        for action in actions:
            action(uow)
        uow.commit()


def persistently(
    store: Store,
    *actions: Action,
    holds: Sequence[Hold] = (Hold.EVERYTHING,),
    tries: int = 100,
) -> None:
    """Keeps the actions, trying again while other units of work are in the way."""
    for _ in range(tries):
        try:
            return keep(store, *actions, holds=holds)
        except Contention:
            continue
    raise TimeoutError


def outcome(store: Store, *actions: Action) -> str:
    """Says whether a unit of work with these actions is kept, or ends in a conflict."""
    try:
        keep(store, *actions)
    except Conflict:
        return "conflict"
    return "kept"


def seen(store: Store, question: Callable[[UnitOfWork], T]) -> T:
    """Returns the answer that a reader gets."""
    with store.reading() as uow:
        return question(uow)


def adding_ect(ect: EctAtSchool, today: date = TODAY) -> Action:
    """Returns an action that saves the teacher, claims any address and adds the period."""

    def add(uow: UnitOfWork) -> None:
        uow.hold([Hold.EVERYTHING])
        uow.teachers.save(ect.teacher)
        if ect.email is not None:
            uow.emails.claim(ect.email, ect.teacher.trn, today)
        uow.ects.add(ect)

    return add


def adding_mentor(mentor: MentorAtSchool, today: date = TODAY) -> Action:
    """Returns an action that saves the teacher, claims any address and adds the period."""

    def add(uow: UnitOfWork) -> None:
        uow.hold([Hold.EVERYTHING])
        uow.teachers.save(mentor.teacher)
        if mentor.email is not None:
            uow.emails.claim(mentor.email, mentor.teacher.trn, today)
        uow.mentors.add(mentor)

    return add


def registered(store: Store, ect: EctAtSchool) -> EctAtSchool:
    """Registers an ECT in the store and returns it."""
    keep(store, adding_ect(ect))
    return ect


def taken_on(store: Store, mentor: MentorAtSchool) -> MentorAtSchool:
    """Adds a mentor to the store and returns the period."""
    keep(store, adding_mentor(mentor))
    return mentor


def changing_ect(before: EctAtSchool, after: EctAtSchool) -> Action:
    """Returns an action that writes what differs."""
    return lambda uow: uow.ects.change(before, after)


def changing_mentor(before: MentorAtSchool, after: MentorAtSchool) -> Action:
    """Returns an action that writes what differs."""
    return lambda uow: uow.mentors.change(before, after)


def ids(periods: Iterable[P]) -> list[object]:
    """Returns the ids of the periods, in their order."""
    return [period.id for period in periods]
