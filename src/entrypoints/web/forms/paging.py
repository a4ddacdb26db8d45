"""The parts of a page that lists people twenty at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ect_registration.use_cases.school.ects_page import A_PAGE


class Page(Protocol):
    """One page of several."""

    @property
    def number(self) -> int:
        """From one on."""

    @property
    def pages(self) -> int:
        """How many there are."""

    @property
    def found(self) -> int:
        """How many people are on all of them."""


def range_of(page: Page) -> str:
    """``21 to 40 of 41``; nothing when all are on one page."""
    if page.pages == 1:
        return ""
    first = (page.number - 1) * A_PAGE
    return f"{first + 1} to {min(first + A_PAGE, page.found)} of {page.found}"


def pagination(page: Page, at: Callable[[int], str], whom: str) -> dict[str, Any] | None:
    """As the component takes it; None for a single page."""
    if page.pages == 1:
        return None
    parts: dict[str, Any] = {"items": _numbers(page, at), "landmarkLabel": f"Pages of {whom}"}
    if page.number > 1:
        parts["previous"] = {"href": at(page.number - 1)}
    if page.number < page.pages:
        parts["next"] = {"href": at(page.number + 1)}
    return parts


def _numbers(page: Page, at: Callable[[int], str]) -> list[dict[str, Any]]:
    """The first, the last, this one and its neighbours, with dots for what lies between."""
    near = {1, page.number - 1, page.number, page.number + 1, page.pages}
    shown = sorted(near & set(range(1, page.pages + 1)))
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": at(number), "current": number == page.number})
    return items
