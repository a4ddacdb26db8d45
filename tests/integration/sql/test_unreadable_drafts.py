"""Drafts that this version of the program cannot read."""

from __future__ import annotations

import json
from uuid import UUID

import attrs
import pytest
import sqlalchemy as sa

from adapters.sql.tables.records import journeys
from builders import NOW, URN, a_draft, a_journey, an_ect
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId, WorkingPattern
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.values import Trn
from integration.contracts.steps import adding_ect, furnish, keep, seen

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


NEWER = {"colour": "green", "name": {"corrected": None, "why": "married"}}


def _stored(store):
    with store.engine.connect() as connection:
        return json.loads(connection.scalar(sa.select(journeys.c.draft)))


def _written_by_a_newer_program(store, **answers):
    """A journey to which a newer program has added answers that this one does not know."""
    furnish(store)
    journey = a_journey(draft=a_draft())
    keep(store, lambda uow: uow.journeys.add(journey))
    text = json.dumps(_stored(store) | answers)
    with store.engine.begin() as connection:
        connection.execute(sa.update(journeys).values(draft=text))
    return journey


def _saved(store, journey, **answers):
    """Found and saved with these answers, as a page does it."""

    def work(uow):
        found = uow.journeys.find(journey.id)
        uow.journeys.save(attrs.evolve(found, draft=attrs.evolve(found.draft, **answers)))

    keep(store, work)
    return _stored(store)


def test_answers_to_questions_of_a_newer_program_are_read_around(store):
    """Two versions run beside each other: the rest of the answers is there."""
    journey = _written_by_a_newer_program(store, **NEWER)

    assert seen(store, lambda uow: uow.journeys.find(journey.id)).draft == a_draft()


def test_answers_of_a_newer_program_are_kept(store):
    """A page of this program saves its own answer and takes nothing away, at any depth."""
    journey = _written_by_a_newer_program(store, **NEWER)
    stored = _saved(store, journey, start_date=None)

    assert {key: stored[key] for key in NEWER} == NEWER
    assert "start_date" not in stored


def test_a_word_that_only_a_newer_program_knows_is_asked_for_again(store):
    """It stays as it was written, until somebody answers here."""
    journey = _written_by_a_newer_program(store, working_pattern="four_days")
    found = seen(store, lambda uow: uow.journeys.find(journey.id))
    stored = _saved(store, journey, registered_before_seen=True)
    answered = _saved(store, journey, working_pattern=WorkingPattern.FULL_TIME)

    assert (found.draft, stored["working_pattern"]) == (
        attrs.evolve(a_draft(), working_pattern=None),
        "four_days",
    )
    assert answered["working_pattern"] == "full_time"


def test_answers_of_a_newer_program_go_with_the_person(store):
    """They were given about somebody else."""
    journey = _written_by_a_newer_program(store, **NEWER)
    other = Search(Trn("7654321"), NoMatch.TRN_NOT_FOUND, NOW)
    stored = _saved(store, journey, search=other)

    assert "colour" not in stored


def test_a_submission_takes_the_answers_of_a_newer_program_away(store):
    """The record is in their place."""
    journey = _written_by_a_newer_program(store, **NEWER)
    ect = an_ect()
    keep(store, adding_ect(ect))
    over = attrs.evolve(journey, draft=EctDraft(), registered=ect.id)
    keep(store, lambda uow: uow.journeys.save(over))

    assert _stored(store) == {}
