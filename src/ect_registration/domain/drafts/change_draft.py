"""What a school has answered so far while changing a record. Unasked answers stay as they are."""

from __future__ import annotations

from datetime import date

import attrs

from ect_registration.domain.drafts.ect_draft import Draft, NameAnswer, SamePersonAnswer
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId, WorkingPattern
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import Programme


@attrs.frozen
class EctChangeDraft(Draft):
    """The answers about an ECT. ``asked`` names the steps that the school wants to change."""

    ect: EctId
    asked: frozenset[str]
    name: NameAnswer | None = None
    same_person: SamePersonAnswer | None = None
    email: Email | None = None
    start_date: date | None = None
    working_pattern: WorkingPattern | None = None
    appropriate_body: str | None = None
    programme: Programme | None = None
    lead_provider: str | None = None


@attrs.frozen
class MentorChangeDraft(Draft):
    """The answers about a mentor. ``asked`` names the steps that the school wants to change."""

    mentor: MentorId
    asked: frozenset[str]
    name: NameAnswer | None = None
    same_person: SamePersonAnswer | None = None
    email: Email | None = None
    start_date: date | None = None
    lead_provider: str | None = None
