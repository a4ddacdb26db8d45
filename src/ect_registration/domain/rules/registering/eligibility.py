"""What TRS says of a teacher's induction, and whether it lets them be registered as an ECT."""

from __future__ import annotations

from ect_registration.domain.decisions import Allowed, Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.teacher import InductionStatus, TeacherRecord

ELIGIBILITY = Policy("Checking the ECT is eligible to be registered for training")

INDUCTION_PASSED = Rule(
    id="induction-passed",
    says="A teacher who passed induction cannot be registered as an ECT.",
    source=ELIGIBILITY,
    enforced_by=("ect_registration.domain.rules.registering.eligibility.check_induction_passed",),
    tells="This teacher has already passed their induction, so they cannot be registered "
    "as an ECT",
)

INDUCTION_FAILED = Rule(
    id="induction-failed",
    says="A teacher who failed induction cannot be registered as an ECT.",
    source=ELIGIBILITY,
    details=OurDecision("failed in Wales counts as failed"),
    enforced_by=("ect_registration.domain.rules.registering.eligibility.check_induction_failed",),
    tells="This teacher has failed their induction, so they cannot be registered as an ECT",
)

INDUCTION_EXEMPT = Rule(
    id="induction-exempt",
    says="A teacher who is exempt from induction cannot be registered as an ECT.",
    source=ELIGIBILITY,
    enforced_by=("ect_registration.domain.rules.registering.eligibility.check_induction_exempt",),
    tells="This teacher is exempt from induction, so they do not need to be registered as an ECT",
)

PROHIBITED_FROM_TEACHING = Rule(
    id="prohibited-from-teaching",
    says="A person prohibited from teaching cannot be registered, as ECT or mentor.",
    source=OurDecision("a school must not employ a prohibited teacher in either role"),
    enforced_by=(
        "ect_registration.domain.rules.registering.eligibility.check_prohibited_from_teaching",
    ),
    tells="This person’s teacher record says that they are prohibited from teaching, so they "
    "cannot be registered",
)

UNKNOWN_INDUCTION_STATUS = Rule(
    id="unknown-induction-status",
    says="An induction status we do not know is neither a refusal nor an approval.",
    source=OurDecision("a new status in TRS must not be guessed at"),
    enforced_by=(
        "ect_registration.domain.rules.registering.eligibility.check_unknown_induction_status",
    ),
    tells="We cannot read the teacher’s record right now. Nothing was registered. Try again later",
)

QTS_NOT_NEEDED = Rule(
    id="qts-not-needed",
    says="Neither qualified teacher status nor an induction period is needed to be registered.",
    source=ELIGIBILITY,
    enforced_by=("ect_registration.domain.rules.registering.eligibility.check_qts_not_needed",),
)


def check_induction_passed(record: TeacherRecord) -> Decision:
    """Refuses a person who has passed induction, because passing is final."""
    induction = record.induction.value
    if record.induction is InductionStatus.PASSED:
        return INDUCTION_PASSED.refuses(induction=induction)
    return INDUCTION_PASSED.allows(induction=induction)


def check_induction_failed(record: TeacherRecord) -> Decision:
    """Refuses a person who has failed induction, in England or in Wales."""
    induction = record.induction.value
    if record.induction in {InductionStatus.FAILED, InductionStatus.FAILED_IN_WALES}:
        return INDUCTION_FAILED.refuses(induction=induction)
    return INDUCTION_FAILED.allows(induction=induction)


def check_induction_exempt(record: TeacherRecord) -> Decision:
    """Refuses an ECT who is exempt from induction, with or without a reason on the record."""
    induction = record.induction.value
    if record.induction is InductionStatus.EXEMPT:
        return INDUCTION_EXEMPT.refuses(induction=induction)
    return INDUCTION_EXEMPT.allows(induction=induction)


def check_prohibited_from_teaching(record: TeacherRecord) -> Decision:
    """Refuses a person with an alert that TRS's adapter knows to prohibit teaching."""
    if record.prohibited:
        return PROHIBITED_FROM_TEACHING.refuses(prohibited=True)
    return PROHIBITED_FROM_TEACHING.allows(prohibited=False)


def check_unknown_induction_status(record: TeacherRecord) -> Decision:
    """Blocks an ECT of unknown induction status; a mentor's induction does not matter."""
    induction = record.induction.value
    if record.induction is InductionStatus.UNKNOWN:
        return UNKNOWN_INDUCTION_STATUS.cannot_tell(induction=induction)
    return UNKNOWN_INDUCTION_STATUS.allows(induction=induction)


def check_qts_not_needed(record: TeacherRecord) -> Allowed:
    """Returns an allowed decision with the QTS and induction known at registration as evidence."""
    return QTS_NOT_NEEDED.allows(has_qts=record.has_qts, induction=record.induction.value)
