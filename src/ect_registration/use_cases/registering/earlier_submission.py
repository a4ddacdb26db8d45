"""What an earlier submission of a journey came to."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.rules.mentors.mentor_training import (
    how_training_stands,
    training_seen,
    why_not_funded,
)
from ect_registration.journeys.answers import given
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.registering.outcomes import Assigned, Registered
from ect_registration.use_cases.transactions import Ports


def registered_by_journey(journey: SavedJourney, uow: UnitOfWork) -> Registered | None:
    """Returns the registration that an earlier submission of this journey made."""
    ect = None if journey.registered is None else uow.ects.find(journey.registered)
    return None if ect is None else Registered(ect)


def assigned_by_journey(journey: SavedJourney, uow: UnitOfWork, today: date) -> Assigned | None:
    """Returns the mentor that an earlier submission of this journey gave an ECT."""
    ect = None if journey.registered is None else uow.ects.find(journey.registered)
    if ect is None or journey.mentor is None:
        return None
    past = uow.mentors.past_of_person_with(journey.mentor)
    # One whose registration was undone is in no past, but was assigned all the same.
    mentor = past.period_with(journey.mentor) or given(uow.mentors.find(journey.mentor))
    seen = training_seen(mentor, past, today)
    return Assigned(
        ect,
        mentor,
        training=how_training_stands(seen, past.training_history, today),
        lead_provider=seen.lead_provider if seen else None,
        delivery_partner=seen.delivery_partner if seen else None,
        is_new=isinstance(journey.draft, MentorDraft),
        not_funded=why_not_funded(past.training_history, today),
    )


def what_was_assigned(journey: SavedJourney, ports: Ports) -> Assigned | None:
    """Returns what was assigned as it is now, for the confirmation."""
    with ports.reading() as uow:
        return assigned_by_journey(journey, uow, ports.clock.today())
