"""A date in three boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import attrs
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from ect_registration.domain.text import cleaned

PARTS = ("day", "month", "year")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@attrs.frozen
class WrongDate(Exception):
    """A date that cannot be right: the message, and the parts it is about."""

    message: str
    parts: tuple[str, ...] = PARTS


def read_date(typed: Mapping[str, str], what: str) -> date:
    """Returns the date of three texts. ``what``: "the start date". Raises WrongDate."""
    bare = {part: "".join(cleaned(typed.get(part, "")).split()) for part in PARTS}
    missing = tuple(part for part in PARTS if not bare[part])
    if len(missing) == len(PARTS):
        raise WrongDate(f"Enter {what}")
    if missing:
        raise WrongDate(f"Enter the {' and '.join(missing)} of {what}", missing)
    if not re.fullmatch(r"[0-9]{4}", bare["year"]):
        raise WrongDate(f"Enter the year of {what} as 4 digits", ("year",))
    day, month = _number(bare["day"], 31), _month(bare["month"])
    impossible = tuple(p for p, n in (("day", day), ("month", month)) if n is None)
    try:
        return date(int(bare["year"]), month or 0, day or 0)
    except ValueError:
        message = f"Enter a real {what.removeprefix('the ')}"
        raise WrongDate(message, impossible or PARTS) from None


def _number(text: str, most: int) -> int | None:
    return int(text) if re.fullmatch(r"0*[1-9][0-9]?", text) and int(text) <= most else None


def _month(text: str) -> int | None:
    """Reads a month given as a number, a name, or at least 3 letters of its name."""
    named = [n for n, name in enumerate(MONTHS, 1) if name.startswith(text.lower())]
    return named[0] if len(text) >= 3 and named else _number(text, 12)


class DateParts(Field):
    """Reads ``<name>-day``, ``<name>-month`` and ``<name>-year``; ``data`` is a date or None."""

    data: date | None

    def __init__(
        self,
        label: str,
        validators: Iterable[Callable[[BaseForm, Any], object]] = (),
        *,
        what: str,
        secret: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, tuple(validators), **options)
        self.what, self.secret = what, secret
        self.typed: dict[str, str] = {}
        self._wrong: tuple[str, ...] = PARTS

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Any = None,  # noqa: ARG002 - given by name
    ) -> None:
        """Takes the three texts of a post, or the parts of the date answered before."""
        self.process_errors = []
        default = self.default if data is unset_value else data
        self.data = self.object_data = default
        if formdata is not None:
            self.data = None
            self.typed = {part: formdata.get(f"{self.name}-{part}", "") for part in PARTS}
        elif isinstance(default, date):
            self.typed = {part: str(getattr(default, part)) for part in PARTS}

    def pre_validate(self, _: BaseForm) -> None:
        """Reads the date, or adds an error that says what to do."""
        try:
            self.data = read_date(self.typed, self.what)
        except WrongDate as wrong:
            self._wrong = wrong.parts
            raise StopValidation(wrong.message) from None

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Returns the parts of the date that the error is about."""
        return self._wrong if self.errors else ()

    @property
    def shown(self) -> Mapping[str, str]:
        """Returns the texts that the page shows in the boxes. A secret is never shown again."""
        return {} if self.secret else self.typed
