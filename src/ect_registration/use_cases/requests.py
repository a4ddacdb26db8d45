"""A whole registration in one document: formats are checked here, once, in the order given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

import attrs

from ect_registration.domain.decisions import Rule
from ect_registration.domain.draft import EctDraft, NameAnswer, ReuseAnswer
from ect_registration.domain.ect import WorkingPattern
from ect_registration.domain.email import Email
from ect_registration.domain.rules.identity import TWO_FACTS, check_age
from ect_registration.domain.rules.programme import TRAINING_PROGRAMME
from ect_registration.domain.rules.start_date import START_DATE_RANGE, WORKING_PATTERN
from ect_registration.domain.training import Programme
from ect_registration.domain.values import (
    InvalidValue,
    NationalInsuranceNumber,
    PersonName,
    Trn,
    Urn,
    parse_date,
)

T = TypeVar("T")


@attrs.define
class InvalidRequest(Exception):
    """Something in a document is not right: which rule says so, if one does, and where."""

    rule: str | None
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


@attrs.frozen
class EctRequest:
    """One ECT to register. The two secrets stay here, in memory, and out of sight."""

    school: Urn
    trn: Trn
    date_of_birth: date = attrs.field(repr=False)
    national_insurance_number: NationalInsuranceNumber | None = attrs.field(repr=False)
    draft: EctDraft

    @classmethod
    def parse(cls, document: object, today: date) -> EctRequest:
        """Read a JSON object. Raises InvalidRequest at the first mistake, in its own order."""
        if not isinstance(document, Mapping):
            raise InvalidRequest(None, "$", "Give one JSON object")
        texts = {str(key): _checked(str(key), given, today) for key, given in document.items()}
        for key in REQUIRED:
            if texts.get(key) is None:
                raise InvalidRequest(None, key, f"Give the {key.replace('_', ' ')}")
        reuse = document.get(REUSE) is True
        _check_together(texts, reuse=reuse)
        return cls(
            school=Urn.parse(texts["school"] or ""),
            trn=Trn.parse(texts["trn"] or ""),
            date_of_birth=parse_date(texts["date_of_birth"] or "", TWO_FACTS.id),
            national_insurance_number=_read(
                NationalInsuranceNumber.parse, texts.get("national_insurance_number")
            ),
            draft=_draft(texts, reuse=reuse),
        )


def _draft(texts: Mapping[str, str | None], *, reuse: bool) -> EctDraft:
    return EctDraft(
        name=NameAnswer(_read(PersonName.parse, texts.get("corrected_name"))),
        registered_before_seen=True,
        email=_read(Email.parse, texts.get("email")),
        start_date=_read(_start_date, texts.get("start_date")),
        working_pattern=_read(WorkingPattern, texts.get("working_pattern")),
        reuse=ReuseAnswer(wanted=reuse),
        appropriate_body=texts.get("appropriate_body"),
        programme=_read(Programme, texts.get("programme")),
        lead_provider=texts.get("lead_provider"),
    )


def _read(parse: Callable[[str], T], text: str | None) -> T | None:
    return None if text is None else parse(text)


def _start_date(typed: str) -> date:
    return parse_date(typed, START_DATE_RANGE.id)


def _date_of_birth(typed: str, today: date) -> None:
    check_age(parse_date(typed, TWO_FACTS.id), today)


def _one_of(values: type[StrEnum], rule: Rule, typed: str) -> None:
    if typed not in set(values):
        raise InvalidValue(rule.id, rule.tells)


REUSE = "reuse_previous_choices"
REQUIRED = ("school", "trn", "date_of_birth", "email", "start_date")
CHOICES = ("appropriate_body", "programme", "lead_provider")

# How each text is checked; it is read again, into its own type, once all are right.
CHECKS: Mapping[str, Callable[[str, date], object]] = {
    "school": lambda typed, _: Urn.parse(typed),
    "trn": lambda typed, _: Trn.parse(typed),
    "date_of_birth": _date_of_birth,
    "national_insurance_number": lambda typed, _: NationalInsuranceNumber.parse(typed),
    "corrected_name": lambda typed, _: PersonName.parse(typed),
    "email": lambda typed, _: Email.parse(typed),
    "start_date": lambda typed, _: _start_date(typed),
    "working_pattern": lambda typed, _: _one_of(WorkingPattern, WORKING_PATTERN, typed),
    "appropriate_body": lambda typed, _: typed,
    "programme": lambda typed, _: _one_of(Programme, TRAINING_PROGRAMME, typed),
    "lead_provider": lambda typed, _: typed,
}


def _checked(key: str, given: object, today: date) -> str | None:
    """The text given, trimmed, when its format is right."""
    if key == REUSE:
        if given is not None and not isinstance(given, bool):
            raise InvalidRequest(None, key, "Give true, false or null")
        return None
    if key not in CHECKS:
        raise InvalidRequest(None, key, "This key is not known; remove it")
    if given is None:
        return None
    if not isinstance(given, str):
        raise InvalidRequest(None, key, "Give text in quotation marks, or null")
    try:
        CHECKS[key](given.strip(), today)
    except InvalidValue as error:
        raise InvalidRequest(error.rule, key, error.message) from None
    return given.strip()


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
