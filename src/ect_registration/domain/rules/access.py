"""Which schools may register, and what a school may see."""

from __future__ import annotations

from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule
from ect_registration.domain.school import School, SchoolStatus, SchoolType

OWN_SCHOOL_ONLY = Rule(
    id="own-school-only",
    says="A user sees and changes the records of their own school only; "
    "another school's identifier answers exactly as an unknown one does.",
    source=Policy("Getting access to the service via DfE Sign-in"),
    enforced_by=(
        "ect_registration.use_cases.ects.show_ect",
        "ect_registration.use_cases.journeys.open_journey",
    ),
    tells="There is no such record at your school",
)

SCHOOL_CANNOT_REGISTER = Rule(
    id="school-cannot-register",
    says="A school registers ECTs when it is open, in England, and state funded or an "
    "independent school with section 41 funding.",
    source=OurDecision("statutory induction with DfE funding is limited to these schools"),
    enforced_by=("ect_registration.domain.rules.access.check_school_cannot_register",),
    tells="Your school cannot register early career teachers (ECTs): {reason}. You can still "
    "view and manage the ECTs it has already registered",
)


def check_school_cannot_register(school: School) -> Decision:
    """A school that is proposed to close is still open."""
    if school.status is SchoolStatus.CLOSED:
        return SCHOOL_CANNOT_REGISTER.refuses(reason="it is closed")
    if not school.in_england:
        return SCHOOL_CANNOT_REGISTER.refuses(reason="it is not in England")
    if school.type is SchoolType.INDEPENDENT and not school.section_41:
        return SCHOOL_CANNOT_REGISTER.refuses(
            reason="it is an independent school without section 41 funding"
        )
    return SCHOOL_CANNOT_REGISTER.allows(type=school.type.value)
