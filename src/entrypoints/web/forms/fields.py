"""Form fields of ours: what is typed, and how it becomes a value of the domain.

They take part in no HTML of their own: ``macros/form.html`` shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import wtforms
from flask import request
from wtforms import Field, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from ect_registration.domain.text import cleaned
from ect_registration.domain.values import InvalidValue
from entrypoints.web.platform.csrf import STALE, STALE_WITHOUT_ANSWERS, stale_answers

T = TypeVar("T")


class Form(wtforms.Form):
    """A page's questions, with the answers given before as keywords.

    Only the texts of a form are read: files and JSON would be anything. The token of a post has
    been checked before any view sees it.
    """

    def __init__(self, **answers: object) -> None:
        posted = request.form if request.method == "POST" or stale_answers() else None
        super().__init__(formdata=posted, data=answers)
        if stale_answers():
            self.form_errors = [STALE if self._fields else STALE_WITHOUT_ANSWERS]

    def validate_on_submit(self) -> bool:
        """Whether this is a post, and everything in it is right."""
        return request.method == "POST" and self.validate()

    def add_error(self, field: str, message: str) -> None:
        """Say that the answer to a question will not do."""
        self[field].errors = [*self[field].errors, message]


class ParsedBy(Generic[T]):
    """Validates with the parser of a value, which is then ``field.parsed``."""

    def __init__(self, parse: Callable[[str], T]) -> None:
        self._parse = parse

    def __call__(self, _: BaseForm, field: Text) -> None:
        """What is wrong with the text is said at the field."""
        try:
            field.parsed = self._parse(field.data or "")
        except InvalidValue as error:
            raise StopValidation(error.message) from None


class Required:
    """Something must be given."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _: BaseForm, field: Field) -> None:
        """Blanks and invisible characters are nothing."""
        if not cleaned(field.data or "").strip():
            raise StopValidation(self.message)


class Text(StringField):
    """One line. A secret is never shown again."""

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
        """What a post leaves out is empty, whatever was answered before."""
        self.data = valuelist[0] if valuelist else ""

    @property
    def shown(self) -> str:
        """What the page shows in the box."""
        return "" if self.secret else str(self.data or "")


class Choice(SelectField):
    """One of several, as radios or as a list: ``message`` asks for one.

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
        """What a post leaves out is unanswered, whatever was answered before."""
        self.data = valuelist[0] if valuelist else None

    def pre_validate(self, _: BaseForm) -> None:
        """Only what is on offer."""
        if self.data not in [value for value, *_ in self.choices]:
            raise StopValidation(self.message)
