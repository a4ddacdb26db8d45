"""Decides one row by every rule of a registration, in the same order."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.periods.duplicates import ALREADY_IN_PROGRESS_HERE
from ect_registration.journeys.ect_case import EctCase
from ect_registration.use_cases.bulk.rows import DoneBefore, Proven
from ect_registration.use_cases.journeys.ect_facts import EctFacts
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.journey_type import Decided


def decide(row: Proven, today: date, facts: EctFacts) -> Decided[EctCase] | DoneBefore | Blocked:
    """Decides every rule of one registration on these facts; what is decided has no stop."""
    case = ECT_JOURNEY.gather(row.draft, row.school, today, facts)
    if isinstance(case, Blocked):
        return case
    decided = ECT_JOURNEY.walked(case)
    if decided.stop is None:
        return decided
    done = None
    if decided.stop.rule is ALREADY_IN_PROGRESS_HERE:
        done = next((each for each in case.periods if _is_what_was_asked_for(each, case)), None)
    return decided.stop if done is None else DoneBefore(done)


def _is_what_was_asked_for(ect: EctAtSchool, case: EctCase) -> bool:
    """Says whether this registration is the one that the case would be.

    Reused choices are whatever they were then: by now another ECT's may be the latest.
    """
    if ect.school != case.school.urn or ect.completed or not ect.period.is_open(case.today):
        return False
    reuses = case.draft.reuse is not None and case.draft.reuse.wanted
    return (
        ect.email == case.draft.email
        and ect.period.started_on == case.draft.start_date
        and ect.working_pattern == case.draft.working_pattern
        and (reuses or ect.registration.choices == case.choices)
    )


def changes_others(case: EctCase) -> bool:
    """Says whether a registration changes more than its person: a merge or a partnership does."""
    carries = case.reused is not None and case.reused.carried_from is not None
    others = [teacher for teacher in case.known if teacher.trn != case.record.trn]
    return bool(carries or others or case.record.merged_from)
