"""Removing a mentor from an ECT without giving them another one."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.policy import MONTHS_AHEAD, latest_ending
from ect_registration.domain.rules.periods.status import AtSchool, at_school

MENTOR_REMOVED = Rule(
    id="mentor-removed",
    says="A school may end a mentorship without a new mentor, today or up to "
    f"{MONTHS_AHEAD} ahead; the ECT needs a mentor again.",
    source=OurDecision("a mentor may have to stop before another one is found"),
    enforced_by=("ect_registration.domain.rules.mentors.removal.check_mentor_removed",),
    tells="Enter a last day of mentoring from {earliest} to {latest}",
)

NOT_IN_PROGRESS = "This ECT is no longer in progress at your school, so nothing can be changed"


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
