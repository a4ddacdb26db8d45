"""What programs hand in: one JSON object, whose formats are checked once, in its own order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.drafts.ect_draft import SamePersonAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.reference.columns import FIRST_YEAR, LAST_YEAR
from ect_registration.domain.rules.identifying.identity import TWO_FACTS, check_age
from ect_registration.domain.text import without_invisible
from ect_registration.domain.values import (
    InvalidValue,
    NationalInsuranceNumber,
    PersonName,
    Trn,
    Urn,
    parse_date,
)
from ect_registration.use_cases.journeys.teacher_search import TypedFacts

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

T = TypeVar("T")
Check = Callable[[str, date], object]


@attrs.define
class InvalidRequest(Exception):
    """Something in a document is not right: which rule says so, if one does, and where."""

    rule: str | None
    field: str
    message: str
    # Every mistake of the document, this one too, in the order of the keys; empty for this alone.
    mistakes: tuple[InvalidRequest, ...] = attrs.field(default=(), eq=False)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"

    @property
    def all_mistakes(self) -> Sequence[InvalidRequest]:
        """Returns every mistake of the document, which may be this alone."""
        return self.mistakes or (self,)


@attrs.frozen
class Answers:
    """What a document says, in its own order. Every format is right."""

    texts: Mapping[str, str | None]
    flags: Mapping[str, bool | None]
    years: Mapping[str, AcademicYear] = attrs.Factory(dict)

    def required(self, key: str) -> str:
        """Returns a text that was checked to be there."""
        return self.texts[key] or ""


@attrs.frozen
class Keys:
    """The keys that a document may have: texts with a check each, flags, and academic years.

    A confirmation is a flag that can only be true: a program that would say no leaves it out.
    """

    checks: Mapping[str, Check]
    required: tuple[str, ...]
    flags: tuple[str, ...] = ()
    confirmations: tuple[str, ...] = ()
    years: tuple[str, ...] = ()  # each the number of the year in which it begins
    order: tuple[str, ...] = ()  # of all keys, as documents are described

    @property
    def names(self) -> Sequence[str]:
        """Returns the name of every key, in the order in which documents are described."""
        return self.order or (*self.checks, *self.years, *self.flags, *self.confirmations)

    def read(self, document: object, today: date) -> Answers:
        """Raises InvalidRequest for the first mistake in the document's order, with all others."""
        if not isinstance(document, Mapping):
            raise InvalidRequest(None, "$", "Give one JSON object")
        texts: dict[str, str | None] = {}
        flags = dict.fromkeys((*self.flags, *self.confirmations))
        years: dict[str, AcademicYear] = {}
        mistakes: list[InvalidRequest] = []
        for key, given in document.items():
            try:
                if key in self.confirmations:
                    flags[key] = _confirmation(key, given)
                elif key in self.flags:
                    flags[key] = _flag(key, given)
                elif key in self.years:
                    years[key] = _year(key, given)
                else:
                    texts[str(key)] = self._text(str(key), given, today)
            except InvalidRequest as mistake:
                mistakes.append(mistake)
        wrong = {mistake.field for mistake in mistakes}
        mistakes += [
            InvalidRequest(None, key, f"Give the {key.replace('_', ' ')}")
            for key in self.required
            if texts.get(key) is None and key not in years and key not in wrong
        ]
        if mistakes:
            raise attrs.evolve(mistakes[0], mistakes=self._in_order(mistakes))
        return Answers(texts, flags, years)

    def _in_order(self, mistakes: Collection[InvalidRequest]) -> tuple[InvalidRequest, ...]:
        """Returns mistakes in the order of the keys; those of unknown keys come last."""
        places = {key: place for place, key in enumerate(self.names)}
        return tuple(sorted(mistakes, key=lambda each: places.get(each.field, len(places))))

    def _unknown(self, key: str) -> str:
        near = get_close_matches(key.lower(), self.names, n=1)
        return f"This key is not known; {f'write {near[0]}' if near else 'remove it'}"

    def _text(self, key: str, given: object, today: date) -> str | None:
        """Returns the text without invisible characters, trimmed, when its format is right."""
        if key not in self.checks:
            raise InvalidRequest(None, key, self._unknown(key))
        if given is None:
            return None
        if not isinstance(given, str):
            raise InvalidRequest(None, key, "Give text in quotation marks, or null")
        text = without_invisible(given.strip())
        try:
            self.checks[key](text, today)
        except InvalidValue as error:
            raise InvalidRequest(error.rule or None, key, error.message) from None
        return text


def _flag(key: str, given: object) -> bool | None:
    if given is not None and not isinstance(given, bool):
        raise InvalidRequest(None, key, "Give true, false or null")
    return given


def _year(key: str, given: object) -> AcademicYear:
    if not isinstance(given, int) or isinstance(given, bool) or given not in YEARS:
        raise InvalidRequest(None, key, "Give the first year of an academic year, like 2025")
    return AcademicYear(given)


def _confirmation(key: str, given: object) -> bool | None:
    if given is not None and given is not True:
        raise InvalidRequest(None, key, "Give true, or leave this out")
    return given


def read(parse: Callable[[str], T], text: str | None) -> T | None:
    """Returns a text parsed into its own type; None without a text."""
    return None if text is None else parse(text)


SAME_PERSON = "same_person"


def same_person(answers: Answers) -> SamePersonAnswer | None:
    """Returns the yes of a program, which is about whatever name TRS has."""
    return SamePersonAnswer(same=True) if answers.flags[SAME_PERSON] is True else None


def as_it_is(typed: str, _: date) -> str:
    """Returns the text unchecked: a name that is looked up has no format."""
    return typed


def _date_of_birth(typed: str, today: date) -> None:
    check_age(parse_date(typed, TWO_FACTS.id), today)


# What is asked of anybody who is to be found in TRS.
PERSON_CHECKS: Mapping[str, Check] = {
    "school": lambda typed, _: Urn.parse(typed),
    "trn": lambda typed, _: Trn.parse(typed),
    "date_of_birth": _date_of_birth,
    "national_insurance_number": lambda typed, _: NationalInsuranceNumber.parse(typed),
    "corrected_name": lambda typed, _: PersonName.parse(typed),
    "email": lambda typed, _: Email.parse(typed),
}


def typed_facts(answers: Answers) -> TypedFacts:
    """Returns the facts to search by, from a document with the checks above."""
    return TypedFacts(
        trn=Trn.parse(answers.required("trn")),
        date_of_birth=parse_date(answers.required("date_of_birth"), TWO_FACTS.id),
        national_insurance_number=read(
            NationalInsuranceNumber.parse, answers.texts.get("national_insurance_number")
        ),
    )
