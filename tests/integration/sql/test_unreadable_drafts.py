"""Drafts that this version of the program cannot read."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from adapters.sql.tables.records import journeys
from builders import URN, a_journey
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from integration.contracts.steps import furnish, keep, seen

ECT, MENTOR = EctId(UUID(int=1)), MentorId(UUID(int=2))
NOT_A_DRAFT = ["[]", "{ }", '{"colour": "green"}', '{"ect": 3}', '{"ect": "1", "replace": "yes"}']


def _with_text(store, draft, text):
    """A journey whose draft was written by another version."""
    furnish(store)
    journey = a_journey(draft=draft)
    keep(store, lambda uow: uow.journeys.add(journey))
    with store.engine.begin() as connection:
        connection.execute(sa.update(journeys).values(draft=text))
    return journey


def _found(store, journey):
    by_id = seen(store, lambda uow: uow.journeys.find(journey.id))
    return by_id, list(seen(store, lambda uow: uow.journeys.of_user(URN, "user-1")))


@pytest.mark.parametrize("text", NOT_A_DRAFT[2:])
def test_a_registration_that_cannot_be_read_starts_again(store, text):
    """Nothing of it is left but the journey."""
    journey = _with_text(store, EctDraft(registered_before_seen=True), text)
    found, listed = _found(store, journey)

    assert (found.draft, listed) == (EctDraft(), [found])


@pytest.mark.parametrize("text", NOT_A_DRAFT)
@pytest.mark.parametrize("draft", [MentorDraft(ECT), AssignmentDraft(ECT, MENTOR)])
def test_a_mentor_for_nobody_knows_whom_is_as_good_as_gone(store, draft, text):
    """It is never taken for a journey of another kind."""
    assert _found(store, _with_text(store, draft, text)) == (None, [])
