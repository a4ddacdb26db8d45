"""What a school has answered so far while giving an ECT a mentor. No secrets: only their proof."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.drafts.ect_draft import Draft, NameAnswer, SamePersonAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Search


@attrs.frozen
class MentorDraft(Draft):
    """A new mentor for this ECT."""

    ect: EctId
    replace: bool = False  # asked for by name: "change mentor"
    search: Search | None = None
    name: NameAnswer | None = None
    same_person: SamePersonAnswer | None = None
    email: Email | None = None
    only_here: bool | None = None
    start_date: date | None = None
    # Whether the school names another lead provider for the mentor than the ECT's.
    another_provider: bool | None = None
    lead_provider: str | None = None


@attrs.frozen
class AssignmentDraft(Draft):
    """A mentor who is registered at the school already, for this ECT."""

    ect: EctId
    mentor: MentorId
    replace: bool = False
    another_provider: bool | None = None
    lead_provider: str | None = None
