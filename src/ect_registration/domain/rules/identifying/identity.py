"""Finding a teacher's record: two facts, always."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.decisions import Decision, OurDecision, Policy, Rule
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.policy import OLDEST, YOUNGEST
from ect_registration.domain.values import InvalidValue

FINDING = Policy("Finding an ECT’s record in the Teaching Record System")

TWO_FACTS = Rule(
    id="two-facts",
    says="A teacher is found by two facts: TRN and date of birth.",
    source=FINDING,
    details=OurDecision(
        f"formats follow what TRS and HMRC issue; an age of {YOUNGEST} to {OLDEST} catches slips "
        "of the pen"
    ),
    enforced_by=(
        "ect_registration.domain.values.Trn",
        "ect_registration.domain.values.NationalInsuranceNumber",
        "ect_registration.domain.rules.identifying.identity.check_age",
    ),
    tells="Enter a teacher reference number (TRN) and a date of birth",
)

TRN_NOT_FOUND = Rule(
    id="trn-not-found",
    says="A person is registered only with an active record for their TRN.",
    source=FINDING,
    details=OurDecision(
        "a deactivated record is not found; a merged one is looked up once under the TRN "
        "that TRS kept"
    ),
    enforced_by=("ect_registration.domain.rules.identifying.identity.check_trn_not_found",),
    tells="We cannot find the teacher’s record. Check the teacher reference number (TRN) "
    "and try again",
)

DATE_OF_BIRTH_DIFFERS = Rule(
    id="date-of-birth-differs",
    says="When the record exists but the date of birth differs, the National Insurance number "
    "is asked for.",
    source=FINDING,
    enforced_by=("ect_registration.journeys.identify.asks_national_insurance_number",),
    tells="The date of birth does not match the teacher’s record. Enter their National "
    "Insurance number",
)

DETAILS_DO_NOT_MATCH = Rule(
    id="details-do-not-match",
    says="When neither date of birth nor National Insurance number matches, the record "
    "cannot be found.",
    source=FINDING,
    enforced_by=("ect_registration.domain.rules.identifying.identity.check_details_do_not_match",),
    tells="We cannot find the teacher’s record with these details. Check them with the "
    "teacher and try again",
)

PROOF_BOUND_TO_JOURNEY = Rule(
    id="proof-bound-to-journey",
    says="A proof of identity belongs to one journey and one TRN, and no step after the search "
    "is reached without it.",
    source=OurDecision("otherwise a replayed request could register a person never proven"),
    enforced_by=("ect_registration.use_cases.journeys.answering.answer",),
    tells="Start again to register a different teacher",
)

SECRETS_NEVER_WRITTEN = Rule(
    id="secrets-never-written",
    says="Dates of birth and National Insurance numbers live in memory for the one request that "
    "checks them, and are never written anywhere.",
    source=Policy("Finding an ECT’s record in the Teaching Record System"),
    enforced_by=(
        "ect_registration.domain.people.teacher.Search",
        "ect_registration.ports.teacher_records.TeacherRecords",
    ),
)

NO_TRN = Rule(
    id="no-trn",
    says="Users are shown how to find a lost TRN, and how a person without one can request it.",
    source=Policy("Finding a mentor’s record in the Teaching Record System"),
    enforced_by=("entrypoints.web.register_mentor.views.no_trn",),
    tells="Find a lost TRN at https://find-a-lost-trn.education.gov.uk/start or request a TRN at "
    "https://www.gov.uk/guidance/teacher-reference-number-trn",
)

TRS_UNAVAILABLE = Rule(
    id="trs-unavailable",
    says="When TRS is out of reach or answers outside its contract, no person is found or "
    "eligible, and nothing is registered.",
    source=OurDecision("an outage must never read as a fact about a teacher"),
    enforced_by=("ect_registration.use_cases.journeys.teacher_search.search",),
    tells="The Teaching Record System is not available right now. Nothing was registered. "
    "Try again in a few minutes",
)


def completed_years(born_on: date, today: date) -> int:
    """Returns the age in completed years; a birthday counts from the start of its day."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (0 if had_birthday else 1)


def check_age(born_on: date, today: date) -> None:
    """Raises InvalidValue under ``two-facts`` for an age that no teacher has."""
    if not YOUNGEST.value <= completed_years(born_on, today) <= OLDEST.value:
        raise InvalidValue(
            TWO_FACTS.id,
            f"Enter the date of birth of a person between {YOUNGEST} and {OLDEST} years old",
        )


def check_trn_not_found(search: Search) -> Decision:
    """Refuses an unknown TRN and a deactivated one in the same words."""
    if search.answer is NoMatch.TRN_NOT_FOUND:
        return TRN_NOT_FOUND.refuses()
    return TRN_NOT_FOUND.allows(answered_at=search.answered_at.isoformat())


def check_details_do_not_match(search: Search) -> Decision:
    """Refuses a person whose National Insurance number, tried second, does not match either."""
    if search.answer is NoMatch.DETAILS_DO_NOT_MATCH:
        return DETAILS_DO_NOT_MATCH.refuses()
    return DETAILS_DO_NOT_MATCH.allows()
