"""Writing what differs between a period as it was and as it becomes."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from ect_registration.domain.email import Email, address_of
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.people.training import Training
from ect_registration.ports.errors import Conflict

T = TypeVar("T")
P = TypeVar("P", Training, Mentorship)


def differing(stored: T, before: T, after: T) -> T:
    """Returns the stored value unless this change alters it, so that other writes survive."""
    return stored if after == before else after


def differing_email(
    stored: Email | None, before: Email | None, after: Email | None
) -> Email | None:
    """Returns the stored email unless this change alters it; a new spelling is a change."""
    return stored if address_of(after) == address_of(before) else after


def differing_parts(
    stored: tuple[P, ...], before: tuple[P, ...], after: tuple[P, ...]
) -> tuple[P, ...]:
    """Returns changed parts in their places, new ones at the end; nothing is ever removed."""
    changed = {part.id: part for part in after if part not in before}
    kept = tuple(changed.pop(part.id, part) for part in stored)
    return kept + tuple(changed.values())


def take_new_ids(stored: tuple[P, ...], written: tuple[P, ...], taken: set[UUID]) -> None:
    """Records the ids of new parts. Raises Conflict when another part has ever had one."""
    old = {part.id for part in stored}
    for part in written:
        if part.id not in old:
            if part.id in taken:
                raise Conflict("the id of another training or mentorship")
            taken.add(part.id)
