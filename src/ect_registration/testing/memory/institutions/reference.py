"""Schools and what they choose from, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import EctAtSchool, EctId, Registration
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.school import (
    AppropriateBody,
    ClosedDays,
    DeliveryPartner,
    LeadProvider,
    Offer,
    OrganisationKind,
    ProviderYear,
    School,
    SchoolRecords,
    Succession,
    TrainingYear,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.institutions.moved_schools import (
    move_periods,
    move_records,
    records_of,
)
from ect_registration.testing.memory.institutions.organisations import keep_name
from ect_registration.testing.memory.institutions.partnerships import MemoryPartnerships
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
        everybody = self._work.state.ects.values()
        here = [ect for ect in everybody if ect.school == urn and not ect.withdrawn]
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

    def with_urns(self, urns: Collection[Urn]) -> Sequence[School]:
        """Returns those of these schools that are known, by URN."""
        schools = self._work.state.schools
        return [schools[urn] for urn in sorted(urns) if urn in schools]

    def save_all(self, schools: Sequence[School]) -> None:
        """Saves many schools."""
        for school in schools:
            self.save(school)

    def records(
        self, today: date, of: Collection[Urn] | None = None
    ) -> Mapping[Urn, SchoolRecords]:
        """Returns how many records each school has that has any, or each of these schools."""
        state = self._work.state
        among = state.schools if of is None else state.schools.keys() & set(of)
        found = {urn: records_of(state, state.schools[urn], today) for urn in among}
        return {urn: records for urn, records in found.items() if records.any}

    def move_records(self, succession: Succession) -> None:
        """Moves everything of a school to its successor, and remembers the succession."""
        with self._work.writing(Hold.EVERYTHING) as state:
            must_be_known("school", succession.school, state.schools)
            must_be_known("school", succession.successor, state.schools)
            move_records(state, succession)

    def move_periods(self, ids: Collection[UUID], old: Urn, new: Urn) -> None:
        """Moves some ECTs and mentors of a school to another."""
        with self._work.writing(Hold.EVERYTHING) as state:
            move_periods(state, set(ids), old, new)

    def successions_of(self, urns: Collection[Urn]) -> Sequence[Succession]:
        """Returns what has taken the place of these schools, by URN; nothing for the others."""
        successions = self._work.state.successions
        return [successions[urn] for urn in sorted(urns) if urn in successions]


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
            open_for_registration=state.years.get(year, False),
            lead_providers=frozenset(p.name for p in providers if year in p.years),
            pairs=frozenset(
                (p.lead_provider, p.delivery_partner) for p in pairings if p.year == year
            ),
            all_lead_providers=frozenset(state.lead_providers),
            former_lead_providers=self._former_names(OrganisationKind.LEAD_PROVIDER),
        )

    def closed_days(self, today: date) -> Sequence[ClosedDays]:
        """Returns the days on which registering is closed, those that have passed left out."""
        days = self._work.state.closed_days
        return [days[day] for day in sorted(days) if _counts(days[day], today)]

    def to_school(self, urn: Urn, year: AcademicYear) -> Offer:
        """Returns the year, all appropriate bodies and the school's partnerships."""
        partnerships = MemoryPartnerships(self._work).of_school(urn)
        bodies = self.appropriate_bodies()
        former = self._former_names(OrganisationKind.APPROPRIATE_BODY)
        every = self._work.state.closed_days.values()
        closed = frozenset(each for each in every if each.active)
        return Offer(self.training_year(year), tuple(bodies), tuple(partnerships), former, closed)

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
            state.years[year] = open_for_registration

    def save_appropriate_body(self, body: AppropriateBody) -> None:
        """Saves an appropriate body by name."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            keep_name(state, OrganisationKind.APPROPRIATE_BODY, body.name)
            state.appropriate_bodies[body.name] = body

    def save_lead_provider(self, provider: LeadProvider) -> None:
        """Saves a lead provider by name; its years are replaced."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            keep_name(state, OrganisationKind.LEAD_PROVIDER, provider.name)
            state.provider_years |= {ProviderYear(provider.name, year) for year in provider.years}
            state.lead_providers[provider.name] = provider

    def save_delivery_partner(self, partner: DeliveryPartner) -> None:
        """Saves a partner; a pairing no longer given stays known, for its partnerships."""
        with self._work.writing(Hold.REFERENCE_DATA) as state:
            for pairing in partner.works_with:
                must_be_known("lead provider", pairing.lead_provider, state.lead_providers)
            keep_name(state, OrganisationKind.DELIVERY_PARTNER, partner.name)
            state.pairings.update(partner.works_with)
            state.delivery_partners[partner.name] = partner


def _counts(days: ClosedDays, today: date) -> bool:
    return days.active and today <= days.last_day
