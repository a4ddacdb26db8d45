"""Schools and what they choose from, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Training, TrainingState
from ect_registration.domain.school import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    Offer,
    OrganisationKind,
    Pairing,
    Partnership,
    School,
    TrainingYear,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.holds import Hold
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.organisations import keep_name
from ect_registration.testing.memory.state import Work

K = TypeVar("K", EctId, MentorId)
P = TypeVar("P", EctAtSchool, MentorAtSchool)


@attrs.frozen
class MemorySchools:
    """Schools by URN."""

    _work: Work

    def find(self, urn: Urn) -> School | None:
        """Returns a school; None when the service does not know it."""
        return self._work.state.schools.get(urn)

    def with_latest_registration(self, urn: Urn) -> tuple[School, Registration | None] | None:
        """Returns the latest registration: of equal moments, the one written later."""
        school = self.find(urn)
        if school is None:
            return None
        here = [ect for ect in self._work.state.ects.values() if ect.school == urn]
        latest = max(reversed(here), key=lambda e: e.registration.registered_at, default=None)
        return school, latest.registration if latest else None

    def with_offer(
        self, urn: Urn, year: AcademicYear
    ) -> tuple[School, Registration | None, Offer] | None:
        """Returns the school with its latest registration and the offer."""
        found = self.with_latest_registration(urn)
        return found and (*found, MemoryProgrammeOffers(self._work).to_school(urn, year))

    def save(self, school: School) -> None:
        """Adds a school, or sets it to what is given."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            state.schools[school.urn] = school


@attrs.frozen
class MemoryProgrammeOffers:
    """Reference data by name."""

    _work: Work

    def appropriate_bodies(self) -> Sequence[AppropriateBody]:
        """Returns all appropriate bodies, by name."""
        bodies = self._work.state.appropriate_bodies
        return [bodies[name] for name in sorted(bodies)]

    def training_year(self, year: AcademicYear) -> TrainingYear:
        """Returns a year. A year that was never saved is closed, and has no providers."""
        state = self._work.state
        providers = state.lead_providers.values()
        pairings = (p for partner in state.delivery_partners.values() for p in partner.works_with)
        return TrainingYear(
            year,
            open_for_registration=year in state.open_years,
            lead_providers=frozenset(p.name for p in providers if year in p.years),
            pairs=frozenset(
                (p.lead_provider, p.delivery_partner) for p in pairings if p.year == year
            ),
            all_lead_providers=frozenset(state.lead_providers),
            former_lead_providers=self._former_names(OrganisationKind.LEAD_PROVIDER),
        )

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """Returns the year, all appropriate bodies and the school's partnerships."""
        partnerships = MemoryPartnerships(self._work).of_school(urn)
        bodies = self.appropriate_bodies()
        former = self._former_names(OrganisationKind.APPROPRIATE_BODY)
        return Offer(self.training_year(year), tuple(bodies), tuple(partnerships), former)

    def _former_names(self, kind: OrganisationKind) -> frozenset[tuple[str, str]]:
        state = self._work.state
        return frozenset(
            (name, state.organisations[id].name)
            for (of_kind, _), (name, id) in state.former_names.items()
            if of_kind is kind
        )

    def save_academic_year(self, year: AcademicYear, *, open_for_registration: bool) -> None:
        """Opens or closes a year for registration."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            (state.open_years.add if open_for_registration else state.open_years.discard)(year)

    def save_appropriate_body(self, body: AppropriateBody) -> None:
        """Saves an appropriate body by name."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            keep_name(state, OrganisationKind.APPROPRIATE_BODY, body.name)
            state.appropriate_bodies[body.name] = body

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """Saves a lead provider by name; its years are replaced."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            keep_name(state, OrganisationKind.LEAD_PROVIDER, provider.name)
            state.lead_providers[provider.name] = provider

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """Saves a partner; a pairing no longer given stays known, for its partnerships."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            for pairing in partner.works_with:
                must_be_known("lead provider", pairing.lead_provider, state.lead_providers)
            keep_name(state, OrganisationKind.DELIVERY_PARTNER, partner.name)
            state.pairings.update(partner.works_with)
            state.delivery_partners[partner.name] = partner


@attrs.frozen
class MemoryPartnerships:
    """One for a school, a lead provider and a year."""

    _work: Work

    def of_school(self, urn: Urn) -> Sequence[Partnership]:
        """Returns a school's partnerships, newest year first, then by lead provider."""
        here = (p for p in self._work.state.partnerships.values() if p.school == urn)
        return sorted(here, key=lambda p: (-p.year.starts_in, p.lead_provider))

    def add(self, partnership: Partnership) -> None:
        """Adds a partnership; any pairing that was ever saved is enough for the store."""
        key = (partnership.school, partnership.lead_provider, partnership.year)
        pairing = Pairing(
            partnership.lead_provider, partnership.delivery_partner, partnership.year
        )
        with self._work.writing(Hold.school(partnership.school)) as state:
            must_be_known("school", partnership.school, state.schools)
            must_be_known("pairing", pairing, state.pairings)
            if key in state.partnerships:
                raise Conflict("one partnership for a school, a lead provider and a year")
            state.partnerships[key] = partnership

    def confirm_waiting(self, partnership: Partnership) -> int:
        """Confirms the waiting trainings of ECTs and mentors, and returns the number."""
        with self._work.writing(Hold.school(partnership.school)) as state:
            confirmed = _confirm(state.ects, partnership) + _confirm(state.mentors, partnership)
            if confirmed:
                must_be_known("partnership", partnership, state.partnerships.values())
            return confirmed


def _confirm(periods: dict[K, P], partnership: Partnership) -> int:
    confirmed = 0
    for id, period in periods.items():
        if period.school == partnership.school:
            trainings = tuple(_confirmed(t, partnership) for t in period.trainings)
            periods[id] = attrs.evolve(period, trainings=trainings)
            confirmed += sum(a != b for a, b in zip(trainings, period.trainings, strict=True))
    return confirmed


def _confirmed(training: Training, partnership: Partnership) -> Training:
    waiting = (
        training.state is TrainingState.EXPRESSION_OF_INTEREST
        and not training.withdrawn
        and training.lead_provider == partnership.lead_provider
        and training.year == partnership.year
    )
    if not waiting:
        return training
    return attrs.evolve(training, delivery_partner=partnership.delivery_partner)
