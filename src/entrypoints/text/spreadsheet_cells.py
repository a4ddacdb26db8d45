"""Reads cells of CSV files as spreadsheets, data frames and DfE's own services write them.

Only files get these forms. What is typed into a form or is in JSON has to be exact.
"""

from __future__ import annotations

import re
from datetime import date

from ect_registration.domain.text import APOSTROPHES, cleaned
from ect_registration.domain.values import InvalidValue, Trn, parse_date

# What a spreadsheet takes for the beginning of a formula, or for blanks before one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - looks alike

_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_WHOLE_NUMBER = re.compile(r"([0-9]+)[.,]0+")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?( ?(Z|UTC|[+-]0[01]:?00))?\Z", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")

_YES_OR_NO = dict.fromkeys(("true", "yes", "y", "1"), True) | dict.fromkeys(
    ("false", "no", "n", "0"), False
)

NO_SUCH_DAY = (
    "Give a date as 2023-07-14 or 14/07/2023, day before month and without a time of day; "
    "format the column as text if your spreadsheet shows dates otherwise"
)
SAY_YES_OR_NO = "Give true or false"


def defused(text: str) -> str:
    """Returns the text for a cell: an apostrophe keeps what looks like a formula a text."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def text_in(cell: str) -> str:
    """Returns the text of a cell: without Excel's way to keep it a text, and what we defused."""
    if formula := _TEXT_FORMULA.fullmatch(cell):
        return formula[1].replace('""', '"')
    return cell[1:] if cell.startswith("'") and defused(cell[1:]) == cell else cell


def trn_in(cell: str) -> Trn:
    """Returns the TRN of a cell: ``'8000001``, ``8000001.0`` and ``="8000001"`` are one.

    Leading zeros that a spreadsheet dropped come back. Raises InvalidValue.
    """
    return Trn.parse(number_in(cell))


def yes_or_no_in(cell: str) -> bool:
    """Returns the answer of a cell, in words or as a number. Raises InvalidValue."""
    answer = _YES_OR_NO.get(number_in(cell).casefold())
    if answer is None:
        raise InvalidValue("", SAY_YES_OR_NO)
    return answer


def day_in(cell: str, rule: str = "") -> date:
    """Returns the day of a cell: ``2023-07-14``, with midnight after it, or ``14/07/2023``.

    Any other time of day is refused: midnight in summer is eleven at night in UTC, of the day
    before. Raises InvalidValue under ``rule``.
    """
    text = _MIDNIGHT.sub("", _bare(cell), count=1)
    if british := _DAY_FIRST.fullmatch(text):
        text = f"{british[4]}-{british[3]:>02}-{british[1]:>02}"
    try:
        return parse_date(text, rule)
    except InvalidValue:
        raise InvalidValue(rule, NO_SUCH_DAY) from None


def number_in(cell: str) -> str:
    """Returns a number without the decimals that data frames with empty cells give it."""
    text = _bare(cell)
    whole = _WHOLE_NUMBER.fullmatch(text)
    return whole[1] if whole else text


def _bare(cell: str) -> str:
    """Returns the text of a cell whose value cannot begin with an apostrophe of its own."""
    return cleaned(text_in(cleaned(cell)).lstrip("".join(APOSTROPHES)))
