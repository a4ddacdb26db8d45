"""What every submission does once it is decided: keep the outcome with the saved journey."""

from __future__ import annotations

from datetime import datetime

import attrs

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft, SavedJourney
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.registering.outcomes import Assigned, Registered


def keep_outcome(
    journey: SavedJourney,
    draft: AnyDraft,
    outcome: Registered | Assigned | Blocked,
    now: datetime,
    uow: UnitOfWork,
) -> None:
    """Commit the outcome of a submission.

    A record takes the place of the answers. A refusal keeps them with what TRS said now, so that
    check answers shows it from here on. Without an answer of TRS nothing is kept.
    """
    if isinstance(outcome, Blocked):
        if outcome.kind is Kind.UNAVAILABLE:
            return
        after = attrs.evolve(journey, draft=draft, used_at=now)
    else:
        after = _finished(journey, draft, outcome, now)
    uow.journeys.save(after)
    uow.commit()


def _finished(
    journey: SavedJourney, draft: AnyDraft, outcome: Registered | Assigned, now: datetime
) -> SavedJourney:
    """Returns the journey without its answers; it remembers which record it made."""
    return attrs.evolve(
        journey,
        draft=_emptied(draft),
        used_at=now,
        registered=outcome.ect.id,
        mentor=outcome.mentor.id if isinstance(outcome, Assigned) else None,
    )


def _emptied(draft: AnyDraft) -> AnyDraft:
    """Returns a draft that only remembers its purpose and whether funded training was told."""
    if isinstance(draft, EctDraft):
        return EctDraft()
    told = draft.another_provider
    if isinstance(draft, MentorDraft):
        return MentorDraft(draft.ect, draft.replace, another_provider=told)
    return AssignmentDraft(draft.ect, draft.mentor, draft.replace, another_provider=told)
