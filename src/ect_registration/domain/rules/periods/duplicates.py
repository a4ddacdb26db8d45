"""Decides whether the teacher is registered at this school already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Decision, Policy, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.values import Urn

ELIGIBILITY = Policy("Checking the ECT is eligible to be registered for training")

ALREADY_IN_PROGRESS_HERE = Rule(
    id="already-in-progress-here",
    says="A school cannot register an ECT who is in progress at that school.",
    source=ELIGIBILITY,
    enforced_by=(
        "ect_registration.domain.rules.periods.duplicates.check_already_in_progress_here",
        "database: no two overlapping ECT periods of a teacher",
    ),
    tells="This teacher is already registered as an ECT at your school",
)

ALREADY_COMPLETED_HERE = Rule(
    id="already-completed-here",
    says="A school cannot register an ECT who completed at that school; one who left may return.",
    source=ELIGIBILITY,
    enforced_by=("ect_registration.domain.rules.periods.duplicates.check_already_completed_here",),
    tells="This teacher has already completed as an ECT at your school",
)


LEAVES_HERE = (
    "This teacher is already registered as an ECT at your school, with {last_day} as the last "
    "day. If they are staying, remove the last day"
)


def check_already_in_progress_here(
    periods: Iterable[EctAtSchool], school: Urn, today: date
) -> Decision:
    """Refuses an ECT already in progress here; an open period at another school transfers."""
    here = [ect for ect in periods if ect.school == school]
    for ect in here:
        if ect.period.is_open(today) and not ect.completed:
            return _in_progress(ect.period)
    return ALREADY_IN_PROGRESS_HERE.allows(periods_here=len(here))


def _in_progress(period: Period) -> Decision:
    """Refuses with the last day, if one is reported, as it may have been a mistake."""
    since = period.started_on.isoformat()
    if period.finished_on is None:
        return ALREADY_IN_PROGRESS_HERE.refuses(since=since, last_day=None)
    last_day = period.finished_on.isoformat()
    return ALREADY_IN_PROGRESS_HERE.refuses(LEAVES_HERE, since=since, last_day=last_day)


def check_already_completed_here(periods: Iterable[EctAtSchool], school: Urn) -> Decision:
    """Refuses an ECT marked completed at this school, whatever the dates of the period."""
    here = [ect for ect in periods if ect.school == school]
    for ect in here:
        if ect.completed:
            return ALREADY_COMPLETED_HERE.refuses(started_on=ect.period.started_on.isoformat())
    return ALREADY_COMPLETED_HERE.allows(periods_here=len(here))
