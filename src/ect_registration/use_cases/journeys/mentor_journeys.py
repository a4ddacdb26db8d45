"""The journeys that register or assign a mentor: their steps, and the facts they rest on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentor import MentorPast
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY, unknown_school
from ect_registration.domain.rules.mentors.mentor import check_own_mentor
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.journeys.mentoring_case import Mentoring
from ect_registration.journeys.register_mentor import ASSIGN_MENTOR, REGISTER_MENTOR
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys.ect_journey import lead_provider_meant
from ect_registration.use_cases.journeys.journey_type import JourneyType

M = TypeVar("M", MentorCase, AssignmentCase)


class MentorJourney(JourneyType[MentorDraft, MentorCase]):
    """Registers a mentor and assigns them to an ECT."""

    draft_type = MentorDraft
    steps = REGISTER_MENTOR

    def gather(
        self, draft: MentorDraft, school: Urn, today: date, uow: UnitOfWork
    ) -> MentorCase | Blocked:
        """Look up the facts that the answers call for; blocked by an ECT of another school."""
        facts = _about_ect(draft.ect, school, today, uow)
        if isinstance(facts, Blocked):
            return facts
        unanswered = MentorCase(facts, self.afresh(draft, None))
        case = self.with_draft(unanswered, draft, uow)
        if case.facts.training_year is not None:
            return case
        closed_days = frozenset(uow.offers.closed_days(today))
        return attrs.evolve(case, facts=attrs.evolve(case.facts, closed_days=closed_days))

    def with_draft(self, case: MentorCase, draft: MentorDraft, uow: UnitOfWork) -> MentorCase:
        """Returns the case with other answers; only facts that these call for are looked up."""
        before, case = case.draft, attrs.evolve(case, draft=draft)
        if case.proven and draft.search != before.search:
            case = _with_person(case, uow)
        if case.proven and draft.email != before.email:
            case = _with_email_holders(case, uow)
        return _with_offer(case, uow)

    def draft_of(self, case: MentorCase) -> MentorDraft:
        """Returns the answers of a case."""
        return case.draft

    def afresh(self, draft: MentorDraft, search: Search | None) -> MentorDraft:
        """Returns a draft for the same ECT, with this search and nothing else answered."""
        return MentorDraft(draft.ect, draft.replace, search)

    def check_person(self, case: MentorCase, person: Collection[Trn]) -> Blocked | None:
        """Refuses to search for the ECT as their own mentor."""
        decision = check_own_mentor(person, case.facts.ect_trns)
        return decision if isinstance(decision, Blocked) else None


class AssignmentJourney(JourneyType[AssignmentDraft, AssignmentCase]):
    """Assigns a mentor of the school to an ECT."""

    draft_type = AssignmentDraft
    steps = ASSIGN_MENTOR

    def gather(
        self, draft: AssignmentDraft, school: Urn, today: date, uow: UnitOfWork
    ) -> AssignmentCase | Blocked:
        """Look up the facts; blocked by an ECT or a mentor of another school."""
        facts = _about_ect(draft.ect, school, today, uow)
        if isinstance(facts, Blocked):
            return facts
        past = uow.mentors.past_of_person_with(draft.mentor)
        mentor = past.period_with(draft.mentor)
        if mentor is None or mentor.school != school:
            return OWN_SCHOOL_ONLY.refuses(field="mentor")
        return self.with_draft(AssignmentCase(_with_past(facts, past), draft, mentor), draft, uow)

    def with_draft(
        self, case: AssignmentCase, draft: AssignmentDraft, uow: UnitOfWork
    ) -> AssignmentCase:
        """Returns the case with other answers; what is on offer does not depend on them."""
        return _with_offer(attrs.evolve(case, draft=draft), uow)

    def draft_of(self, case: AssignmentCase) -> AssignmentDraft:
        """Returns the answers of a case."""
        return case.draft

    def afresh(self, draft: AssignmentDraft, _: Search | None) -> AssignmentDraft:
        """Returns a draft for the same ECT and mentor with nothing answered."""
        return AssignmentDraft(draft.ect, draft.mentor, draft.replace)


MENTOR_JOURNEY = MentorJourney()
ASSIGNMENT_JOURNEY = AssignmentJourney()


def _about_ect(id: EctId, urn: Urn, today: date, uow: UnitOfWork) -> Mentoring | Blocked:
    found = uow.ects.find_with_trns(id)
    if found is None or found[0].school != urn:
        if uow.schools.find(urn) is None:
            return unknown_school()
        return OWN_SCHOOL_ONLY.refuses(field="ect")
    return Mentoring(today, *found)


def _with_person(case: MentorCase, uow: UnitOfWork) -> MentorCase:
    found = uow.mentors.known_as(case.record.trns)
    return attrs.evolve(
        case,
        facts=_with_past(case.facts, found.past),
        known=tuple(found.teachers),
        schools=found.schools,
    )


def _with_email_holders(case: MentorCase, uow: UnitOfWork) -> MentorCase:
    email = case.draft.email
    holders = () if email is None else tuple(uow.emails.holders(email, case.today))
    return attrs.evolve(case, email_holders=holders)


def _with_past(facts: Mentoring, past: MentorPast) -> Mentoring:
    return attrs.evolve(
        facts, periods=tuple(past.periods), training_history=tuple(past.training_history)
    )


def _with_offer(case: M, uow: UnitOfWork) -> M:
    """Returns the case with who works in the mentor's training year, if they would be trained."""
    if not _may_be_trained(case):
        return case
    known = case.facts.training_year
    if known is None or known.year != case.year_of_training:
        offer = uow.offers.to_school(case.school, case.year_of_training)
        facts = attrs.evolve(
            case.facts,
            training_year=offer.year,
            partnerships=offer.partnerships,
            closed_days=offer.closed_days,
        )
        case = attrs.evolve(case, facts=facts)
    return _with_present_name(case)


def _with_present_name(case: M) -> M:
    """Returns the case with the present name of the lead provider: rules compare only that."""
    typed = case.draft.lead_provider
    now = None if typed is None else lead_provider_meant(typed, case.year)
    if now == typed:
        return case
    return attrs.evolve(case, draft=attrs.evolve(case.draft, lead_provider=now))


def _may_be_trained(case: MentorCase | AssignmentCase) -> bool:
    if isinstance(case, MentorCase) and not case.proven:
        return False
    return case.sets_up_training or case.names_provider_in_vain
