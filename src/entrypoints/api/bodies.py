"""Reads the bodies of requests: JSON with the attributes of one record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs

from entrypoints.api.shapes import Trouble

B = TypeVar("B", bound=attrs.AttrsInstance)


class NotReadable(Exception):
    """The body is not JSON, or has no attributes."""


@attrs.define
class WrongAttributes(Exception):
    """Attributes that are missing or no text, or a record of another type."""

    wrong: Sequence[Trouble]


def attributes_in(body: bytes, shape: type[B], kind: str) -> tuple[B, Sequence[Trouble]]:
    """Returns the attributes of a body, and what is wrong with the type of its record.

    The caller tells of that together with what is wrong in the attributes. Those that the shape
    does not have are ignored. Raises NotReadable and WrongAttributes.
    """
    record = _record(_decoded(body))
    given: Mapping[str, Any] = record["attributes"]
    names = [field.name for field in attrs.fields(shape)]
    of_type = [] if record.get("type") == kind else [Trouble("type", f"Give the type as {kind}")]
    wrong = [
        Trouble(name, f"Give the attribute {name} as text")
        for name in names
        if not isinstance(given.get(name), str)
    ]
    if wrong:
        raise WrongAttributes([*of_type, *wrong])
    return shape(**{name: given[name].strip() for name in names}), of_type


def _decoded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise NotReadable from None


def _record(document: object) -> Mapping[str, Any]:
    """Returns the record in a document, which has attributes."""
    record = document.get("data") if isinstance(document, dict) else None
    if not isinstance(record, dict) or not isinstance(record.get("attributes"), dict):
        raise NotReadable
    return record
