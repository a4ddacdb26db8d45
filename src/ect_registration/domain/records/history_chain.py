"""History as chains: each line seals the one before it, and a head seals the newest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from hashlib import sha256

import attrs

from ect_registration.domain.records.history import Change
from ect_registration.domain.values import Urn

NO_SCHOOL = "none"  # the chain of changes that belong to no school
NOTHING = ""  # what the first line of a chain follows

Text = str | None

_as_json = json.JSONEncoder(default=repr).encode  # made once, not for every line


@attrs.frozen
class Head:
    """How far a chain goes: the number of its newest line, and that line's seal."""

    number: int = 0
    seal: str = NOTHING


@attrs.frozen
class Link:
    """One line as it is kept, which need not be readable any more."""

    number: int
    seal: str
    line: Sequence[Text]


@attrs.frozen
class Chain:
    """The name of a chain, and its head unless that is gone."""

    name: str
    head: Head | None


def chain_of(school: Urn | None) -> str:
    """Returns the name of the chain that a change of this school belongs to."""
    return NO_SCHOOL if school is None else school.digits


def line_of(change: Change) -> Sequence[Text]:
    """Returns the text that is kept of a change, from its moment to its values after."""
    return (
        change.at.astimezone(UTC).isoformat(timespec="microseconds"),
        change.actor,
        None if change.school is None else change.school.digits,
        change.what.value,
        _as_json(change.rules),
        None if change.trn is None else change.trn.digits,
        None if change.about is None else change.about.hex,
        _as_json(change.before),
        _as_json(change.after),
    )


def sealed(before: Head, line: Sequence[Text]) -> Head:
    """Returns the head of a chain once this line has been added to it."""
    number = before.number + 1
    text = _as_json([before.seal, number, *line])
    return Head(number, sha256(text.encode()).hexdigest())


def fault_in(links: Iterable[Link], head: Head | None) -> str | None:
    """Returns what is wrong with a chain, and at which line; None when nothing is.

    ``links``: in order of number.
    """
    at = Head()
    for link in links:
        if link.number > at.number + 1:
            return f"line {at.number + 1} is missing"
        if link.number <= at.number:
            return f"line {link.number} was put in"
        at = sealed(at, link.line)
        if link.seal != at.seal:
            return f"line {link.number} was changed"
    return _fault_at_the_end(at, head)


def _fault_at_the_end(at: Head, head: Head | None) -> str | None:
    if head is None:
        return "its head is missing"
    if head.number > at.number:
        return f"line {at.number + 1} is missing"
    if head.number < at.number:
        return f"line {head.number + 1} was put in"
    return None if head.seal == at.seal else f"line {at.number} was changed"
