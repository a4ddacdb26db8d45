"""A whole registration of an ECT in one document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import attrs

from ect_registration.domain.decisions import Rule
from ect_registration.domain.drafts.ect_draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.programme import TRAINING_PROGRAMME
from ect_registration.domain.rules.registering.start_date import START_DATE_RANGE, WORKING_PATTERN
from ect_registration.domain.values import InvalidValue, PersonName, Urn, parse_date
from ect_registration.use_cases.journeys.teacher_search import TypedFacts
from ect_registration.use_cases.registering.documents import (
    PERSON_CHECKS,
    SAME_PERSON,
    Answers,
    InvalidRequest,
    Keys,
    as_it_is,
    read,
    same_person,
    typed_facts,
)


@attrs.frozen
class EctRequest:
    """One ECT to register."""

    school: Urn
    person: TypedFacts
    draft: EctDraft

    @classmethod
    def parse(cls, document: object, today: date) -> EctRequest:
        """Read a JSON object. Raises InvalidRequest at the first mistake, in its own order."""
        answers = KEYS.read(document, today)
        reuse = answers.flags[REUSE] is True
        _check_together(answers.texts, reuse=reuse)
        return cls(
            school=Urn.parse(answers.required("school")),
            person=typed_facts(answers),
            draft=_draft(answers, reuse=reuse),
        )


def _draft(answers: Answers, *, reuse: bool) -> EctDraft:
    texts = answers.texts
    return EctDraft(
        name=NameAnswer(read(PersonName.parse, texts.get("corrected_name"))),
        same_person=same_person(answers),
        registered_before_seen=True,
        email=read(Email.parse, texts.get("email")),
        start_date=read(_start_date, texts.get("start_date")),
        working_pattern=read(WorkingPattern, texts.get("working_pattern")),
        reuse=ReuseAnswer(wanted=reuse),
        appropriate_body=texts.get("appropriate_body"),
        programme=read(Programme, texts.get("programme")),
        lead_provider=texts.get("lead_provider"),
    )


def _start_date(typed: str) -> date:
    return parse_date(typed, START_DATE_RANGE.id)


def _one_of(values: type[StrEnum], rule: Rule, typed: str) -> None:
    """Names the values, since a page would have other words for them."""
    if typed not in set(values):
        raise InvalidValue(rule.id, f"Give {' or '.join(values)}")


REUSE = "reuse_previous_choices"
CHOICES = ("appropriate_body", "programme", "lead_provider")

KEYS = Keys(
    required=("school", "trn", "date_of_birth", "email", "start_date"),
    flags=(REUSE,),
    confirmations=(SAME_PERSON,),
    order=(
        "school",
        "trn",
        "date_of_birth",
        "national_insurance_number",
        "corrected_name",
        "same_person",
        "email",
        "start_date",
        "working_pattern",
        "reuse_previous_choices",
        "appropriate_body",
        "programme",
        "lead_provider",
    ),
    checks={
        **PERSON_CHECKS,
        "start_date": lambda typed, _: _start_date(typed),
        "working_pattern": lambda typed, _: _one_of(WorkingPattern, WORKING_PATTERN, typed),
        "appropriate_body": as_it_is,
        "programme": lambda typed, _: _one_of(Programme, TRAINING_PROGRAMME, typed),
        "lead_provider": as_it_is,
    },
)


def _check_together(texts: Mapping[str, str | None], *, reuse: bool) -> None:
    given = [key for key in CHOICES if texts.get(key) is not None]
    if reuse and given:
        raise InvalidRequest(
            None, REUSE, f"Reuse the previous choices or give the {given[0]}, not both"
        )
    if texts.get("programme") == Programme.SCHOOL_LED and texts.get("lead_provider") is not None:
        raise InvalidRequest(
            TRAINING_PROGRAMME.id, "lead_provider", "Leave this out: training is school-led"
        )
