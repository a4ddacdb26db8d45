"""Every rule of the service, in the order in which a school meets them."""

from __future__ import annotations

from ect_registration.domain.decisions import Rule
from ect_registration.domain.rules import (
    access,
    check_answers,
    duplicates,
    eligibility,
    email,
    identity,
    limits,
    name,
    previous_school,
    programme,
    reuse,
    start_date,
    status,
)

CATALOGUE: tuple[Rule, ...] = (
    access.OWN_SCHOOL_ONLY,
    access.SCHOOL_CANNOT_REGISTER,
    identity.TWO_FACTS,
    identity.TRN_NOT_FOUND,
    identity.DATE_OF_BIRTH_DIFFERS,
    identity.DETAILS_DO_NOT_MATCH,
    identity.PROOF_BOUND_TO_JOURNEY,
    identity.SECRETS_NEVER_WRITTEN,
    limits.TOO_MANY_ATTEMPTS,
    identity.NO_TRN,
    identity.TRS_UNAVAILABLE,
    duplicates.ALREADY_IN_PROGRESS_HERE,
    duplicates.ALREADY_COMPLETED_HERE,
    eligibility.INDUCTION_PASSED,
    eligibility.INDUCTION_FAILED,
    eligibility.INDUCTION_EXEMPT,
    eligibility.PROHIBITED_FROM_TEACHING,
    eligibility.QTS_NOT_NEEDED,
    eligibility.UNKNOWN_INDUCTION_STATUS,
    check_answers.DECIDED_AGAIN,
    previous_school.REGISTERED_BEFORE,
    previous_school.OVERLAPS_PREVIOUS,
    previous_school.TRANSFER_ENDS_PREVIOUS,
    name.NAME_CONFIRMED_OR_CORRECTED,
    name.CORRECTED_NAME_SHOWN,
    name.NAME_CORRECTIONS_MONITORED,
    email.EMAIL_FORMAT,
    email.EMAIL_IN_USE,
    email.EMAIL_CAN_CHANGE,
    email.EMAIL_IN_USE_UNDER_LOAD,
    start_date.START_DATE_RANGE,
    start_date.CANNOT_REGISTER_YET,
    start_date.WORKING_PATTERN,
    start_date.EXPECTED_TRAINING_START_YEAR,
    programme.APPROPRIATE_BODY_STATE_FUNDED,
    programme.APPROPRIATE_BODY_INDEPENDENT,
    programme.TRAINING_PROGRAMME,
    programme.LEAD_PROVIDER_NOT_AVAILABLE,
    programme.CONFIRMED_OR_INTEREST,
    programme.TOLD_WHAT_HAPPENS,
    reuse.REUSE_OFFERED,
    reuse.REUSE_PARTNERSHIP_THIS_YEAR,
    reuse.REUSE_PARTNERSHIP_EARLIER_YEAR,
    reuse.REUSE_WITHOUT_PARTNERSHIP,
    reuse.REUSE_NOT_VALID,
    reuse.REUSE_ANSWER,
    check_answers.TRN_CANNOT_CHANGE,
    check_answers.START_DATE_CHANGE,
    check_answers.REUSED_CHOICE_CHANGE,
    check_answers.OTHER_CHANGE,
    check_answers.DECIDED_IN_THE_TRANSACTION,
    check_answers.SAVED_AS_SHOWN,
    check_answers.ONE_REGISTRATION,
    check_answers.STARTS_MENTOR_REQUIRED,
    status.MENTOR_REQUIRED_OR_REGISTERED,
    status.IN_PROGRESS_COMPLETED_LEFT,
    status.LEAVING,
    limits.JOURNEYS_EXPIRE,
    limits.HISTORY,
)

_BY_ID = {rule.id: rule for rule in CATALOGUE}


def rule_named(id: str) -> Rule | None:
    """The rule with this id."""
    return _BY_ID.get(id)
