"""The journey that registers an ECT: its steps, and the facts that they are decided on."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.rules.access import unknown_school
from ect_registration.domain.rules.operating.organisations import name_meant
from ect_registration.domain.rules.registering.start_date import expected_training_start_year
from ect_registration.domain.school import Offer, TrainingYear
from ect_registration.domain.values import Urn
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.use_cases.journeys.ect_facts import EctFacts
from ect_registration.use_cases.journeys.journey_type import JourneyType


class EctJourney(JourneyType[EctDraft, EctCase]):
    """Registers an ECT."""

    draft_type = EctDraft
    steps = REGISTER_ECT

    def gather(
        self, draft: EctDraft, school: Urn, today: date, uow: EctFacts
    ) -> EctCase | Blocked:
        """Look up the facts that the answers so far call for; blocked by an unknown school."""
        case = _at_school(draft.start_date, school, today, uow)
        if case is None:
            return unknown_school()
        return self.with_draft(case, draft, uow)

    def with_draft(self, case: EctCase, draft: EctDraft, uow: EctFacts) -> EctCase:
        """Returns the case with other answers; only facts that these call for are looked up."""
        before, case = case.draft, attrs.evolve(case, draft=draft)
        if case.proven and draft.search != before.search:
            case = _with_person(case, uow)
        if case.proven and draft.email != before.email:
            case = _with_email_holders(case, uow)
        if draft.start_date is not None and draft.start_date != before.start_date:
            offer = uow.offers.to_school(case.school.urn, case.expected_year)
            case = _with_offer(case, offer)
        return _with_present_names(case)

    def draft_of(self, case: EctCase) -> EctDraft:
        """Returns the answers of a case."""
        return case.draft

    def afresh(self, _: EctDraft, search: Search | None) -> EctDraft:
        """Returns a draft with this search and nothing else answered."""
        return EctDraft(search)


ECT_JOURNEY = EctJourney()


def _at_school(start_date: date | None, urn: Urn, today: date, uow: EctFacts) -> EctCase | None:
    """Returns a case with only the start date answered, since it decides what is on offer."""
    if start_date is None:
        found = uow.schools.with_latest_registration(urn)
        closed_days = frozenset(uow.offers.closed_days(today))
        return found and EctCase(EctDraft(), today, *found, closed_days=closed_days)
    offered = uow.schools.with_offer(urn, expected_training_start_year(today, start_date))
    if offered is None:
        return None
    school, latest, offer = offered
    return _with_offer(EctCase(EctDraft(start_date=start_date), today, school, latest), offer)


def _with_person(case: EctCase, uow: EctFacts) -> EctCase:
    found = uow.ects.known_as(case.record.trns)
    return attrs.evolve(
        case, known=tuple(found.teachers), periods=tuple(found.periods), schools=found.schools
    )


def _with_email_holders(case: EctCase, uow: EctFacts) -> EctCase:
    email = case.draft.email
    holders = () if email is None else tuple(uow.emails.holders(email, case.today))
    return attrs.evolve(case, email_holders=holders)


def _with_offer(case: EctCase, offer: Offer) -> EctCase:
    return attrs.evolve(
        case,
        bodies=offer.bodies,
        training_year=offer.year,
        partnerships=offer.partnerships,
        former_bodies=offer.former_bodies,
        closed_days=offer.closed_days,
    )


def _with_present_names(case: EctCase) -> EctCase:
    """Returns the case with the present names of what was chosen: rules compare only these."""
    draft = case.draft
    body, provider = draft.appropriate_body, draft.lead_provider
    if body is not None:
        body = name_meant(body, {known.name for known in case.bodies}, case.former_bodies)
    if provider is not None and case.training_year is not None:
        provider = lead_provider_meant(provider, case.training_year)
    if (body, provider) == (draft.appropriate_body, draft.lead_provider):
        return case
    return attrs.evolve(
        case, draft=attrs.evolve(draft, appropriate_body=body, lead_provider=provider)
    )


def lead_provider_meant(typed: str, year: TrainingYear) -> str:
    """Returns the present name of a lead provider, or what was typed."""
    return name_meant(typed, year.all_lead_providers, year.former_lead_providers)
