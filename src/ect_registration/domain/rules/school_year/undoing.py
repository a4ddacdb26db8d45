"""Registered by mistake: until when a school may undo it, and what it is told."""

from __future__ import annotations

from datetime import date, timedelta

from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.policy import DAYS_TO_CORRECT
from ect_registration.domain.rules.periods.status import AtSchool, at_school

REGISTERED_BY_MISTAKE = Rule(
    id="registered-by-mistake",
    says="The school that registered an ECT or a mentor may undo it up to "
    f"{DAYS_TO_CORRECT} after the later of registration and first day, while the ECT is in "
    "progress or the mentor is there.",
    source=DAYS_TO_CORRECT.source,
    enforced_by=(
        "ect_registration.domain.rules.school_year.undoing.check_ect_registered_by_mistake",
        "ect_registration.domain.rules.school_year.undoing.check_mentor_registered_by_mistake",
    ),
    tells="This registration is from more than "
    f"{DAYS_TO_CORRECT} ago, so it cannot be undone. Report that they are leaving instead",
)

PREVIOUS_SCHOOL_TOLD = Rule(
    id="previous-school-told",
    says="The other school sees a transfer, and its undoing, in its list of things to do until a "
    "user there has marked them as read.",
    source=OurDecision("a school must learn that its record was ended by another one"),
    enforced_by=("ect_registration.use_cases.notifying.announcing.announce_end",),
)

BROUGHT_IN = (
    "This record was brought in from another service, so it cannot be undone. Report that they "
    "are leaving instead"
)
NOT_HERE = "They are no longer in progress at your school, so the registration cannot be undone"
MENTOR_NOT_HERE = "They have left your school, so the registration cannot be undone"


def check_ect_registered_by_mistake(
    ect: EctAtSchool, registered_on: date, today: date, *, any_day: bool = False
) -> Decision:
    """Decides whether a registration may be undone; ``any_day`` lifts the limit, for operators.

    ``registered_on`` is the day in London of the moment of registration.
    """
    if ect.registration.brought_in:
        return REGISTERED_BY_MISTAKE.refuses(BROUGHT_IN)
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return REGISTERED_BY_MISTAKE.refuses(NOT_HERE)
    return _in_time(registered_on, ect.period.started_on, today, any_day=any_day)


def check_mentor_registered_by_mistake(
    mentor: MentorAtSchool, registered_on: date | None, today: date, *, any_day: bool = False
) -> Decision:
    """Decides whether a registration may be undone; ``any_day`` lifts the limit, for operators.

    ``registered_on`` is the day in London of the moment of registration; None when none is known.
    """
    if registered_on is None:
        return REGISTERED_BY_MISTAKE.refuses(BROUGHT_IN)
    if mentor.withdrawn or mentor.period.is_finished(today):
        return REGISTERED_BY_MISTAKE.refuses(MENTOR_NOT_HERE)
    return _in_time(registered_on, mentor.period.started_on, today, any_day=any_day)


def _in_time(registered_on: date, first_day: date, today: date, *, any_day: bool) -> Decision:
    until = max(registered_on, first_day) + timedelta(days=DAYS_TO_CORRECT.value)
    if today > until and not any_day:
        return REGISTERED_BY_MISTAKE.refuses(until=until.isoformat())
    return REGISTERED_BY_MISTAKE.allows(until=until.isoformat())
