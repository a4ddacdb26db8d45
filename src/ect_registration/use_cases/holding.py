"""Holding what has to be read first to know what it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Contention
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold

Read = Callable[[UnitOfWork], Collection[Hold]]


def hold_what_it_rests_on(uow: UnitOfWork, read: Read) -> None:
    """Holds what a look at the store says, and looks again.

    Raises Contention, which ends the unit of work, when more is to be held by then.
    """
    held = set(read(uow))
    uow.hold(held)
    if not held.issuperset(read(uow)):
        raise Contention("more has to be held by now")


def hold_people_at(school: Urn, periods: Iterable[UUID], uow: UnitOfWork) -> None:
    """Holds the school's choices and the people with these ECT or mentor periods."""
    people = uow.people.with_periods(list(periods))
    uow.hold([Hold.school(school), *map(Hold.person, people)])
