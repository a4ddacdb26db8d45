"""Form fields of ours: what is typed, and how it becomes a value of the domain.

They take part in no HTML of their own: ``macros/form.html`` shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import wtforms
from flask import request
from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectFieldBase
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from ect_registration.domain.text import cleaned
from ect_registration.domain.values import InvalidValue
from entrypoints.web.platform.csrf import STALE, STALE_WITHOUT_ANSWERS, stale_answers

T = TypeVar("T")


class Form(wtforms.Form):
    """The questions of a page, with the answers given before as keywords.

    Only the texts of a form are read: files and JSON would be anything. The token of a post has
    been checked before any view sees it.
    """

    def __init__(self, **answers: object) -> None:
        posted = request.form if request.method == "POST" or stale_answers() else None
        super().__init__(formdata=posted, data=answers)
        if stale_answers():
            self.form_errors = [STALE if self._fields else STALE_WITHOUT_ANSWERS]

    def validate_on_submit(self) -> bool:
        """Says whether this is a post whose answers are all valid."""
        return request.method == "POST" and self.validate()

    def add_error(self, field: str, message: str) -> None:
        """Adds an error message to a field."""
        self[field].errors = [*self[field].errors, message]

    def drop_unasked(self) -> None:
        """Drops the errors of questions that the page does not ask: there is nothing to choose."""
        for field in self:
            if not is_asked(field):
                field.errors = ()


def is_asked(field: Field) -> bool:
    """Says whether a page asks for a field: one of many choices needs one at least."""
    return not isinstance(field, SelectFieldBase) or bool(getattr(field, "choices", ()))


class ParsedBy(Generic[T]):
    """Validates with the parser of a value, which is then ``field.parsed``."""

    def __init__(self, parse: Callable[[str], T]) -> None:
        self._parse = parse

    def __call__(self, _: BaseForm, field: Text) -> None:
        """Parses the text, or adds the parser's message as the field's error."""
        try:
            field.parsed = self._parse(field.data or "")
        except InvalidValue as error:
            raise StopValidation(error.message) from None


class Required:
    """Requires an answer."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _: BaseForm, field: Field) -> None:
        """Refuses an answer of blanks and invisible characters only."""
        if not cleaned(field.data or "").strip():
            raise StopValidation(self.message)


class Text(StringField):
    """A text on one line. A secret is never shown again."""

    parsed: Any = None  # by ParsedBy

    def __init__(
        self,
        label: str,
        validators: Iterable[Callable[[BaseForm, Any], object]] = (),
        *,
        secret: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label, tuple(validators), **options)
        self.secret = secret

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes a missing answer as empty, whatever was answered before."""
        self.data = valuelist[0] if valuelist else ""

    @property
    def shown(self) -> str:
        """Returns the text that the page shows in the box."""
        return "" if self.secret else str(self.data or "")


class Choice(SelectField):
    """A choice of one value, as radios or a list; ``message`` asks for one.

    ``choices`` are pairs of value and words, or triples with a hint; a view may set them later.
    """

    def __init__(
        self,
        label: str,
        message: str,
        choices: Iterable[tuple[str, ...]] = (),
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.message = message
        self.choices: Any = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes a missing answer as unanswered, whatever was answered before."""
        self.data = valuelist[0] if valuelist else None

    def pre_validate(self, _: BaseForm) -> None:
        """Refuses an answer that is not one of the choices."""
        if self.data not in [value for value, *_ in self.choices]:
            raise StopValidation(self.message)
