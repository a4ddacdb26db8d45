"""The parts of the ECTs page that follow from what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from ect_registration.domain.draft import EctDraft
from ect_registration.domain.finding import ShownStatus
from ect_registration.domain.journeys import Journey
from ect_registration.domain.mentor_draft import MentorDraft
from ect_registration.use_cases.ects_page import A_PAGE, EctsPage
from entrypoints.web.ects.asking import Asked
from entrypoints.web.ects.wording import STATUSES

MOST_UNFINISHED = 10


@attrs.frozen
class Filter:
    """A link that leaves those with one status, or everybody."""

    says: str
    count: int
    address: str
    chosen: bool


def filters(page: EctsPage, asked: Asked) -> Sequence[Filter]:
    """Everybody first, then each status."""
    everybody = Filter("All", page.everybody, asked.with_status(None), asked.status is None)
    return [everybody, *(_filter(status, page, asked) for status in ShownStatus)]


def _filter(status: ShownStatus, page: EctsPage, asked: Asked) -> Filter:
    return Filter(
        STATUSES[status],
        page.counts[status],
        asked.with_status(status),
        asked.status is status,
    )


def range_of(page: EctsPage) -> str:
    """``21 to 40 of 41``; nothing when all are on one page."""
    if page.pages == 1:
        return ""
    first = (page.number - 1) * A_PAGE
    return f"{first + 1} to {first + len(page.ects)} of {page.found}"


def pagination(page: EctsPage, asked: Asked) -> dict[str, Any] | None:
    """As the component takes it; None for a single page."""
    if page.pages == 1:
        return None
    parts: dict[str, Any] = {"items": _numbers(page, asked), "landmarkLabel": "Pages of ECTs"}
    if page.number > 1:
        parts["previous"] = {"href": asked.at_page(page.number - 1)}
    if page.number < page.pages:
        parts["next"] = {"href": asked.at_page(page.number + 1)}
    return parts


def _numbers(page: EctsPage, asked: Asked) -> list[dict[str, Any]]:
    """The first, the last, this one and its neighbours, with dots for what lies between."""
    near = {1, page.number - 1, page.number, page.number + 1, page.pages}
    shown = sorted(near & set(range(1, page.pages + 1)))
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            items.append({"ellipsis": True})
        link = {"number": number, "href": asked.at_page(number)}
        items.append({**link, "current": number == page.number})
    return items


@attrs.frozen
class Unfinished:
    """A registration that can be taken up again."""

    journey: Journey
    draft: EctDraft | MentorDraft

    @property
    def whose(self) -> str:
        """The teacher, as far as we know."""
        search = self.draft.search
        if search is None or search.record is None:
            return "Teacher not found yet"
        corrected = self.draft.name and self.draft.name.corrected
        return f"{corrected or search.record.name} (TRN {search.record.trn})"

    @property
    def address(self) -> str:
        """Goes on where it was left."""
        if isinstance(self.draft, MentorDraft):
            return f"/school/ects/{self.draft.ect}/register-mentor/{self.journey.id}"
        return f"/school/register-ect/{self.journey.id}"


def unfinished(journeys: Sequence[Journey]) -> Sequence[Unfinished]:
    """The latest few in which anything was answered."""
    begun = [
        Unfinished(journey, journey.draft)
        for journey in journeys
        if isinstance(journey.draft, EctDraft | MentorDraft) and journey.draft.search is not None
    ]
    return begun[:MOST_UNFINISHED]
