"""The organisations of a world, as those that we know already are called now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

import attrs

from ect_registration.domain.people.training import ProgrammeChoices
from ect_registration.domain.rules.operating.organisations import name_meant, name_meant_among
from ect_registration.domain.school import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    Organisation,
    OrganisationKind,
    Pairing,
    Partnership,
)
from ect_registration.domain.world import InvalidWorld, World
from ect_registration.ports.store import UnitOfWork

Named = TypeVar("Named", AppropriateBody, LeadProvider)
Two = TypeVar("Two", Pairing, Partnership)


def under_present_names(world: World, uow: UnitOfWork) -> World:
    """Returns the world with present names; unknown names stay as they are.

    Raises InvalidWorld for two rows that are one organisation, such as under its former name.
    """
    known = uow.organisations.of_kind
    return _Names(
        _present("appropriate_bodies", world, known(OrganisationKind.APPROPRIATE_BODY)),
        _present("lead_providers", world, known(OrganisationKind.LEAD_PROVIDER)),
        _present("delivery_partners", world, known(OrganisationKind.DELIVERY_PARTNER)),
    ).of(world)


def _present(
    part: str, world: World, organisations: Sequence[Organisation]
) -> Callable[[str], str]:
    """Returns a function from an organisation's name in the world to its present name."""
    first: dict[str, int] = {}
    for index, row in enumerate(getattr(world, part)):
        name = name_meant(name_meant_among(row.name, organisations), first, ())
        if first.setdefault(name, index) != index:
            problem = f"Remove one: {part}[{first[name]}] is the same organisation, as {name}"
            raise InvalidWorld(f"{part}[{index}].name", problem)
    names = {*first, *(organisation.name for organisation in organisations)}
    former = [(old, each.name) for each in organisations for old in each.former_names]
    return cache(lambda typed: name_meant(typed, names, former))


@attrs.frozen
class _Names:
    """The present names of each kind of organisation, by their names in the world."""

    body: Callable[[str], str]
    provider: Callable[[str], str]
    partner: Callable[[str], str]

    def of(self, world: World) -> World:
        """Returns the world with present names everywhere in it."""
        return attrs.evolve(
            world,
            appropriate_bodies=_renamed(world.appropriate_bodies, self.body),
            lead_providers=_renamed(world.lead_providers, self.provider),
            delivery_partners=tuple(map(self._of_partner, world.delivery_partners)),
            partnerships=tuple(map(self._of_two, world.partnerships)),
            ects=tuple(
                attrs.evolve(ect, choices=self._of_choices(ect.choices)) for ect in world.ects
            ),
        )

    def _of_partner(self, partner: DeliveryPartner) -> DeliveryPartner:
        works_with = frozenset(map(self._of_two, partner.works_with))
        return DeliveryPartner(self.partner(partner.name), works_with)

    def _of_two(self, two: Two) -> Two:
        return attrs.evolve(
            two,
            lead_provider=self.provider(two.lead_provider),
            delivery_partner=self.partner(two.delivery_partner),
        )

    def _of_choices(self, choices: ProgrammeChoices) -> ProgrammeChoices:
        body, provider = choices.appropriate_body, choices.lead_provider
        return attrs.evolve(
            choices,
            appropriate_body=None if body is None else self.body(body),
            lead_provider=None if provider is None else self.provider(provider),
        )


def _renamed(rows: tuple[Named, ...], now: Callable[[str], str]) -> tuple[Named, ...]:
    return tuple(attrs.evolve(row, name=now(row.name)) for row in rows)
