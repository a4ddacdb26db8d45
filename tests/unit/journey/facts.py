"""What is right of a case, told from its facts and answers alone: no gate and no step is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import attrs

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.teacher import InductionStatus
from ect_registration.domain.people.training import Programme
from ect_registration.domain.policy import latest_ending
from ect_registration.domain.rules.registering.start_date import range_of_start_dates
from ect_registration.journeys.ect_case import EctCase

ANSWERS = {field.name for field in attrs.fields(EctDraft)}
CHOICES = {"appropriate_body", "programme", "lead_provider"}
MAY_BE_REGISTERED = {
    InductionStatus.NONE,
    InductionStatus.REQUIRED_TO_COMPLETE,
    InductionStatus.IN_PROGRESS,
}


def against(case: EctCase) -> Iterator[str]:
    """Why this ECT must not be registered like this."""
    earliest, latest = range_of_start_dates(case.today)
    starts = [ect.period.started_on for ect in case.periods]  # open ones, all of them
    right = {
        "not to be registered": case.record.induction in MAY_BE_REGISTERED,
        "prohibited": not case.record.prohibited,
        "here already": all(ect.school != case.school.urn for ect in case.periods),
        "another person's name": not is_quite_another(case) or says_same_person(case),
        "somebody else's email": case.person.issuperset(case.email_holders),
        "a start date out of range": earliest <= case.start_date <= latest,
        "a year that is not open": case.year.open_for_registration,
        "two schools at once": all(case.start_date > start for start in starts),
        "another school's record ended too far ahead": _soon_enough(case),
        "a body that is not on offer": case.choices.appropriate_body in case.bodies_on_offer,
        "a lead provider that is not on offer": _right_provider(case),
    }
    return (why for why, holds in right.items() if not holds)


def _soon_enough(case: EctCase) -> bool:
    """At most four months ahead, unless nothing is left there to end."""
    last_days = [ect.period.finished_on for ect in case.periods]
    ends_nothing = all(day is not None and day < case.start_date for day in last_days)
    return ends_nothing or case.start_date <= latest_ending(case.today)


def is_quite_another(case: Any) -> bool:
    """A corrected name of which no word is in TRS's: the names explored have no other ones."""
    given = case.draft.name
    if given is None or given.corrected is None:
        return False
    return not set(given.corrected.text.split()) & set(case.record.name.split())


def says_same_person(case: Any) -> bool:
    """The school said yes, and of the name that TRS has."""
    said = case.draft.same_person
    return said is not None and (said.same, said.trs_name) == (True, case.record.name)


def stale_about_the_name(case: Any) -> Iterator[str]:
    """An answer about two names, one of which was given up."""
    if case.draft.same_person is not None and not is_quite_another(case):
        yield "an answer about a name that nobody asked about"


def _right_provider(case: EctCase) -> bool:
    if case.choices.programme is Programme.SCHOOL_LED:
        return case.choices.lead_provider is None and case.draft.lead_provider is None
    return case.choices.lead_provider in case.year.lead_providers


def stale(case: EctCase) -> Iterator[str]:
    """Which answers do not fit the others."""
    if case.proven:
        yield from stale_about_the_name(case)
    if case.draft.start_date is not None:
        yield from _stale_choices(case)
    elif any(case.answer(name) is not None for name in {"reuse", *CHOICES}):
        yield "choices without a start date"


def _stale_choices(case: EctCase) -> Iterator[str]:
    draft, offered = case.draft, case.reuse.offered
    chosen = {name for name in CHOICES if case.answer(name) is not None}
    if draft.reuse is not None and draft.reuse.offered != offered:
        yield "an answer to another offer"
    if draft.reuse is not None and draft.reuse.wanted and chosen:
        yield "choices beside reused ones"
    if offered is not None and draft.reuse is None and chosen:
        yield "choices before the answer about reuse"
    if draft.appropriate_body not in {None, *case.bodies_on_offer}:
        yield "a body that is not on offer"
    if draft.lead_provider is not None and draft.programme is not Programme.PROVIDER_LED:
        yield "a lead provider without its programme"
    if draft.lead_provider not in {None, *case.year.lead_providers}:
        yield "a lead provider that is not on offer"


def hanging_on(step_id: str, before: EctCase, after: EctCase) -> Collection[str]:
    """Which answers another answer at this step may make void."""
    match step_id:
        case "find" | "national-insurance-number":
            return ANSWERS
        case "name":
            return {"same_person"}
        case "same-person":
            return {"name", "same_person"}
        case "reuse-choices":
            return CHOICES
        case "programme":
            return {"lead_provider"}
        case "start-date":
            return _hanging_on_the_start_date(before, after)
        case _:
            return set()


def _hanging_on_the_start_date(before: EctCase, after: EctCase) -> set[str]:
    if before.draft.start_date is None:
        return set()
    offered = after.reuse.offered
    if offered is not None and offered != before.reuse.offered:
        return {"reuse", *CHOICES}
    fits = {
        "reuse": offered is not None,
        "appropriate_body": before.draft.appropriate_body in after.bodies_on_offer,
        "lead_provider": before.draft.lead_provider in after.year.lead_providers,
    }
    return {name for name, still in fits.items() if not still}


def necessary(case: EctCase) -> Iterator[str]:
    """Which answers a registration is not complete without."""
    yield from ("search", "name", "email", "start_date", "working_pattern")
    if is_quite_another(case):
        yield "same_person"
    if any(ect.school != case.school.urn for ect in case.periods):
        yield "registered_before_seen"
    if case.reuse.offered is not None:
        yield "reuse"
    if case.draft.reuse is None or not case.draft.reuse.wanted:
        yield from ("appropriate_body", "programme")
        if case.draft.programme is Programme.PROVIDER_LED:
            yield "lead_provider"
