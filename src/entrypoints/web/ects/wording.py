"""The words that pages and files use for an ECT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.funding import Funding, FundingNeed
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.records.announcement import Announced, Unread
from ect_registration.domain.rules.periods.status import AtSchool
from ect_registration.domain.search.ect_search import ShownStatus
from ect_registration.use_cases.school.ects import EctSummary
from entrypoints.text.dates_in_words import long_date

UNKNOWN = "Not known"
SCHOOL_LED = "None (school-led training)"
WAITING = "Waiting for the lead provider to confirm"
NEVER_CONFIRMED = "Not confirmed by the lead provider"
CANCELLED = "Cancelled, because this registration was undone"
NO_PARTNER_YET = "Not confirmed yet"

STATUSES: Mapping[ShownStatus, str] = {
    ShownStatus.MENTOR_REQUIRED: "Mentor required",
    ShownStatus.REGISTERED: "Registered",
    ShownStatus.COMPLETED: "Completed",
    ShownStatus.LEFT: "Left",
}
# On a person's page, which can be read after the registration was undone; lists have no such ECT.
TAGS: Mapping[StrEnum, str] = {AtSchool.UNDONE: "Undone", **dict[StrEnum, str](STATUSES.items())}
COLOURS: Mapping[StrEnum, str] = {
    AtSchool.UNDONE: "grey",
    ShownStatus.MENTOR_REQUIRED: "orange",
    ShownStatus.REGISTERED: "green",
    ShownStatus.COMPLETED: "blue",
    ShownStatus.LEFT: "grey",
}
PROGRAMMES = {Programme.PROVIDER_LED: "Provider-led", Programme.SCHOOL_LED: "School-led"}
PATTERNS = {"full_time": "Full time", "part_time": "Part time"}
TRAININGS = {
    TrainingState.CONFIRMED: "Confirmed by the lead provider",
    TrainingState.SCHOOL_LED: "Provided by your school",
}

FUNDING_NEEDS = {
    FundingNeed.QTS: "qualified teacher status (QTS)",
    FundingNeed.INDUCTION_PERIOD: "an induction period reported by the appropriate body",
}

OUTCOMES = {
    Outcome.PASSED: "Passed",
    Outcome.FAILED: "Failed",
    Outcome.EXEMPT: "Exempt",
}


def outcome_of(ect: EctSummary) -> str:
    """Returns what TRS says that induction came to, and when; empty where it did not say."""
    if ect.outcome_of_induction is None:
        return ""
    outcome = OUTCOMES[ect.outcome_of_induction]
    return f"{outcome} on {long_date(ect.outcome_on)}" if ect.outcome_on else outcome


def funding_of(ect: EctSummary) -> str:
    """Returns whether an ECT is eligible for funding, and what they still need."""
    if ect.funding is Funding.YES:
        return "Eligible"
    if ect.funding is Funding.NOT_KNOWN:
        return UNKNOWN
    needs = " and ".join(FUNDING_NEEDS[need] for need in ect.funding_needs)
    return f"Not eligible yet. They need {needs}" if needs else "Not eligible"


def status_of(ect: EctSummary) -> ShownStatus | AtSchool:
    """Returns the status of an ECT at the school."""
    if ect.at_school is AtSchool.UNDONE:
        return AtSchool.UNDONE
    return ShownStatus(ect.status or ect.at_school)


def needs_mentor(ect: EctSummary) -> bool:
    """Says whether an ECT in progress has no mentor, now or later."""
    return status_of(ect) is ShownStatus.MENTOR_REQUIRED


def has_mentor(ect: EctSummary) -> bool:
    """Says whether an ECT in progress has a mentor, now or later."""
    return status_of(ect) is ShownStatus.REGISTERED


def no_mentor(ect: EctSummary) -> str:
    """Returns why no mentor is shown on the page of an ECT who has none."""
    if needs_mentor(ect):
        return "No mentor is assigned yet"
    undone = status_of(ect) is AtSchool.UNDONE
    return "None, because this registration was undone" if undone else "They had no mentor"


@attrs.frozen
class MentorShown:
    """A present or coming mentor of an ECT, and since or until when."""

    id: MentorId
    name: str
    days: str


def mentors_of(ect: EctSummary) -> Sequence[MentorShown]:
    """Returns the present mentor and the next ones, each with the days that matter now."""
    if ect.mentor_id is None:
        return ()
    coming = [
        MentorShown(each.id, each.name, f"from {long_date(each.starts_on)}")
        for each in ect.next_mentors
    ]
    days = [f"from {long_date(ect.mentor_from)}"] if ect.mentor_from else []
    if ect.mentor_until is not None and (ect.without_mentor or not coming):
        days.append(f"until {long_date(ect.mentor_until)}")
    return [MentorShown(ect.mentor_id, ect.mentor or "", " ".join(days)), *coming]


def mentor_of(ect: EctSummary) -> str:
    """Returns the names of the present and next mentors, empty without one."""
    return ", then ".join(f"{each.name} {each.days}".rstrip() for each in mentors_of(ect))


def days_of_gap(gap: Period) -> str:
    """Returns the days without a mentor: ``from 18 October 2025 to 4 January 2026``."""
    first = f"from {long_date(gap.started_on)}"
    if gap.finished_on is None:
        return first
    if gap.finished_on == gap.started_on:
        return f"on {long_date(gap.started_on)}"
    return f"{first} to {long_date(gap.finished_on)}"


def gaps_of(ect: EctSummary) -> str:
    """Returns the days without a mentor of an ECT who is registered, empty without any."""
    if not has_mentor(ect) or not ect.without_mentor:
        return ""
    return f"No mentor {' and '.join(map(days_of_gap, ect.without_mentor))}"


def announcement_words(unread: Unread) -> str:
    """Returns what another school's registration did to a record here, without that school."""
    undone = unread.announcement.what is Announced.TRANSFER_UNDONE
    if undone and unread.last_day is None:
        role = "a mentor" if unread.is_mentor else "an ECT"
        because = "because another school undid its registration"
        return f"is registered as {role} at your school again, {because}"
    did = (
        "was registered by another school, which has undone that registration"
        if undone
        else "has been registered by another school"
    )
    last_day = long_date(unread.last_day)
    return f"{did}. Their last day at your school is {last_day}" if last_day else did


