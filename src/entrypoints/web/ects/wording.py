"""What pages and files say of an ECT, in the words of schools."""

from __future__ import annotations

from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.rules.status import AtSchool
from ect_registration.domain.search.ect_search import ShownStatus
from ect_registration.use_cases.school.ects import EctSummary
from entrypoints.text.dates_in_words import long_date

UNKNOWN = "Not known"
SCHOOL_LED = "None: school-led training"
WAITING = "Waiting for the lead provider to confirm"
NEVER_CONFIRMED = "The lead provider never confirmed"

STATUSES = {
    ShownStatus.MENTOR_REQUIRED: "Mentor required",
    ShownStatus.REGISTERED: "Registered",
    ShownStatus.COMPLETED: "Completed",
    ShownStatus.LEFT: "Left",
}
COLOURS = {
    ShownStatus.MENTOR_REQUIRED: "orange",
    ShownStatus.REGISTERED: "green",
    ShownStatus.COMPLETED: "blue",
    ShownStatus.LEFT: "grey",
}
PROGRAMMES = {Programme.PROVIDER_LED: "Provider-led", Programme.SCHOOL_LED: "School-led"}
PATTERNS = {"full_time": "Full time", "part_time": "Part time"}
TRAININGS = {
    TrainingState.CONFIRMED: "Confirmed by the lead provider",
    TrainingState.SCHOOL_LED: "Given by your school",
}


def status_of(ect: EctSummary) -> ShownStatus:
    """The status while in progress, or what became of them."""
    return ShownStatus(ect.status or ect.at_school)


def needs_mentor(ect: EctSummary) -> bool:
    """In progress, and nobody is there or coming."""
    return status_of(ect) is ShownStatus.MENTOR_REQUIRED


def has_mentor(ect: EctSummary) -> bool:
    """In progress, and somebody is there or coming."""
    return status_of(ect) is ShownStatus.REGISTERED


def mentor_of(ect: EctSummary) -> str:
    """Their mentor, and whoever takes over; nothing without one."""
    coming = [f"then {each.name} from {long_date(each.starts_on)}" for each in ect.next_mentors]
    if ect.mentor_until is not None and not coming:
        return f"{ect.mentor} until {long_date(ect.mentor_until)}"
    return ", ".join([ect.mentor or "", *coming])


def lead_provider_of(ect: EctSummary) -> str:
    """A name, or why there is none."""
    if ect.programme is Programme.SCHOOL_LED:
        return SCHOOL_LED
    return ect.lead_provider or UNKNOWN


def delivery_partner_of(ect: EctSummary) -> str:
    """A name, or why there is none yet or never will be."""
    if ect.programme is Programme.SCHOOL_LED:
        return SCHOOL_LED
    if ect.training is TrainingState.EXPRESSION_OF_INTEREST:
        return training_of(ect)
    return ect.delivery_partner or UNKNOWN


def training_of(ect: EctSummary) -> str:
    """How sure the training is; nobody waits for an ECT who is gone or done."""
    if ect.training is None:
        return UNKNOWN
    if ect.training is TrainingState.EXPRESSION_OF_INTEREST:
        return WAITING if is_waiting(ect) else NEVER_CONFIRMED
    return TRAININGS[ect.training]


def is_waiting(ect: EctSummary) -> bool:
    """The lead provider has yet to confirm."""
    in_progress = ect.at_school is AtSchool.IN_PROGRESS
    return in_progress and ect.training is TrainingState.EXPRESSION_OF_INTEREST


def appropriate_body_of(ect: EctSummary) -> str:
    """A name, unless the record was brought in without one."""
    return ect.appropriate_body or UNKNOWN
