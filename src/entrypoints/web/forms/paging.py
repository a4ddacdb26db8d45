"""The parts of a page that lists people twenty at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ect_registration.use_cases.school.paging import A_PAGE, skipped_before


class Page(Protocol):
    """One page of several."""

    @property
    def number(self) -> int:
        """Returns the number of this page, from 1."""

    @property
    def pages(self) -> int:
        """Returns the number of pages."""

    @property
    def found(self) -> int:
        """Returns the number of people on all pages."""


def range_of(page: Page) -> str:
    """Returns ``21 to 40 of 41``, or nothing when all are on one page."""
    if page.pages == 1:
        return ""
    first = skipped_before(page.number)
    return f"{first + 1} to {min(first + A_PAGE, page.found)} of {page.found}"


def pagination(page: Page, at: Callable[[int], str], people: str) -> dict[str, Any] | None:
    """Returns the parameters of the pagination component; None for a single page."""
    if page.pages == 1:
        return None
    parts: dict[str, Any] = {"items": _numbers(page, at), "landmarkLabel": f"Pages of {people}"}
    if page.number > 1:
        parts["previous"] = {"href": at(page.number - 1)}
    if page.number < page.pages:
        parts["next"] = {"href": at(page.number + 1)}
    return parts


def _numbers(page: Page, at: Callable[[int], str]) -> list[dict[str, Any]]:
    """Returns links to the first, last, current and neighbouring pages, with dots between."""
    near = {1, page.number - 1, page.number, page.number + 1, page.pages}
    shown = sorted(near & set(range(1, page.pages + 1)))
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": at(number), "current": number == page.number})
    return items
