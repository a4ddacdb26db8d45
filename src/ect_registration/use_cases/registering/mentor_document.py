"""A new mentor, or one to be assigned, in one document."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import attrs

from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.endings import NOBODY
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.mentors.mentor import MENTOR_START_DATE
from ect_registration.domain.text import cleaned
from ect_registration.domain.values import PersonName, Urn, parse_date
from ect_registration.use_cases.journeys.teacher_search import TypedFacts
from ect_registration.use_cases.registering.documents import (
    PERSON_CHECKS,
    SAME_PERSON,
    Keys,
    as_it_is,
    read,
    same_person,
    typed_facts,
)


@attrs.frozen
class MentorRequest:
    """A mentor to register, and the ECT they are for."""

    school: Urn
    person: TypedFacts
    draft: MentorDraft

    @classmethod
    def parse(cls, document: object, today: date) -> MentorRequest:
        """Read a JSON object. Raises InvalidRequest at the first mistake, in its own order."""
        answers = MENTOR_KEYS.read(document, today)
        texts, flags = answers.texts, answers.flags
        lead_provider = texts.get("lead_provider")
        return cls(
            school=Urn.parse(answers.required("school")),
            person=typed_facts(answers),
            draft=MentorDraft(
                ect=EctId(_id(answers.required("ect"))),
                replace=flags["replace"] is True,
                name=NameAnswer(read(PersonName.parse, texts.get("corrected_name"))),
                same_person=same_person(answers),
                email=read(Email.parse, texts.get("email")),
                only_here=flags["only_here"],
                start_date=read(_start_date, texts.get("start_date")),
                another_provider=lead_provider is not None,
                lead_provider=lead_provider,
            ),
        )


@attrs.frozen
class AssignmentRequest:
    """A mentor of the school, and the ECT they are for."""

    school: Urn
    draft: AssignmentDraft

    @classmethod
    def parse(cls, document: object, today: date) -> AssignmentRequest:
        """Read a JSON object. Raises InvalidRequest at the first mistake, in its own order."""
        answers = ASSIGNMENT_KEYS.read(document, today)
        lead_provider = answers.texts.get("lead_provider")
        return cls(
            school=Urn.parse(answers.required("school")),
            draft=AssignmentDraft(
                ect=EctId(_id(answers.required("ect"))),
                mentor=MentorId(_id(answers.required("mentor"))),
                replace=answers.flags["replace"] is True,
                another_provider=lead_provider is not None,
                lead_provider=lead_provider,
            ),
        )


def _start_date(typed: str) -> date:
    return parse_date(typed, MENTOR_START_DATE.id)


def _id(typed: str) -> UUID:
    """Returns the typed id, or an id that no record has when the text is no id."""
    try:
        return UUID(cleaned(typed))
    except ValueError:
        return NOBODY


MENTOR_KEYS = Keys(
    required=("school", "ect", "trn", "date_of_birth", "email"),
    flags=("only_here", "replace"),
    confirmations=(SAME_PERSON,),
    order=(
        "school",
        "ect",
        "trn",
        "date_of_birth",
        "national_insurance_number",
        "corrected_name",
        "same_person",
        "email",
        "only_here",
        "start_date",
        "lead_provider",
        "replace",
    ),
    checks={
        **PERSON_CHECKS,
        "ect": as_it_is,
        "start_date": lambda typed, _: _start_date(typed),
        "lead_provider": as_it_is,
    },
)

ASSIGNMENT_KEYS = Keys(
    required=("school", "ect", "mentor"),
    flags=("replace",),
    checks={
        "school": lambda typed, _: Urn.parse(typed),
        "ect": as_it_is,
        "mentor": as_it_is,
        "lead_provider": as_it_is,
    },
)
