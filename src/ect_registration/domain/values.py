"""Text with a format: forgiving to parse, strict to hold.

Each class has ``parse()`` for what people type and raises ``InvalidValue`` with the id of the
rule that says what is right.
"""

from __future__ import annotations

import re
from datetime import date

import attrs

from ect_registration.domain.policy import LONGEST_NAME
from ect_registration.domain.text import (
    cleaned,
    cleaned_name,
    holds_a_name,
    spelling,
    without_controls,
)


@attrs.define
class InvalidValue(Exception):
    """What was typed is not one of these. ``message`` says what to do about it."""

    rule: str
    message: str

    def __str__(self) -> str:
        return self.message


_SEVEN_DIGITS = re.compile(r"[0-9]{7}")
_FIVE_TO_SEVEN_DIGITS = re.compile(r"[0-9]{5,7}")
_TRN_MESSAGE = "Enter a teacher reference number (TRN) with 5 to 7 digits, like 1234567"


@attrs.frozen(order=True)
class Trn:
    """Teacher reference number: exactly seven ASCII digits."""

    digits: str = attrs.field()

    @digits.validator
    def _exactly_seven_digits(self, _: object, digits: str) -> None:
        if not _SEVEN_DIGITS.fullmatch(digits):
            raise InvalidValue("two-facts", _TRN_MESSAGE)

    @classmethod
    def parse(cls, typed: str) -> Trn:
        """Accept what people type: ``RP 12/34567`` is ``1234567`` and ``12345`` is ``0012345``."""
        digits = re.sub(r"^RP", "", re.sub(r"[\s/-]", "", cleaned(typed)).upper())
        if not re.fullmatch(r"[0-9]{5,7}", digits):
            raise InvalidValue("two-facts", _TRN_MESSAGE)
        return cls(digits.zfill(7))

    def __str__(self) -> str:
        return self.digits


@attrs.frozen(order=True)
class Urn:
    """A school's unique reference number in Get information about schools."""

    digits: str = attrs.field()

    @digits.validator
    def _five_to_seven_digits(self, _: object, digits: str) -> None:
        if not _FIVE_TO_SEVEN_DIGITS.fullmatch(digits):
            raise InvalidValue("own-school-only", "Enter a school’s URN, 5 to 7 digits")

    @classmethod
    def parse(cls, typed: str) -> Urn:
        """Reads a URN; blanks around the digits do not matter."""
        return cls(cleaned(typed))

    def __str__(self) -> str:
        return self.digits


_NI_MESSAGE = (
    "Enter a National Insurance number in the correct format, like QQ 12 34 56 C:"
    " two letters, six digits, then A, B, C or D"
)
_NI_FORMAT = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]"
)


@attrs.frozen
class NationalInsuranceNumber:
    """Two letters, six digits, A to D. A secret: never in ``repr``, never stored."""

    characters: str = attrs.field(repr=False)

    @characters.validator
    def _in_the_published_format(self, _: object, characters: str) -> None:
        if not _NI_FORMAT.fullmatch(characters):
            raise InvalidValue("two-facts", _NI_MESSAGE)

    @classmethod
    def parse(cls, typed: str) -> NationalInsuranceNumber:
        """Reads a National Insurance number; case, blanks and hyphens do not matter."""
        bare = re.sub(r"[\s-]", "", cleaned(typed))
        # In upper case ß would become SS.
        return cls(bare.upper() if bare.isascii() else bare)


def full_name(first: str, middle: str, last: str) -> str:
    """Returns the parts of a name in a teacher record that are there, with single spaces.

    A part that is empty or a lone full stop or other punctuation is absent. It is empty when no
    part is there.
    """
    there = (without_controls(part) for part in (first, middle, last) if holds_a_name(part))
    return " ".join(" ".join(there).split())


@attrs.frozen
class PersonName:
    """A name as a school gives it, of any script and without control characters."""

    text: str = attrs.field()

    @text.validator
    def _one_to_seventy_characters(self, _: object, text: str) -> None:
        rule = "name-confirmed-or-corrected"
        if len(text) > LONGEST_NAME.value:
            raise InvalidValue(rule, f"Enter a full name of {LONGEST_NAME} or fewer")
        if without_controls(text) != text:
            raise InvalidValue(
                rule,
                "Enter a full name without hidden characters. If you pasted it, type it instead",
            )
        if not holds_a_name(text):
            raise InvalidValue(rule, "Enter the teacher’s full name")

    @classmethod
    def parse(cls, typed: str) -> PersonName:
        """Removes invisible characters, trims, and collapses blanks within."""
        return cls(cleaned_name(typed))

    def same_as(self, other: str) -> bool:
        """Says whether the names differ at most in case, blanks, hyphens and apostrophes."""
        return spelling(self.text) == spelling(other)

    def __str__(self) -> str:
        return self.text


_DATE_MESSAGE = "Enter a real date as year-month-day, like 2025-09-01"


def parse_date(typed: str, rule: str) -> date:
    """Read an ISO date, and nothing else: 01/09/2025 means different days to different people.

    Raises InvalidValue under ``rule``.
    """
    text = cleaned(typed)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise InvalidValue(rule, _DATE_MESSAGE)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue(rule, _DATE_MESSAGE) from None
