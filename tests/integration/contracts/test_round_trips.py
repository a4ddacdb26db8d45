from __future__ import annotations

from uuid import uuid4

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings

import strategies as some
from builders import URN, a_journey, a_partnership
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import address_of
from ect_registration.ports.stored.holds import Hold
from integration.contracts.steps import adding_ect, adding_mentor, keep, seen

# One store serves all examples of a test, so every example brings what nobody wrote before.
many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def partnered(store):
    """A furnished store whose school has a partnership, for confirmed trainings."""
    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    return store


def _discarding(store, *actions, question):
    """What a unit of work sees of its own writing, which is then forgotten."""
    with store.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        for action in actions:
            action(uow)
        return question(uow)


@many
@example(draft=EctDraft(lead_provider="\0"))
@example(draft=EctDraft(appropriate_body="Hub\0"))
@given(draft=some.drafts_of_every_kind)
def test_a_draft_comes_back_as_it_was(store, draft):
    """Whatever was answered so far, in a journey of whichever kind."""
    journey = a_journey(id=JourneyId(uuid4()), draft=draft)
    keep(store, lambda uow: uow.journeys.add(journey))

    found = seen(store, lambda uow: uow.journeys.find(journey.id))

    assert found == journey
    assert _addresses(found.draft) == _addresses(draft)


def _addresses(draft):
    email = getattr(draft, "email", None)
    return email and email.address


@many
@given(ect=some.ects())
def test_an_ect_comes_back_as_it_was(partnered, ect):
    """With teacher, registration and training."""
    found = _discarding(partnered, adding_ect(ect), question=lambda uow: uow.ects.find(ect.id))

    assert found == ect
    assert address_of(found.email) == address_of(ect.email)


@many
@given(mentor=some.mentors())
def test_a_mentor_comes_back_as_they_were(partnered, mentor):
    """With teacher and training."""
    found = _discarding(
        partnered, adding_mentor(mentor), question=lambda uow: uow.mentors.find(mentor.id)
    )

    assert found == mentor


@many
@given(history=some.training_histories)
def test_earlier_training_comes_back_as_it_was(store, history):
    """Whether new or known."""
    found = _discarding(
        store,
        lambda uow: uow.mentors.save_training_history(history),
        question=lambda uow: uow.mentors.training_history([history.trn]),
    )

    assert list(found) == [history]


@many
@given(change=some.changes)
def test_a_change_comes_back_as_it_was(store, change):
    """Evidence of every kind included."""
    at_school = attrs.evolve(change, school=URN)
    (found,) = _discarding(
        store,
        lambda uow: uow.history.add([at_school]),
        question=lambda uow: uow.history.of_school(URN),
    )

    assert found == at_school


@many
@given(school=some.schools)
def test_a_school_comes_back_as_it_was(store, school):
    """Whether new or known."""
    found = _discarding(
        store,
        lambda uow: uow.schools.save(school),
        question=lambda uow: uow.schools.find(school.urn),
    )

    assert found == school


@many
@given(body=some.appropriate_bodies())
def test_an_appropriate_body_comes_back_as_it_was(empty_store, body):
    """With the days it is active on."""
    found = _discarding(
        empty_store,
        lambda uow: uow.offers.save_appropriate_body(body),
        question=lambda uow: uow.offers.appropriate_bodies(),
    )

    assert list(found) == [body]


@many
@given(provider=some.lead_providers, year=some.academic_years)
def test_a_lead_provider_works_in_the_years_it_was_saved_with(empty_store, provider, year):
    """And in no other."""
    offer = _discarding(
        empty_store,
        lambda uow: uow.offers.save_lead_provider(provider),
        question=lambda uow: uow.offers.training_year(year),
    )

    assert (provider.name in offer.lead_providers) == (year in provider.years)