def lead_provider_of(ect: EctSummary) -> str:
    """Returns the lead provider, or why there is none."""
    if ect.programme is Programme.SCHOOL_LED:
        return SCHOOL_LED
    return ect.lead_provider or UNKNOWN


def delivery_partner_of(ect: EctSummary) -> str:
    """Returns the delivery partner, or why there is none."""
    if ect.programme is Programme.SCHOOL_LED:
        return SCHOOL_LED
    if ect.training is TrainingState.EXPRESSION_OF_INTEREST:
        return NO_PARTNER_YET if is_waiting(ect) else NEVER_CONFIRMED
    return ect.delivery_partner or UNKNOWN


def delivery_partner_in_list(ect: EctSummary) -> str:
    """Returns the delivery partner in few words."""
    if ect.programme is Programme.SCHOOL_LED:
        return "None"
    return delivery_partner_of(ect)


def training_of(ect: EctSummary) -> str:
    """Returns the state of the training. An ECT who left or completed is not waiting for it."""
    if ect.training is None:
        return UNKNOWN
    if status_of(ect) is AtSchool.UNDONE:
        return CANCELLED
    if ect.training is TrainingState.EXPRESSION_OF_INTEREST:
        return WAITING if is_waiting(ect) else NEVER_CONFIRMED
    return TRAININGS[ect.training]


def is_waiting(ect: EctSummary) -> bool:
    """Says whether the lead provider has still to confirm the training."""
    in_progress = ect.at_school is AtSchool.IN_PROGRESS
    return in_progress and ect.training is TrainingState.EXPRESSION_OF_INTEREST


def appropriate_body_of(ect: EctSummary) -> str:
    """Returns the appropriate body, if the record has one."""
    return ect.appropriate_body or UNKNOWN
