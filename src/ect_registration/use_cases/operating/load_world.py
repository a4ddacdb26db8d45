"""Loading a world: reference data is set, people's periods are added once and then left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.world import InvalidWorld, World
from ect_registration.ports.errors import Conflict
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.operating.load_mentor_training import save_mentor_training
from ect_registration.use_cases.operating.load_names import under_present_names
from ect_registration.use_cases.operating.load_people import People
from ect_registration.use_cases.operating.partnerships import add_and_confirm, stands_against
from ect_registration.use_cases.transactions import Ports, transact

T = TypeVar("T")


@attrs.frozen
class Loaded:
    """How many periods were added; those that were there already are left as they are."""

    ects: int
    mentors: int
    mentorships: int


def load_world(world: World, user: str, ports: Ports) -> Loaded:
    """Load everything or nothing. Loading again changes nothing.

    Raises InvalidWorld, with the JSON path, for what our data does not let in.
    """

    def work(uow: UnitOfWork) -> Loaded:
        uow.hold([Hold.EVERYTHING])
        named = under_present_names(world, uow)
        _set_reference_data(named, uow)
        _add_partnerships(named, user, ports, uow)
        save_mentor_training(named.mentor_training_history, user, ports, uow)
        people = People.of(named, user, ports, uow)
        loaded = Loaded(
            ects=_count("ects", named.ects, people.add_ect),
            mentors=_count("mentors", named.mentors, people.add_mentor),
            mentorships=_count("mentorships", named.mentorships, people.add_mentorship),
        )
        uow.commit()
        return loaded

    return transact(ports, work)


def _set_reference_data(world: World, uow: UnitOfWork) -> None:
    for item in world.academic_years:
        uow.offers.save_academic_year(item.year, open_for_registration=item.open_for_registration)
    for school in world.schools:
        uow.schools.save(school)
    for body in world.appropriate_bodies:
        uow.offers.save_appropriate_body(body)
    for provider in world.lead_providers:
        uow.offers.save_lead_provider(provider)
    for partner in world.delivery_partners:
        uow.offers.save_delivery_partner(partner)


def _add_partnerships(world: World, user: str, ports: Ports, uow: UnitOfWork) -> None:
    for index, partnership in enumerate(world.partnerships):
        blocked = stands_against(partnership, uow)
        if isinstance(blocked, Blocked):
            raise InvalidWorld(f"partnerships[{index}].{blocked.field}", blocked.message)
        add_and_confirm(partnership, user, ports, uow)


def _count(path: str, items: Iterable[T], add: Callable[[T], bool]) -> int:
    """Add each item that is not there yet."""
    added = 0
    for index, item in enumerate(items):
        try:
            added += add(item)
        except InvalidWorld as mistake:
            raise InvalidWorld(f"{path}[{index}].{mistake.path}", mistake.problem) from None
        except Conflict:
            raise InvalidWorld(
                f"{path}[{index}]", "This contradicts a record that is there already"
            ) from None
    return added
