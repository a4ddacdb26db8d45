"""Looking up the facts about a mentor and the ECT they are for: the single place that does."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentor import MentorPast
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.values import Urn
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.journeys.mentoring_case import Mentoring
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys.ect_facts import lead_provider_meant

M = TypeVar("M", MentorCase, AssignmentCase)


def gather_mentor(
    draft: MentorDraft, urn: Urn, today: date, uow: UnitOfWork
) -> MentorCase | Blocked:
    """Blocked by an ECT who is not at this school."""
    facts = _about_ect(draft.ect, urn, today, uow)
    if isinstance(facts, Blocked):
        return facts
    return with_mentor_draft(MentorCase(facts, draft), draft, uow)


def with_mentor_draft(case: MentorCase, draft: MentorDraft, uow: UnitOfWork) -> MentorCase:
    """The same case with other answers, and the facts that these call for."""
    case = attrs.evolve(case, draft=draft)
    if case.proven:
        case = _with_person(case, uow)
    return _with_offer(case, uow)


def gather_assignment(
    draft: AssignmentDraft, urn: Urn, today: date, uow: UnitOfWork
) -> AssignmentCase | Blocked:
    """Blocked by an ECT or a mentor who is not at this school."""
    facts = _about_ect(draft.ect, urn, today, uow)
    if isinstance(facts, Blocked):
        return facts
    past = uow.mentors.past_of_person_with(draft.mentor)
    mentor = past.period_with(draft.mentor)
    if mentor is None or mentor.school != urn:
        return OWN_SCHOOL_ONLY.refuses(field="mentor")
    return with_assignment_draft(
        AssignmentCase(_with_past(facts, past), draft, mentor), draft, uow
    )


def with_assignment_draft(
    case: AssignmentCase, draft: AssignmentDraft, uow: UnitOfWork
) -> AssignmentCase:
    """The same case with other answers; what they can be chosen from does not depend on them."""
    return _with_offer(attrs.evolve(case, draft=draft), uow)


def _about_ect(id: EctId, urn: Urn, today: date, uow: UnitOfWork) -> Mentoring | Blocked:
    found = uow.ects.find_with_trns(id)
    if found is None or found[0].school != urn:
        if uow.schools.find(urn) is None:
            return OWN_SCHOOL_ONLY.finds_invalid("school", "Enter the URN of a school we know")
        return OWN_SCHOOL_ONLY.refuses(field="ect")
    return Mentoring(today, *found)


def _with_person(case: MentorCase, uow: UnitOfWork) -> MentorCase:
    found = uow.mentors.known_as(case.record.trns)
    email = case.draft.email
    return attrs.evolve(
        case,
        facts=_with_past(case.facts, found.past),
        known=tuple(found.teachers),
        schools=found.schools,
        email_holders=() if email is None else tuple(uow.emails.holders(email, case.today)),
    )


def _with_past(facts: Mentoring, past: MentorPast) -> Mentoring:
    return attrs.evolve(
        facts, periods=tuple(past.periods), training_history=tuple(past.training_history)
    )


def _with_offer(case: M, uow: UnitOfWork) -> M:
    """Who works in the year in which the mentor would be trained, if they would be."""
    if not _may_be_trained(case):
        return case
    offer = uow.offers.to_school(case.school, case.year_of_training)
    facts = attrs.evolve(case.facts, training_year=offer.year, partnerships=offer.partnerships)
    return _with_present_name(attrs.evolve(case, facts=facts))


def _with_present_name(case: M) -> M:
    """Who was named, as they are called now: rules compare present names only."""
    typed = case.draft.lead_provider
    now = None if typed is None else lead_provider_meant(typed, case.year)
    if now == typed:
        return case
    return attrs.evolve(case, draft=attrs.evolve(case.draft, lead_provider=now))


def _may_be_trained(case: MentorCase | AssignmentCase) -> bool:
    if isinstance(case, MentorCase) and not case.proven:
        return False
    return case.sets_up_training or case.names_provider_in_vain
