"""Decides in which order to write a period and its parts when all of them change.

The database looks at every statement, so the parts must lie inside their period, and beside each
other, after each: what shrinks goes first, then the period, then what grows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Generic, TypeVar

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Training

P = TypeVar("P", Training, Mentorship)


@attrs.frozen
class Writing(Generic[P]):
    """Holds the parts to change before and after the period, and the parts to add at the end."""

    first: tuple[P, ...]
    then: tuple[P, ...]
    new: tuple[P, ...]


def in_order(before: Iterable[P], after: Collection[P], whole: Period) -> Writing[P]:
    """Returns the order of writing, where ``whole`` is the new period; nothing is removed."""
    old = {part.id: part for part in before}
    changed = [(old[part.id], part) for part in after if part.id in old and part != old[part.id]]
    first = [new for was, new in changed if _makes_room(was, new)]
    then = [(was, new) for was, new in changed if not _makes_room(was, new)]
    aside = [attrs.evolve(was, withdrawn=True) for was, _ in then if not _may_stay(was, whole)]
    return Writing(
        first=tuple(first + aside),
        then=tuple(new for _, new in then),
        new=tuple(part for part in after if part.id not in old),
    )


def _makes_room(was: P, becomes: P) -> bool:
    """Says whether the changed part takes no day that it did not have."""
    return becomes.withdrawn or (not was.withdrawn and was.period.contains(becomes.period))


def _may_stay(part: P, whole: Period) -> bool:
    """Says whether the part can stay as it is until its turn comes."""
    return part.withdrawn or whole.contains(part.period)
