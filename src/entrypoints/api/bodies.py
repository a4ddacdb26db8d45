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
    """Attributes that are missing or no text."""

    wrong: Sequence[Trouble]


def attributes_in(body: bytes, shape: type[B]) -> B:
    """Returns the attributes of a body; raises NotReadable and WrongAttributes.

    Attributes that the shape does not have are ignored.
    """
    given = _attributes(_decoded(body))
    names = [field.name for field in attrs.fields(shape)]
    wrong = [
        Trouble(name, f"Give the attribute {name} as text")
        for name in names
        if not isinstance(given.get(name), str)
    ]
    if wrong:
        raise WrongAttributes(wrong)
    return shape(**{name: given[name].strip() for name in names})


def _decoded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise NotReadable from None


def _attributes(document: object) -> Mapping[str, Any]:
    inside = document.get("data") if isinstance(document, dict) else None
    attributes = inside.get("attributes") if isinstance(inside, dict) else None
    if not isinstance(attributes, dict):
        raise NotReadable
    return attributes
