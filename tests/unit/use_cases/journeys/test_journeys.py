from __future__ import annotations

from uuid import uuid4

import pytest

from builders import NOW, URN
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.journey_type import Gone
from ect_registration.use_cases.journeys.saved_journeys import (
    discard,
    look,
    purge,
    start,
)
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.service import ACTOR
from unit.use_cases.town import OTHER_SCHOOL
from unit.use_cases.visit import ANSWERS, Visit

COLLEAGUE = Actor("user-2", URN)
SAME_USER_ELSEWHERE = Actor("user-1", OTHER_SCHOOL)
STRANGERS = pytest.mark.parametrize(
    "stranger", [COLLEAGUE, SAME_USER_ELSEWHERE], ids=["a colleague", "another school"]
)


def _is_gone(service, id, actor=ACTOR):
    try:
        look(ECT_JOURNEY, id, actor, service.ports)
    except Gone:
        return True
    return False


def test_a_journey_begins_with_nothing_answered(service):
    """It belongs to the user and the school that began it."""
    journey = Visit.begun(service).look().journey

    assert (journey.draft, journey.user, journey.school, journey.used_at, journey.registered) == (
        EctDraft(),
        "user-1",
        URN,
        NOW,
        None,
    )


def test_every_journey_has_its_own_id(service):
    """Several tabs never mix."""
    one, other = Visit.proven(service), Visit.begun(service)
    one.give("name", **ANSWERS["name"])

    assert (one.id != other.id, one.at, other.at) == (True, "email", "find")


def test_looking_changes_nothing(service):
    """Not even the moment of the last use."""
    visit = Visit.proven(service)
    before = visit.look()
    service.clock.wait(hours=1)

    assert visit.look().journey == before.journey


@STRANGERS
def test_nobody_looks_at_a_journey_that_is_not_theirs(service, stranger):
    """To them it does not exist."""
    visit = Visit.proven(service)

    assert (_is_gone(service, visit.id, stranger), _is_gone(service, visit.id)) == (True, False)


@STRANGERS
def test_nobody_answers_in_a_journey_that_is_not_theirs(service, stranger):
    """Nothing is written."""
    visit = Visit.proven(service)
    before = visit.draft
    with pytest.raises(Gone):
        Visit(service, visit.id, stranger).give("name", **ANSWERS["name"])

    assert visit.draft == before


@STRANGERS
def test_nobody_discards_a_journey_that_is_not_theirs(service, stranger):
    """It stays."""
    visit = Visit.proven(service)
    with pytest.raises(Gone):
        discard(visit.id, stranger, service.ports)

    assert not _is_gone(service, visit.id)


def test_an_unknown_journey_is_gone(service):
    """As is one of somebody else."""
    assert _is_gone(service, JourneyId(uuid4()))


def test_a_discarded_journey_is_gone(service):
    """With its answers; discarding it again says so."""
    visit = Visit.proven(service)
    discard(visit.id, ACTOR, service.ports)
    with pytest.raises(Gone):
        discard(visit.id, ACTOR, service.ports)

    assert _is_gone(service, visit.id)


def test_a_submitted_journey_is_not_discarded(service):
    """Its confirmation can be seen; it comes back."""
    visit = Visit.complete(service)
    visit.submit()
    kept = discard(visit.id, ACTOR, service.ports)

    assert (kept.id, kept.registered) == (visit.id, service.ects_of()[0].id)
    assert not _is_gone(service, visit.id)


def test_a_journey_lives_for_a_day_without_use(service):
    """At 24 hours exactly it is gone, purged or not."""
    visit = Visit.proven(service)
    service.clock.wait(hours=23, minutes=59, seconds=59)
    before = _is_gone(service, visit.id)
    service.clock.wait(seconds=1)

    assert (before, _is_gone(service, visit.id)) == (False, True)


def test_every_answer_prolongs_a_journey(service):
    """By a day from then."""
    visit = Visit.proven(service)
    service.clock.wait(hours=23)
    visit.give("name", **ANSWERS["name"])
    service.clock.wait(hours=23)

    assert not _is_gone(service, visit.id)


def test_an_expired_journey_takes_no_answers(service):
    """Neither searches nor submissions."""
    visit = Visit.complete(service)
    shown = visit.preview
    service.clock.wait(hours=24)
    for use in (
        lambda: visit.give("name", **ANSWERS["name"]),
        visit.find,
        lambda: visit.submit(shown),
        lambda: discard(visit.id, ACTOR, service.ports),
    ):
        with pytest.raises(Gone):
            use()

    assert service.records.asked == ["date of birth"]


def test_purging_removes_the_journeys_that_are_over(service):
    """And says how many; those in use stay."""
    Visit.begun(service)
    submitted = Visit.complete(service)
    submitted.submit()
    service.clock.wait(hours=1)
    in_use = Visit.begun(service)
    service.clock.wait(hours=23)
    counts = [purge(service.ports), purge(service.ports)]

    assert (counts, _is_gone(service, in_use.id)) == ([2, 0], False)


def test_a_purged_journey_leaves_its_record(service):
    """Only the confirmation goes."""
    visit = Visit.complete(service)
    registered = visit.submit()
    service.clock.wait(hours=24)
    purge(service.ports)

    assert list(service.ects_of()) == [registered.ect]


def test_beginning_gives_the_id(service):
    """To go on with."""
    id = start(ACTOR, service.ports)

    assert look(ECT_JOURNEY, id, ACTOR, service.ports).journey.id == id
