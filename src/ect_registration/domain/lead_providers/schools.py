"""What lead providers see of a school, its partnerships and their delivery partners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

import attrs

from ect_registration.domain.decisions import Allowed
from ect_registration.domain.lead_providers.records import (
    Days,
    ProgrammeChoice,
    SeenPartner,
    SeenPartnership,
)
from ect_registration.domain.people.training import Programme, Training, TrainingState
from ect_registration.domain.rules.access import check_school_cannot_register
from ect_registration.domain.school import Pairing, Partnership, School

LeadProviderAndYear = tuple[str, int]


@attrs.frozen
class SchoolFacts:
    """A school with its partnerships and all its training, under an id that stays."""

    id: UUID
    school: School
    trainings: Sequence[Training] = ()  # of ECTs and mentors, in no order
    of_ects: frozenset[UUID] = frozenset()  # the ids of those that are of ECTs
    partnerships: Sequence[Partnership] = ()

    def interested_in(self, today: date) -> frozenset[LeadProviderAndYear]:
        """Returns the lead providers and years for which training waits that has not ended."""
        return frozenset(
            (each.lead_provider, each.year.starts_in)
            for each in self.trainings
            if each.waits(today) and each.lead_provider
        )


@attrs.frozen
class WithLeadProvider:
    """A school's partnership with a lead provider in a year, or its wish for one."""

    in_partnership: bool = False
    expression_of_interest: bool = False


@attrs.frozen
class SchoolSeen:
    """A school as every lead provider sees it, and by year what only some of them see."""

    id: UUID
    urn: str
    name: str
    may_register: bool
    choices: Mapping[int, ProgrammeChoice] = attrs.Factory(dict)  # of years with any training
    with_lead_providers: Mapping[LeadProviderAndYear, WithLeadProvider] = attrs.Factory(dict)

    def choice_of(self, year: int) -> ProgrammeChoice:
        """Returns how the school trains its ECTs of a year, as far as is known."""
        return self.choices.get(year, ProgrammeChoice.NOT_YET_KNOWN)

    def is_listed(self, year: int) -> bool:
        """Says whether lead providers see the school in a year."""
        return self.may_register or year in self.choices


def years_seen_to_change(before: SchoolSeen, after: SchoolSeen) -> frozenset[int]:
    """Returns the years of which lead providers see another choice, or whether it is listed.

    Of the years in which the school has anything before or after: all others are listed alike.
    """
    return frozenset(
        year
        for year in before.choices.keys() | after.choices.keys()
        if before.choice_of(year) != after.choice_of(year)
        or before.is_listed(year) != after.is_listed(year)
    )


def school_seen(facts: SchoolFacts, today: date) -> SchoolSeen:
    """Returns what lead providers see of a school; an interest that has ended is none."""
    standing = [training for training in facts.trainings if not training.withdrawn]
    years = {each.year.starts_in for each in standing}
    years |= {each.year.starts_in for each in facts.partnerships}
    return SchoolSeen(
        id=facts.id,
        urn=facts.school.urn.digits,
        name=facts.school.name,
        may_register=isinstance(check_school_cannot_register(facts.school), Allowed),
        choices={year: _choice(facts, standing, year) for year in sorted(years)},
        with_lead_providers=_with_lead_providers(facts, today),
    )


def _choice(facts: SchoolFacts, standing: Iterable[Training], year: int) -> ProgrammeChoice:
    programmes = {
        each.programme
        for each in standing
        if each.year.starts_in == year and each.id in facts.of_ects
    }
    if Programme.PROVIDER_LED in programmes:
        return ProgrammeChoice.PROVIDER_LED
    if Programme.SCHOOL_LED in programmes:
        return ProgrammeChoice.SCHOOL_LED
    return ProgrammeChoice.NOT_YET_KNOWN


def _with_lead_providers(
    facts: SchoolFacts, today: date
) -> Mapping[LeadProviderAndYear, WithLeadProvider]:
    partners = {(each.lead_provider, each.year.starts_in) for each in facts.partnerships}
    interested = facts.interested_in(today)
    return {
        pair: WithLeadProvider(pair in partners, pair in interested)
        for pair in sorted(partners | interested)
    }


def partnership_id(school: UUID, lead_provider: UUID, partnership: Partnership) -> UUID:
    """Returns the id of the one partnership of a school with a lead provider in a year."""
    return uuid5(school, f"{lead_provider} {partnership.year.starts_in}")


def partnership_seen(
    partnership: Partnership, facts: SchoolFacts, partners: Mapping[str, UUID]
) -> SeenPartnership:
    """Returns what a lead provider sees of its own partnership."""
    trained = (
        Days(each.period.started_on, each.period.finished_on)
        for each in facts.trainings
        if each.state is TrainingState.CONFIRMED
        and not each.withdrawn
        and each.lead_provider == partnership.lead_provider
        and each.year == partnership.year
    )
    return SeenPartnership(
        cohort=partnership.year.starts_in,
        urn=partnership.school.digits,
        school=facts.id,
        delivery_partner=partners[partnership.delivery_partner],
        delivery_partner_name=partnership.delivery_partner,
        trainings=tuple(sorted(trained, key=lambda days: (days.first, str(days.last)))),
    )


def partner_seen(name: str, pairings: Iterable[Pairing]) -> Mapping[str, SeenPartner]:
    """Returns what each lead provider sees of a delivery partner that works with it."""
    years: dict[str, set[int]] = {}
    for pairing in pairings:
        years.setdefault(pairing.lead_provider, set()).add(pairing.year.starts_in)
    return {
        lead_provider: SeenPartner(name, tuple(sorted(theirs)))
        for lead_provider, theirs in years.items()
    }
