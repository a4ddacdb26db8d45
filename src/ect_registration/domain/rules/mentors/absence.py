"""Days on which an ECT has no mentor: named, and brought about by removing a mentor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import day_after, day_before
from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.policy import MONTHS_AHEAD, latest_ending
from ect_registration.domain.rules.status import AtSchool, at_school

NO_MENTOR_YET = Rule(
    id="no-mentor-yet",
    says="The days in progress, from today on, that no mentorship covers are named wherever the "
    "status registered stands.",
    source=OurDecision("a mentor who begins later or leaves soon must not hide that"),
    enforced_by=("ect_registration.domain.rules.mentors.absence.days_without_mentor",),
)

MENTOR_REMOVED = Rule(
    id="mentor-removed",
    says="A school may end a mentorship without a new mentor, today or up to "
    f"{MONTHS_AHEAD} ahead; the ECT needs a mentor again.",
    source=OurDecision("a mentor may have to stop before another one is found"),
    enforced_by=("ect_registration.domain.rules.mentors.absence.check_mentor_removed",),
    tells="Enter a last day of mentoring from {earliest} to {latest}",
)

NOT_IN_PROGRESS = "This ECT is no longer in progress at your school, so nothing can be changed"


@attrs.frozen
class Days:
    """From a first day to a last one, both included; None is without an end."""

    first: date
    last: date | None


def days_without_mentor(ect: EctAtSchool, today: date) -> Sequence[Days]:
    """Returns the days in progress, from today on, that no mentorship covers; oldest first."""
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return ()
    missing: list[Days] = []
    free_from: date | None = max(today, ect.period.started_on)
    for mentorship in ect.open_mentorships(today):
        if free_from is None:
            break
        if mentorship.period.started_on > free_from:
            missing.append(Days(free_from, day_before(mentorship.period.started_on)))
        last_day = mentorship.period.finished_on
        free_from = None if last_day is None else max(free_from, day_after(last_day))
    last_day = ect.period.finished_on
    if free_from is not None and (last_day is None or free_from <= last_day):
        missing.append(Days(free_from, last_day))
    return missing


def check_mentor_removed(ect: EctAtSchool, last_day: date, today: date) -> Decision:
    """Decides on the last day of mentoring."""
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return MENTOR_REMOVED.refuses(NOT_IN_PROGRESS)
    latest = latest_ending(today)
    if not today <= last_day <= latest:
        return MENTOR_REMOVED.finds_invalid(
            "last_day", earliest=today.isoformat(), latest=latest.isoformat()
        )
    return MENTOR_REMOVED.allows(last_day=last_day.isoformat())
