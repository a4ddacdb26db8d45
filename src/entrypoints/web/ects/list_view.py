"""The filters and unfinished registrations of the ECTs page."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from flask import url_for

from ect_registration.domain.decisions import Kind
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.search.ect_search import ShownStatus
from ect_registration.journeys.register_ect import check_found
from ect_registration.use_cases.school.ects_page import EctsPage
from entrypoints.web.ects.list_query import Asked
from entrypoints.web.ects.wording import STATUSES


@attrs.frozen
class Filter:
    """A link to the ECTs with one status, or to all ECTs."""

    says: str
    count: int
    address: str
    chosen: bool


def filters(page: EctsPage, asked: Asked) -> Sequence[Filter]:
    """Returns the filter for all ECTs, then one for each status."""
    everybody = Filter("All", page.everybody, asked.with_status(None), asked.status is None)
    return [everybody, *(_filter(status, page, asked) for status in ShownStatus)]


def _filter(status: ShownStatus, page: EctsPage, asked: Asked) -> Filter:
    return Filter(
        STATUSES[status],
        page.counts[status],
        asked.with_status(status),
        asked.status is status,
    )


@attrs.frozen
class Unfinished:
    """A registration that the user can continue."""

    journey: SavedJourney
    draft: EctDraft | MentorDraft

    @property
    def whose(self) -> str:
        """The teacher that the registration is about, as far as known."""
        search, is_mentor = self.draft.search, isinstance(self.draft, MentorDraft)
        if search is None or search.record is None:
            return "Mentor not found yet" if is_mentor else "Teacher not found yet"
        corrected = self.draft.name and self.draft.name.corrected
        name = corrected or search.record.name
        whose = f"{name} (TRN {search.record.trn})" if name else f"TRN {search.record.trn}"
        return f"{whose}, as a mentor" if is_mentor else whose

    @property
    def address(self) -> str:
        """The address at which the registration continues."""
        return address_of(self.journey)


def address_of(journey: SavedJourney) -> str:
    """Returns the address at which a registration goes on."""
    draft = journey.draft
    if isinstance(draft, EctDraft):
        return url_for("register_ect.resume", id=journey.id)
    blueprint = "register_mentor" if isinstance(draft, MentorDraft) else "assign_mentor"
    return url_for(f"{blueprint}.resume", ect=draft.ect, id=journey.id)


def unfinished(journeys: Sequence[SavedJourney]) -> Sequence[Unfinished]:
    """Returns registrations with answers that can still be finished, latest use first."""
    return [
        Unfinished(journey, journey.draft)
        for journey in journeys
        if isinstance(journey.draft, EctDraft | MentorDraft)
        and journey.draft.search is not None
        and not _refused(journey.draft)
    ]


def _refused(draft: EctDraft | MentorDraft) -> bool:
    """Says whether what TRS said refuses the person, which no other answer mends."""
    search = draft.search
    if search is None or search.record is None:
        return False
    if isinstance(draft, MentorDraft):
        return search.record.prohibited
    blocked = check_found(search)
    return blocked is not None and blocked.kind is Kind.REFUSED
