"""The links from a person's page to what can be changed there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from flask import url_for

Link = tuple[str, str, str]  # its text, its noun for users of screen readers, and its address


def links_to_change(
    role: str, id: UUID, *, can_change: bool
) -> Callable[[str, str], Sequence[Link]]:
    """Returns a function that gives the link to change a detail; none where nothing can change."""

    def links(what: str, noun: str) -> Sequence[Link]:
        if not can_change:
            return ()
        return [("Change", noun, url_for(f"details.{role}_question", id=id, what=what))]

    return links


def links_of_last_day(
    role: str, id: UUID, last_day: date | None, *, can_be_removed: bool
) -> Sequence[Link]:
    """Returns the links that report, correct or remove a last day."""
    address = url_for(f"changes.{role}_leaving", id=id)
    if last_day is None:
        return [("Report leaving", "your school", address)]
    change = ("Change", "last day", address)
    if not can_be_removed:
        return [change]
    remove = url_for(f"changes.{role}_leaving_withdraw", id=id)
    return [change, ("Remove", "last day", remove)]
