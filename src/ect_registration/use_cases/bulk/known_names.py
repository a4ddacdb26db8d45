"""Names in a file of records that we do not know: schools, appropriate bodies, lead providers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

import attrs

from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY, UNKNOWN_SCHOOL
from ect_registration.domain.rules.registering.programme import (
    LEAD_PROVIDER_NOT_AVAILABLE,
    appropriate_body_rule,
)
from ect_registration.domain.school import OrganisationKind, School
from ect_registration.domain.values import Urn
from ect_registration.domain.world import WorldEct, WorldMentor, WorldMentorship
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.registering.documents import InvalidRequest

UNKNOWN_BODY = "Enter the name of an appropriate body we know"
UNKNOWN_LEAD_PROVIDER = "Enter the name of a lead provider we know"


@attrs.frozen
class KnownNames:
    """The schools of some records that we know, and every organisation by its present name."""

    schools: Mapping[Urn, School]
    bodies: frozenset[str]
    lead_providers: frozenset[str]

    @classmethod
    def of(cls, urns: Iterable[Urn], uow: UnitOfWork) -> Self:
        """Looks these schools up, and all organisations."""

        def names(kind: OrganisationKind) -> frozenset[str]:
            return frozenset(each.name for each in uow.organisations.of_kind(kind))

        return cls(
            {school.urn: school for school in uow.schools.with_urns(list(urns))},
            names(OrganisationKind.APPROPRIATE_BODY),
            names(OrganisationKind.LEAD_PROVIDER),
        )

    def mistakes_of(
        self, item: WorldEct | WorldMentor | WorldMentorship
    ) -> Iterator[InvalidRequest]:
        """Yields a mistake for each name that is not known, in the order of the columns."""
        school = self.schools.get(item.school)
        if school is None:
            yield InvalidRequest(OWN_SCHOOL_ONLY.id, "school", UNKNOWN_SCHOOL)
        if not isinstance(item, WorldEct):
            return
        body, lead_provider = item.choices.appropriate_body, item.choices.lead_provider
        if body is not None and body not in self.bodies:
            rule = None if school is None else appropriate_body_rule(school).id
            yield InvalidRequest(rule, "appropriate_body", UNKNOWN_BODY)
        if lead_provider is not None and lead_provider not in self.lead_providers:
            rule = LEAD_PROVIDER_NOT_AVAILABLE.id
            yield InvalidRequest(rule, "lead_provider", UNKNOWN_LEAD_PROVIDER)
