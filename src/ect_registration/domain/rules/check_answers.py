"""Checking answers, changing them, and what a submission promises."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.ect import EctId, WorkingPattern
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.policy import TRS_ANSWER_LIFE
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.domain.rules.mentors.replacement import MentorReplaced

CHECKING = Policy("Checking answers for the registration of an ECT")

TRN_CANNOT_CHANGE = Rule(
    id="trn-cannot-change",
    says="The TRN cannot be changed: a different teacher is a new registration.",
    source=CHECKING,
    enforced_by=("ect_registration.use_cases.journeys.answering.answer",),
    tells="Start again to register a different teacher",
)

START_DATE_CHANGE = Rule(
    id="start-date-change",
    says="When the start date changes, the expected training start year and all that depends on "
    "it are decided again.",
    source=CHECKING,
    enforced_by=("ect_registration.journeys.engine.settle",),
)

REUSED_CHOICE_CHANGE = Rule(
    id="reused-choice-change",
    says="Changing any of the reused choices goes back to the question about reusing them.",
    source=CHECKING,
    enforced_by=("ect_registration.journeys.register_ect.step_that_changes",),
)

OTHER_CHANGE = Rule(
    id="other-change",
    says="Any other change asks only what it makes necessary, then returns to check answers.",
    source=OurDecision("users should not answer again what has not changed"),
    enforced_by=("ect_registration.journeys.engine.amend",),
)

DECIDED_AGAIN = Rule(
    id="decided-again",
    says="Every rule is decided again at submission, and TRS is asked again when its answer is "
    f"over {TRS_ANSWER_LIFE} old.",
    source=OurDecision("a journey may take a day, and people change meanwhile"),
    enforced_by=("ect_registration.use_cases.journeys.teacher_search.refreshed",),
    tells="The teacher’s record has changed since you found it. Start again",
)

DECIDED_IN_THE_TRANSACTION = Rule(
    id="decided-in-the-transaction",
    says="A submission decides every rule in the transaction that writes; a refusal keeps the "
    "answers and leads to the question that can correct it.",
    source=OurDecision("two submissions at once must not both find the way free"),
    enforced_by=("ect_registration.use_cases.registering.register_ect.submit_ect",),
)

SAVED_AS_SHOWN = Rule(
    id="saved-as-shown",
    says="What is saved equals what check answers showed; otherwise nothing is saved and check "
    "answers is shown again.",
    source=OurDecision("a school confirms what it sees, not what it might have become"),
    enforced_by=("ect_registration.domain.rules.check_answers.check_saved_as_shown",),
    tells="Something changed while you were checking your answers. Check them again",
)

ONE_REGISTRATION = Rule(
    id="one-registration",
    says="One submission makes one record, however often and from wherever it is sent.",
    source=OurDecision("double clicks and reloads happen, and schools compete for one teacher"),
    enforced_by=(
        "ect_registration.use_cases.registering.register_ect.submit_ect",
        "ect_registration.use_cases.bulk.on_a_page.register_as_shown",
        "database: one teacher per TRN",
        "database: no two overlapping ECT periods of a teacher",
    ),
)

STARTS_MENTOR_REQUIRED = Rule(
    id="starts-mentor-required",
    says="A new ECT has the status mentor required and is listed on the ECTs page.",
    source=CHECKING,
    enforced_by=("ect_registration.domain.rules.periods.status.status_of",),
)


@attrs.frozen
class Preview:
    """What check answers shows of what a submission would save."""

    trs_name: str
    name: str
    email: str
    started_on: date
    working_pattern: WorkingPattern
    expected_training_start_year: AcademicYear
    appropriate_body: str
    lead_provider: str | None
    delivery_partner: str | None
    ends_elsewhere: tuple[EctId, ...] = ()


@attrs.frozen
class AssignmentPreview:
    """What check answers shows of what giving an ECT a mentor would save."""

    ect: str
    name: str
    mentors_from: date
    mentors_until: date | None
    training: TrainingThen
    lead_provider: str | None  # who trains the mentor from then on
    delivery_partner: str | None  # of training that begins
    replaces: tuple[MentorReplaced, ...] = ()
    without_mentor: tuple[Period, ...] = ()  # the last is open when no mentor follows


@attrs.frozen
class MentorPreview:
    """What check answers shows of what registering a new mentor would save."""

    ect: str
    trs_name: str
    name: str
    email: str
    only_here: bool
    started_on: date
    mentors_from: date
    mentors_until: date | None
    training: TrainingThen
    lead_provider: str | None
    delivery_partner: str | None
    ends_elsewhere: tuple[MentorId, ...] = ()
    replaces: tuple[MentorReplaced, ...] = ()
    without_mentor: tuple[Period, ...] = ()


P = TypeVar("P", Preview, AssignmentPreview, MentorPreview)


def check_saved_as_shown(shown: P, now: P) -> Decision:
    """Names what differs, never the values: some of them are names of people."""
    before, after = (attrs.asdict(each, recurse=False) for each in (shown, now))
    changed = [name for name, value in after.items() if before[name] != value]
    if changed:
        return SAVED_AS_SHOWN.refuses(changed=", ".join(changed))
    return SAVED_AS_SHOWN.allows()
