"""Which schools may register, and what a school may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from ect_registration.domain.calendar import day_after
from ect_registration.domain.decisions import Blocked, Decision, OurDecision, Policy, Rule
from ect_registration.domain.school import ClosedDays, School, SchoolStatus, SchoolType
from ect_registration.domain.sessions import Organisation


class WhyNot(StrEnum):
    """Why a person who signed in with DfE Sign-in may not use the service."""

    NO_ORGANISATION = "no-organisation"
    NOT_A_SCHOOL = "not-a-school"
    NO_ROLE = "no-role"
    SCHOOL_REPLACED = "school-replaced"


SCHOOL_SIGN_IN = Rule(
    id="school-sign-in",
    says="School users sign in with DfE Sign-in, for a school that the service knows and at which "
    "they hold the school role.",
    source=Policy("Getting access to the service via DfE Sign-in"),
    details=OurDecision(
        "the role lets schools say who registers their ECTs; a user who is not let "
        "in is told why and what to do next"
    ),
    enforced_by=("ect_registration.domain.rules.access.check_school_sign_in",),
    tells="You cannot use this service yet: {because}",
)

UNLIMITED_USERS = Rule(
    id="unlimited-users",
    says="A school may have any number of users; the service keeps no passwords and no user list "
    "of its own to maintain.",
    source=Policy("Getting access to the service via DfE Sign-in"),
    enforced_by=("ect_registration.use_cases.signing_in.sign_in.admit",),
)

OWN_SCHOOL_ONLY = Rule(
    id="own-school-only",
    says="A user sees and changes the records of their own school only; "
    "another school's identifier answers exactly as an unknown one does.",
    source=Policy("Getting access to the service via DfE Sign-in"),
    enforced_by=(
        "ect_registration.use_cases.school.ects.show_ect",
        "ect_registration.use_cases.journeys.saved_journeys.open_journey",
        "ect_registration.domain.rules.mentors.mentor_training.training_told",
    ),
    tells="Your school does not have this record",
)

SCHOOL_CANNOT_REGISTER = Rule(
    id="school-cannot-register",
    says="A school registers ECTs when it is open, in England, and state funded or an "
    "independent school with section 41 funding.",
    source=OurDecision("statutory induction with DfE funding is limited to these schools"),
    enforced_by=("ect_registration.domain.rules.access.check_school_cannot_register",),
    tells="Your school cannot register early career teachers (ECTs): {reason}",
)

REGISTRATION_CLOSED = Rule(
    id="registration-closed",
    says="On days on which registering is closed, ECTs and mentors are not registered; what was "
    "answered is kept as always, and assigning, changes, leaving and undoing go on.",
    source=OurDecision("operators need days without registrations, such as for a move of data"),
    enforced_by=("ect_registration.domain.rules.access.check_registration_closed",),
    tells="You cannot register ECTs or mentors now. Registering opens again on {opens_on}",
)

HAS_NOT_OPENED = "it has not opened yet"
NOT_OPEN_YET = (
    "Your school cannot register early career teachers (ECTs) yet: {reason}. Come back when Get "
    "information about schools shows it as open"
)
UNKNOWN_SCHOOL = "Enter the URN of a school we know"
BECAUSE = {
    WhyNot.NO_ORGANISATION: "you do not belong to an organisation",
    WhyNot.NOT_A_SCHOOL: "your organisation is not a school that we know",
    WhyNot.NO_ROLE: "you do not have the role for your school",
    WhyNot.SCHOOL_REPLACED: "another school has taken the place of yours",
}


def check_school_sign_in(
    organisations: Collection[Organisation],
    known: Collection[School],
    with_role: Collection[School],
    *,
    replaced: bool = False,
) -> Decision:
    """Decides whether a user may use the service.

    ``known``: the schools among the organisations; ``with_role``: those with the role, without
    schools that were ``replaced`` too long ago.
    """
    if with_role:
        return SCHOOL_SIGN_IN.allows(schools=len(with_role))
    if replaced:
        return _no_access(WhyNot.SCHOOL_REPLACED)
    if known:
        return _no_access(WhyNot.NO_ROLE)
    if organisations:
        return _no_access(WhyNot.NOT_A_SCHOOL)
    return _no_access(WhyNot.NO_ORGANISATION)


def _no_access(why: WhyNot) -> Decision:
    return SCHOOL_SIGN_IN.refuses(why=why.value, because=BECAUSE[why])


def unknown_school() -> Blocked:
    """Returns what a URN is answered with that belongs to no school the service knows."""
    return OWN_SCHOOL_ONLY.finds_invalid("school", UNKNOWN_SCHOOL)


def check_school_cannot_register(school: School) -> Decision:
    """Refuses a closed school, or one not open yet; one proposed to close is still open."""
    if school.status is SchoolStatus.CLOSED:
        return SCHOOL_CANNOT_REGISTER.refuses(reason="it is closed")
    if school.status is SchoolStatus.PROPOSED_TO_OPEN:
        opens_on = school.opened_on.isoformat() if school.opened_on else None
        return SCHOOL_CANNOT_REGISTER.refuses(
            NOT_OPEN_YET, reason=HAS_NOT_OPENED, opens_on=opens_on
        )
    if not school.in_england:
        return SCHOOL_CANNOT_REGISTER.refuses(reason="it is not in England")
    if school.type is SchoolType.NOT_ELIGIBLE:
        return SCHOOL_CANNOT_REGISTER.refuses(
            reason="it is not a type of school that can register ECTs"
        )
    if school.type is SchoolType.INDEPENDENT and not school.section_41:
        return SCHOOL_CANNOT_REGISTER.refuses(
            reason="it is an independent school without section 41 funding"
        )
    return SCHOOL_CANNOT_REGISTER.allows(type=school.type.value)


def check_registration_closed(closed: Collection[ClosedDays], today: date) -> Decision:
    """Refuses on a closed day, and names the first day after it that is not closed."""
    opens_on, messages = today, [each.message for each in _closing(closed, today)]
    while found := _closing(closed, opens_on):
        opens_on = day_after(max(each.last_day for each in found))
    if opens_on == today:
        return REGISTRATION_CLOSED.allows()
    told = next(filter(None, messages), None)
    return REGISTRATION_CLOSED.refuses(opens_on=opens_on.isoformat(), message=told)


def _closing(closed: Collection[ClosedDays], day: date) -> Sequence[ClosedDays]:
    return [each for each in closed if each.active and each.first_day <= day <= each.last_day]
