"""Finding a person, their name and their email address: the steps of ECTs and mentors alike."""

from __future__ import annotations

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.rules.identifying import email, identity, name
from ect_registration.journeys.engine import Gate, Journey, Note, Step, stop_of, walk
from ect_registration.journeys.person_case import FoundPerson, PersonCase

# What a journey is for, and its search: every other answer is about the person who was found.
_PURPOSE_AND_SEARCH = {"ect", "replace", "search"}


def answers_after_the_search(case: PersonCase) -> tuple[str, ...]:
    """Returns the names of the answers that another search makes void."""
    names = (answer.name for answer in attrs.fields(type(case.draft)))
    return tuple(name for name in names if name not in _PURPOSE_AND_SEARCH)


def asks_national_insurance_number(case: PersonCase) -> bool:
    """Says whether the record exists and its date of birth differs."""
    return case.search.answer in {NoMatch.DATE_OF_BIRTH_DIFFERS, NoMatch.DETAILS_DO_NOT_MATCH}


def asks_same_person(case: PersonCase) -> bool:
    """Says whether the corrected name is so different that the school is asked about it."""
    return case.proven and name.is_another_name(case.record.name, case.teacher.corrected_name)


def is_same_person(case: PersonCase) -> bool:
    """Says whether the school said that it is the same person, of the name that TRS has now."""
    answer = case.draft.same_person
    return answer is not None and answer.is_yes_to(case.record.name)


def _no_asks_for_the_name_again(_: PersonCase, after: PersonCase) -> tuple[str, ...]:
    """Returns the answers that a no makes void: the name was another person's."""
    answer = after.draft.same_person
    return () if answer is None or answer.same else ("name", "same_person")


FIND: Journey[PersonCase] = (
    Step(
        "find",
        answers=("search",),
        missing_message=lambda _: identity.TWO_FACTS.needs("date_of_birth"),
        answered=lambda case: case.draft.search is not None,
        completed_by=lambda case: case.proven,
        clears=lambda _before, after: answers_after_the_search(after),
    ),
    Note(identity.TWO_FACTS, lambda _: identity.TWO_FACTS.allows()),
    Gate(identity.TRN_NOT_FOUND, lambda case: identity.check_trn_not_found(case.search)),
    Step(
        "national-insurance-number",
        missing_message=lambda _: identity.DATE_OF_BIRTH_DIFFERS.needs(
            "national_insurance_number"
        ),
        applies=asks_national_insurance_number,
        answered=lambda case: case.search.answer is NoMatch.DETAILS_DO_NOT_MATCH,
        completed_by=lambda case: case.proven,
    ),
    Gate(
        identity.DETAILS_DO_NOT_MATCH,
        lambda case: identity.check_details_do_not_match(case.search),
    ),
)

NAME: Journey[PersonCase] = (
    Step(
        "name",
        answers=("name",),
        missing_message=lambda _: name.NAME_CONFIRMED_OR_CORRECTED.needs("corrected_name"),
        answered=lambda case: case.draft.name is not None,
        still_valid=lambda case: bool(case.teacher.name),
        clears=lambda _before, _after: ("same_person",),
    ),
    Gate(
        name.NAME_CONFIRMED_OR_CORRECTED,
        lambda case: name.check_name_confirmed_or_corrected(
            case.record.name, case.teacher.corrected_name
        ),
    ),
    Step(
        "same-person",
        answers=("same_person",),
        missing_message=lambda case: name.needs_same_person(case.record),
        applies=asks_same_person,
        answered=is_same_person,
        clears=_no_asks_for_the_name_again,
    ),
    Gate(
        name.NAME_SAME_PERSON,
        lambda case: name.check_name_same_person(
            case.record, case.teacher.corrected_name, same_person=is_same_person(case)
        ),
        applies=asks_same_person,
    ),
)

EMAIL: Journey[PersonCase] = (
    Step(
        "email",
        answers=("email",),
        missing_message=lambda _: email.EMAIL_FORMAT.needs("email"),
        answered=lambda case: case.draft.email is not None,
    ),
    Note(email.EMAIL_FORMAT, lambda _: email.EMAIL_FORMAT.allows()),
    Gate(
        email.EMAIL_IN_USE,
        lambda case: email.check_email_in_use(case.email_holders, case.person),
    ),
)


def stop_after_finding(search: Search, eligibility: Journey[PersonCase]) -> Blocked | None:
    """Returns what stops a journey that asks about eligibility next, going by a search alone."""
    case = FoundPerson(EctDraft(search))
    return stop_of(walk((*FIND, *eligibility), case), case)
