"""Where an ECT stands: derived from periods and mentorships, never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.policy import MONTHS_AHEAD, latest_ending


class AtSchool(StrEnum):
    """An ECT's standing at one school."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    LEFT = "left"


class Status(StrEnum):
    """How far the registration of an ECT in progress is."""

    MENTOR_REQUIRED = "mentor_required"
    REGISTERED = "registered"


MENTOR_REQUIRED_OR_REGISTERED = Rule(
    id="mentor-required-or-registered",
    says="An ECT in progress is registered with an open mentorship, and else needs a mentor.",
    source=Policy("Deciding if the mentor is new or a previously registered mentor"),
    details=OurDecision("derived, so that it falls back when a mentor leaves"),
    enforced_by=("ect_registration.domain.rules.status.status_of",),
)

IN_PROGRESS_COMPLETED_LEFT = Rule(
    id="in-progress-completed-left",
    says="An ECT is completed when marked so, has left when the last day has passed, and is in "
    "progress otherwise.",
    source=Policy("Checking the ECT is eligible to be registered for training"),
    enforced_by=("ect_registration.domain.rules.status.at_school",),
)

LEAVING = Rule(
    id="leaving",
    says=f"A school reports an ECT or a mentor leaving on a day up to {MONTHS_AHEAD} ahead, and "
    "may correct or withdraw it until it has passed.",
    source=MONTHS_AHEAD.source,
    waits_for="a page and a command to report a last day",
    enforced_by=("ect_registration.domain.rules.status.check_leaving",),
    tells="Enter a last day from {earliest} to {latest}",
)

TOO_LATE = "The last day has passed, so it can no longer be changed"
REGISTERED_SINCE = (
    "They have been registered elsewhere from {next_start}, so you cannot change the last day"
)


def at_school(ect: EctAtSchool, today: date) -> AtSchool:
    """Returns an ECT's state at school: completed wins over left, whatever the dates."""
    if ect.completed:
        return AtSchool.COMPLETED
    if ect.period.is_finished(today):
        return AtSchool.LEFT
    return AtSchool.IN_PROGRESS


def status_of(ect: EctAtSchool, today: date) -> Status | None:
    """Returns the status of an ECT in progress; a mentorship that begins later counts already."""
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return None
    return Status.REGISTERED if ect.open_mentorships(today) else Status.MENTOR_REQUIRED


def check_leaving(
    period: Period, last_day: date | None, today: date, next_start: date | None = None
) -> Decision:
    """Decides on a last day, or on its withdrawal when ``last_day`` is None.

    ``next_start`` is the first day of the person's next period.
    """
    if period.is_finished(today):
        return LEAVING.refuses(TOO_LATE)
    latest = latest_ending(today)
    if last_day is not None and not period.started_on <= last_day <= latest:
        return LEAVING.finds_invalid(
            "finished_on", earliest=period.started_on.isoformat(), latest=latest.isoformat()
        )
    if next_start is not None and (last_day is None or last_day >= next_start):
        return LEAVING.refuses(REGISTERED_SINCE, next_start=next_start.isoformat())
    return LEAVING.allows()
