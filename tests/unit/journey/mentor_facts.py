"""What is right of a mentor for an ECT, told from facts and answers alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.people.training import Programme
from ect_registration.domain.policy import latest_ending
from ect_registration.domain.rules.registering.start_date import range_of_start_dates
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from unit.journey.facts import is_quite_another, says_same_person, stale_about_the_name

Case = MentorCase | AssignmentCase

DAY = timedelta(1)
ALWAYS = date.max
ANSWERS = {field.name for field in attrs.fields(MentorDraft)} - {"ect", "replace"}
OF_TRAINING = {"another_provider", "lead_provider"}


def against(case: Case) -> Iterator[str]:
    """Why this mentor must not be saved like this."""
    ect = case.ect
    open_mentorships = [
        m for m in ect.mentorships if not m.withdrawn and _last(m.period) >= case.today
    ]
    right = {
        "an ECT who has left": not ect.completed and _last(ect.period) >= case.today,
        "a second mentor": case.draft.replace or not open_mentorships,
        "their own mentor": case.facts.ect_trns.isdisjoint(case.person),
        "no day in common": _days_in_common(case),
        "a lead provider that is not right": _right_provider(case),
        **(_right_of_a_new_one(case) if isinstance(case, MentorCase) else {}),
    }
    return (why for why, holds in right.items() if not holds)


def _right_of_a_new_one(case: MentorCase) -> dict[str, bool]:
    here = [m for m in case.facts.periods if m.school == case.school]
    return {
        "a mentor here already": all(_last(m.period) < case.today for m in here),
        "prohibited": not case.record.prohibited,
        "another person's name": not is_quite_another(case) or says_same_person(case),
        "somebody else's email": case.person.issuperset(case.email_holders),
        "a start date that does not fit": _fits(case),
    }


def _fits(case: MentorCase) -> bool:
    """The start date that will be saved."""
    if not case.facts.periods:
        return case.start_date == case.today and case.draft.start_date is None
    earliest, latest = range_of_start_dates(case.today)
    day = case.draft.start_date
    here = [m.period.finished_on for m in case.facts.periods if m.school == case.school]
    there = [m.period.started_on for m in _elsewhere(case)] if case.draft.only_here else []
    if case.draft.only_here and any(_last(m.period) >= day for m in _elsewhere(case)):
        latest = min(latest, latest_ending(case.today))
    return earliest <= day <= latest and all(day > taken for taken in [*here, *there])


def _elsewhere(case: MentorCase) -> list[MentorAtSchool]:
    others = (m for m in case.facts.periods if m.school != case.school)
    return [m for m in others if _last(m.period) >= case.today]


def _last(period: object) -> date:
    return period.finished_on or ALWAYS


def _first_day(case: Case) -> date | None:
    """Of the mentorship."""
    if isinstance(case, AssignmentCase):
        mentor = case.mentor.period.started_on
    elif case.facts.periods:
        mentor = case.draft.start_date
    else:
        mentor = case.today
    return None if mentor is None else max(case.today, case.ect.period.started_on, mentor)


def _days_in_common(case: Case) -> bool:
    mentor = case.mentor.period if isinstance(case, AssignmentCase) else None
    ends = min(_last(case.ect.period), _last(mentor) if mentor else ALWAYS)
    return _first_day(case) <= ends


def _is_first(case: Case) -> bool:
    """Whether the school is to be told about funded training."""
    first = _first_day(case)
    if first is None or not _days_in_common(case):
        return False
    return case.ect.programme is Programme.PROVIDER_LED and not _is_trained(case, first)


def _is_trained(case: Case, day: date) -> bool:
    """Some training of theirs lasts until that day."""
    moves = isinstance(case, MentorCase) and case.draft.only_here
    for mentor in case.facts.periods:
        ends = ALWAYS
        if moves and mentor in _elsewhere(case) and case.draft.start_date is not None:
            ends = case.draft.start_date - DAY
        for training in mentor.trainings:
            if not training.withdrawn and min(_last(training.period), ends) >= day:
                return True
    return False


def _is_funded(case: Case) -> bool:
    return _is_first(case) and not any(
        known.early_roll_out or known.completed_on or known.timed_out_on
        for known in case.facts.training_history
    )


def _has_to_name_one(case: Case) -> bool:
    """The ECT's lead provider is not wanted, or does not work in the mentor's year."""
    if not _is_funded(case) or case.draft.another_provider is None:
        return False
    works = case.ect.lead_provider in case.year.lead_providers
    return case.draft.another_provider or not works


def _right_provider(case: Case) -> bool:
    if not _is_funded(case):
        return case.lead_provider is None and case.draft.lead_provider is None
    expected = case.ect.registration.expected_training_start_year
    year = max(expected, AcademicYear.containing(_first_day(case)))
    return case.year.year == year and case.lead_provider in case.year.lead_providers


def stale(case: Case) -> Iterator[str]:
    """Which answers do not fit the others."""
    if isinstance(case, MentorCase) and not case.proven:
        if any(case.answer(name) is not None for name in ANSWERS - {"search"}):
            yield "an answer without a proof"
        return
    if isinstance(case, MentorCase):
        yield from _stale_about_a_new_one(case)
    yield from _stale_about_training(case)


def _stale_about_a_new_one(case: MentorCase) -> Iterator[str]:
    yield from stale_about_the_name(case)
    if case.draft.only_here is not None and not _elsewhere(case):
        yield "only here of somebody who is nowhere else"
    if case.draft.start_date is not None and not (case.facts.periods and _fits(case)):
        yield "a start date that does not fit"


def _stale_about_training(case: Case) -> Iterator[str]:
    draft = case.draft
    if draft.another_provider is not None and not _is_first(case):
        yield "a word about training that nobody is told of"
    if draft.lead_provider is not None:
        if not _has_to_name_one(case):
            yield "a lead provider whom nobody asked for"
        elif draft.lead_provider not in case.year.lead_providers:
            yield "a lead provider that is not on offer"


def hanging_on(step_id: str, before: Case, after: Case) -> Collection[str]:
    """Which answers another answer at this step may make void."""
    match step_id:
        case "find" | "national-insurance-number":
            return ANSWERS
        case "name":
            return {"same_person"}
        case "same-person":
            return {"name", "same_person"}
        case "only-here":
            return {"start_date", *OF_TRAINING} if after.draft.only_here else OF_TRAINING
        case "start-date":
            fits = _is_funded(after) and before.draft.lead_provider in after.year.lead_providers
            return (set() if _is_first(after) else OF_TRAINING) | (
                set() if fits else {"lead_provider"}
            )
        case "training":
            return {"lead_provider"}
        case _:
            return set()


def necessary(case: Case) -> Iterator[str]:
    """Which answers it is not complete without."""
    if isinstance(case, MentorCase):
        yield from ("search", "name", "email")
        if is_quite_another(case):
            yield "same_person"
        if _elsewhere(case):
            yield "only_here"
        if case.facts.periods:
            yield "start_date"
    if _is_first(case):
        yield "another_provider"
    if _has_to_name_one(case):
        yield "lead_provider"
