from __future__ import annotations

import pytest

from ect_registration.journeys.engine import Step
from ect_registration.journeys.register_ect import REGISTER_ECT
from unit.journey import checkers
from unit.journey.towns import TOWNS, explored

TOO_FEW = (
    "too few ways lead to the end: if your rule refuses answers that the walks give, give others "
    "in tests/unit/journey/towns.py"
)
ANOTHER_RULE = "if your rule stops a walk, add it to this list"

REGISTERING = [name for name in TOWNS if name != "cannot register"]


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("checker", checkers.OF_ECTS, ids=lambda checker: checker.__name__)
def test_wherever_a_journey_leads(town, checker):
    """Whatever is answered, in whatever order, it holds what the checker says."""
    assert list(checker(explored(town))) == []


@pytest.mark.parametrize("town", REGISTERING)
def test_check_answers_is_reached_in_many_ways(town):
    """Else there would be little to check."""
    complete = [place for place in explored(town).places.values() if place.is_complete]

    assert len(complete) > 40, TOO_FEW


def test_every_step_is_met():
    """In one town or another."""
    met = {
        step.id
        for town in TOWNS
        for place in explored(town).places.values()
        for step in place.progress.path
    }

    assert met == {item.id for item in REGISTER_ECT if isinstance(item, Step)}


def test_every_refusal_that_the_towns_hold_is_met():
    """With its rule."""
    met = {
        place.progress.blocked.rule.id
        for town in TOWNS
        for place in explored(town).places.values()
        if place.progress.blocked
    }

    assert met == {
        "school-cannot-register",
        "trn-not-found",
        "details-do-not-match",
        "already-in-progress-here",
        "induction-passed",
        "email-in-use",
        "cannot-register-yet",
        "overlaps-previous",
    }, ANOTHER_RULE


def test_every_answer_that_cannot_stay_is_met():
    """At its own question."""
    faults = {
        (move.step.id, move.fault.rule.id)
        for town in TOWNS
        for move in explored(town).moves
        if move.fault
    }

    assert faults == {
        ("start-date", "start-date-range"),
        ("start-date", "transfer-too-far-ahead"),
        ("appropriate-body", "appropriate-body-state-funded"),
        ("appropriate-body", "appropriate-body-independent"),
        ("lead-provider", "lead-provider-not-available"),
    }, ANOTHER_RULE


def test_every_kind_of_reuse_is_met():
    """Offered by each of its rules, withdrawn, and never offered."""
    met = {
        place.case.reuse.decision.rule.id
        for town in TOWNS
        for place in explored(town).places.values()
        if place.draft.start_date
    }

    assert met == {
        "reuse-offered",
        "reuse-partnership-this-year",
        "reuse-partnership-earlier-year",
        "reuse-not-valid",
    }


def test_a_school_that_cannot_register_sees_nothing():
    """Not even the search."""
    [place] = explored("cannot register").places.values()

    assert (place.progress.path, place.progress.blocked.rule.id) == ((), "school-cannot-register")
