"""The error summary: every message, and the input to put it right in."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Field

from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Form, is_asked


def errors_of(form: Form | None) -> Sequence[dict[str, str]]:
    """Returns the errors of a form for the error summary, in the order of the page."""
    if form is None:
        return []
    fields = list(form)
    whole = [(message, next(iter(fields), None)) for message in form.form_errors]
    each = [(message, field) for field in fields for message in field.errors]
    return [_error(str(text), field) for text, field in [*whole, *each]]


def _error(text: str, field: Field | None) -> dict[str, str]:
    """Returns an error that links to its input, where there is one."""
    if field is None or not is_asked(field):
        return {"text": text}
    return {"text": text, "href": f"#{input_id(field)}"}


def input_id(field: Field) -> str:
    """Returns the id of the input with the error: for a date, its first wrong part."""
    if isinstance(field, DateParts):
        return f"{field.id}-{(field.wrong_parts or ('day',))[0]}"
    return str(field.id)
