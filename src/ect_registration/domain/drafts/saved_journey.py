"""An unfinished registration, kept on the server."""

from __future__ import annotations

from datetime import datetime
from typing import NewType
from uuid import UUID

import attrs

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.identifying.limits import has_expired
from ect_registration.domain.values import Urn

JourneyId = NewType("JourneyId", UUID)
AnyDraft = EctDraft | MentorDraft | AssignmentDraft  # the kind of draft is the kind of journey


@attrs.frozen
class SavedJourney:
    """An unfinished registration, which belongs to the user and the school that began it."""

    id: JourneyId
    school: Urn
    user: str
    draft: AnyDraft
    used_at: datetime
    registered: EctId | None = None  # the ECT that its submission registered, or gave a mentor
    mentor: MentorId | None = None  # the mentor that they were given

    def is_over(self, now: datetime) -> bool:
        """Says whether the life of a journey has passed since its last use, or its submission."""
        return has_expired(self.used_at, now)
