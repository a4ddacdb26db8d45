from __future__ import annotations

import pytest

from ect_registration.journeys.engine import Step
from ect_registration.journeys.register_mentor import ASSIGN_MENTOR, REGISTER_MENTOR
from unit.journey import checkers
from unit.journey.mentor_towns import ASSIGNING, REGISTERING, explored

TOO_FEW = (
    "too few ways lead to the end: if your rule refuses answers that the walks give, give others "
    "in tests/unit/journey/mentor_towns.py"
)
ANOTHER_RULE = "if your rule stops a walk, add it to this list"


def _places(towns):
    return [place for town in towns for place in explored(town).places.values()]


def _refusals(towns):
    return {place.progress.blocked.rule.id for place in _places(towns) if place.progress.blocked}


@pytest.mark.parametrize("town", REGISTERING)
@pytest.mark.parametrize("checker", checkers.OF_MENTORS, ids=lambda checker: checker.__name__)
def test_wherever_the_registration_of_a_mentor_leads(town, checker):
    """Whatever is answered, in whatever order, it holds what the checker says."""
    assert list(checker(explored(town))) == []


@pytest.mark.parametrize("town", ASSIGNING)
@pytest.mark.parametrize("checker", checkers.CHECKERS, ids=lambda checker: checker.__name__)
def test_wherever_an_assignment_leads(town, checker):
    """Likewise."""
    assert list(checker(explored(town))) == []


def test_check_answers_is_reached_in_many_ways():
    """Else there would be little to check."""
    complete = [place for place in _places(REGISTERING) if place.is_complete]

    assert len(complete) > 150, TOO_FEW


@pytest.mark.parametrize(
    ("journey", "towns"),
    [(REGISTER_MENTOR, REGISTERING), (ASSIGN_MENTOR, ASSIGNING)],
    ids=["register", "assign"],
)
def test_every_step_is_met(journey, towns):
    """In one town or another."""
    met = {step.id for place in _places(towns) for step in place.progress.path}

    assert met == {item.id for item in journey if isinstance(item, Step)}


def test_every_refusal_that_the_towns_hold_is_met():
    """With its rule."""
    assert _refusals(REGISTERING) == {
        "one-mentor-at-a-time",
        "trn-not-found",
        "details-do-not-match",
        "own-mentor",
        "mentor-already-here",
        "prohibited-from-teaching",
        "email-in-use",
        "overlaps-previous",
        "no-day-in-common",
    }, ANOTHER_RULE
    assert _refusals(ASSIGNING) == {"no-day-in-common"}, ANOTHER_RULE


def test_every_answer_that_cannot_stay_is_met():
    """At its own question."""
    faults = {
        (move.step.id, move.fault.rule.id, move.fault.kind.value)
        for town in REGISTERING
        for move in explored(town).moves
        if move.fault
    }

    assert faults == {
        ("start-date", "mentor-start-date", "invalid"),
        ("start-date", "transfer-too-far-ahead", "invalid"),
        ("lead-provider", "lead-provider-not-available", "refused"),
        ("lead-provider", "lead-provider-not-available", "invalid"),
    }, ANOTHER_RULE


def test_every_way_that_training_can_go_is_met():
    """Set up with the ECT's lead provider and with another, confirmed or not, and not at all."""
    met = {
        (place.case.first_provider_led, place.case.sets_up_training, place.case.asks_lead_provider)
        for place in _places(REGISTERING | ASSIGNING)
        if place.is_complete
    }

    assert met == {
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    }
