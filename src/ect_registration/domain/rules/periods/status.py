"""Where an ECT stands: derived from periods and mentorships, never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from ect_registration.domain.calendar import Period, day_after, day_before
from ect_registration.domain.decisions import OurDecision, Policy, Rule
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import is_undone


class AtSchool(StrEnum):
    """An ECT's standing at one school."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    LEFT = "left"
    UNDONE = "undone"  # kept to be read: it counts for nothing


class Status(StrEnum):
    """How far the registration of an ECT in progress is."""

    MENTOR_REQUIRED = "mentor_required"
    REGISTERED = "registered"


MENTOR_REQUIRED_OR_REGISTERED = Rule(
    id="mentor-required-or-registered",
    says="An ECT in progress is registered while they have an open mentorship, and otherwise "
    "needs a mentor.",
    source=Policy("Deciding if the mentor is new or a previously registered mentor"),
    details=OurDecision("derived, so that it falls back when a mentor leaves"),
    enforced_by=("ect_registration.domain.rules.periods.status.status_of",),
)

IN_PROGRESS_COMPLETED_LEFT = Rule(
    id="in-progress-completed-left",
    says="An ECT is completed when marked so, has left when the last day has passed, and is in "
    "progress otherwise.",
    source=Policy("Checking the ECT is eligible to be registered for training"),
    enforced_by=("ect_registration.domain.rules.periods.status.at_school",),
)

NO_MENTOR_YET = Rule(
    id="no-mentor-yet",
    says="The days in progress, from today on, that no mentorship covers are named wherever an "
    "ECT is shown as registered.",
    source=OurDecision("registered does not mean that the ECT has a mentor on every day"),
    enforced_by=("ect_registration.domain.rules.periods.status.days_without_mentor",),
)


def at_school(ect: EctAtSchool, today: date) -> AtSchool:
    """Returns an ECT's state at school: completed wins over left, whatever the dates."""
    if is_undone(ect):
        return AtSchool.UNDONE
    if ect.is_completed:
        return AtSchool.COMPLETED
    if ect.withdrawn or ect.period.is_finished(today):  # withdrawn: before its first day
        return AtSchool.LEFT
    return AtSchool.IN_PROGRESS


def status_of(ect: EctAtSchool, today: date) -> Status | None:
    """Returns the status of an ECT in progress; a mentorship that begins later counts already."""
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return None
    return Status.REGISTERED if ect.open_mentorships(today) else Status.MENTOR_REQUIRED


def days_without_mentor(ect: EctAtSchool, today: date) -> tuple[Period, ...]:
    """Returns the days from today on that no mentor covers, for an ECT in progress.

    The last of these periods is open when no mentor follows.
    """
    if at_school(ect, today) is not AtSchool.IN_PROGRESS:
        return ()
    gaps, day = [], max(today, ect.period.started_on)
    for mentorship in ect.open_mentorships(today):
        if mentorship.period.started_on > day:
            gaps.append(Period(day, day_before(mentorship.period.started_on)))
        if mentorship.period.finished_on is None:
            return tuple(gaps)
        day = day_after(mentorship.period.finished_on)
    last_day = ect.period.finished_on
    if last_day is None or day <= last_day:
        gaps.append(Period(day))
    return tuple(gaps)
