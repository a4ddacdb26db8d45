from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.decisions import Allowed, Kind
from ect_registration.journeys.engine import (
    Gate,
    Step,
    always,
    amend,
    fault_at,
    nothing,
    settle,
    walk,
)
from unit.journey.drinks import A_TEA, CHANGE_GIVEN, MADE_HERE, ON_TAP, OPEN, ORDER, Order

STEPS = {item.id: item for item in ORDER if isinstance(item, Step)}


def _path(order):
    return [step.id for step in walk(ORDER, order).path]


def _decided(order):
    return [decision.rule for decision in walk(ORDER, order).decisions]


def test_a_walk_stops_at_the_first_gap():
    """What comes after an unanswered step may not be seen."""
    order = Order({"card": "valid", "sugar": "one", "spoon": "wood"})

    assert _path(order) == ["drink"]


def test_a_gap_leaves_the_later_rules_undecided():
    """They are named, in order."""
    progress = walk(ORDER, Order({"card": "valid"}))

    assert ([d.rule for d in progress.decisions], progress.not_reached, progress.blocked) == (
        [OPEN],
        (MADE_HERE, ON_TAP, CHANGE_GIVEN),
        None,
    )


def test_a_whole_case_reaches_the_last_step():
    """Nothing answers the last step, so every rule before it is decided."""
    progress = walk(ORDER, A_TEA)

    assert (progress.at, progress.not_reached) == (STEPS["look-again"], ())


def test_a_journey_may_end_with_an_answer():
    """Then it is at the last of its steps, and nothing is left to decide."""
    progress = walk(ORDER[:-1], A_TEA)

    assert (progress.at, progress.not_reached, progress.blocked) == (STEPS["spoon"], (), None)


def test_every_step_that_applies_is_on_the_path_once():
    """In the order of the declaration."""
    assert _path(A_TEA) == ["drink", "milk", "sugar", "spoon", "look-again"]


def test_a_step_that_does_not_apply_is_passed_over():
    """Water takes no milk."""
    assert "milk" not in _path(A_TEA.giving(drink="water"))


def test_a_gate_that_does_not_apply_is_not_decided():
    """Nor is its rule named among those that were not reached."""
    water = A_TEA.giving(drink="water")

    assert (ON_TAP in _decided(water), walk(ORDER, water).not_reached) == (False, ())


def test_a_step_behind_somebody_is_not_shown():
    """A valid card is never asked for again."""
    assert ("card" in _path(Order({"card": "expired"})), "card" in _path(A_TEA)) == (True, False)


def test_a_block_stops_the_walk():
    """The path ends with the step that could mend it."""
    progress = walk(ORDER, A_TEA.giving(drink="cocoa"))

    assert (progress.at, progress.blocked, progress.not_reached) == (
        STEPS["drink"],
        MADE_HERE.refuses(field="drink"),
        (ON_TAP, CHANGE_GIVEN),
    )


def test_a_block_is_the_last_decision():
    """After what was allowed before it."""
    assert _decided(A_TEA.giving(drink="cocoa")) == [OPEN, MADE_HERE]


def test_a_block_before_the_first_step_leaves_nothing_to_see():
    """There is no step to mend it: start again."""
    progress = walk(ORDER, Order(is_open=False))

    assert (progress.path, progress.at) == ((), None)


def test_only_the_path_is_shown():
    """A step of another course is as hidden as one that does not exist."""
    progress = walk(ORDER, Order({"card": "valid"}))

    assert [progress.shows(id) for id in ("drink", "sugar", "biscuit")] == [True, False, False]


def test_back_leads_to_the_step_before_on_the_path():
    """Over what does not apply, and from the first step to the start."""
    progress = walk(ORDER, A_TEA.giving(drink="water"))

    assert (progress.before("sugar"), progress.before("drink")) == (STEPS["drink"], None)


def test_back_is_asked_of_shown_steps_only():
    """Anything else is our bug."""
    with pytest.raises(ValueError, match="not in list"):
        walk(ORDER, Order()).before("sugar")


def test_a_changed_answer_voids_what_hangs_on_it():
    """And what hangs on that in turn."""
    amended = amend(ORDER, A_TEA, A_TEA.giving(drink="coffee", milk="oat"))

    assert amended.answers == {"card": "valid", "drink": "coffee", "milk": "oat"}


def test_the_same_answer_again_voids_nothing():
    """Back and continue changes nothing."""
    assert amend(ORDER, A_TEA, A_TEA.giving(drink="tea")) == A_TEA


def test_an_answer_off_the_path_is_forgotten():
    """Nobody keeps the milk of a glass of water."""
    assert settle(ORDER, A_TEA.giving(drink="water")).answer("milk") is None


def test_an_answer_that_no_longer_fits_is_forgotten():
    """There is no cow's milk for coffee."""
    assert settle(ORDER, A_TEA.giving(drink="coffee")).answer("milk") is None


def test_an_answer_that_still_fits_is_kept():
    """There is oat milk for both."""
    order = A_TEA.giving(drink="coffee", milk="oat")

    assert settle(ORDER, order) == order


def test_a_missing_answer_is_not_asked_whether_it_fits():
    """It could not tell."""
    order = A_TEA.forgetting(["milk"])

    assert settle(ORDER, order) == order


def test_an_answer_behind_somebody_is_left_alone():
    """A valid card stays, although its step is not shown; any other does not."""
    cards = [settle(ORDER, A_TEA.giving(card=card)).answer("card") for card in ("valid", "old")]

    assert cards == ["valid", None]


def test_an_answer_that_cannot_be_right_is_at_fault():
    """It is invalid at its own step."""
    fault = fault_at(ORDER, STEPS["drink"], A_TEA.giving(drink="soup"))

    assert (fault.rule, fault.kind) == (MADE_HERE, Kind.INVALID)


def test_an_answer_that_is_not_on_offer_is_at_fault():
    """Although it is refused and not invalid."""
    fault = fault_at(ORDER, STEPS["milk"], A_TEA.giving(milk="soya"))

    assert (fault.rule, fault.kind) == (ON_TAP, Kind.REFUSED)


def test_a_refused_answer_that_fits_is_not_at_fault():
    """It is kept, and the refusal stands."""
    assert fault_at(ORDER, STEPS["drink"], A_TEA.giving(drink="cocoa")) is None


def test_an_answer_is_not_blamed_for_another():
    """Soup was wrong before the card was shown."""
    assert fault_at(ORDER, STEPS["card"], A_TEA.giving(drink="soup")) is None


def test_a_right_answer_is_not_at_fault():
    """Neither with a gap after it nor at the end."""
    orders = [Order({"card": "valid", "drink": "tea"}), A_TEA]

    assert [fault_at(ORDER, STEPS["drink"], order) for order in orders] == [None, None]


def test_a_block_before_every_step_is_nobodys_fault():
    """No answer mends it."""
    assert fault_at(ORDER, STEPS["card"], Order(is_open=False)) is None


def test_steps_and_gates_concern_everybody_unless_they_say_otherwise():
    """The least that can be declared."""
    step = Step("only", answered=always)
    gate = Gate(OPEN, lambda _: OPEN.allows())

    assert (
        step.applies(A_TEA),
        step.completed_by(A_TEA),
        step.still_valid(A_TEA),
        gate.applies(A_TEA),
    ) == (
        True,
        False,
        True,
        True,
    )


def test_nothing_hangs_on_a_step_that_does_not_say_so():
    """The default voids nothing."""
    assert nothing(A_TEA, Order()) == ()


orders = st.builds(
    Order,
    st.fixed_dictionaries(
        {},
        optional={
            "card": st.sampled_from(["valid", "expired"]),
            "drink": st.sampled_from(["tea", "coffee", "water", "cocoa", "soup"]),
            "milk": st.sampled_from(["cow", "oat", "soya"]),
            "sugar": st.just("one"),
            "spoon": st.just("wood"),
        },
    ),
    st.booleans(),
)


@given(orders)
def test_settling_twice_is_settling_once(order):
    """What is left fits."""
    settled = settle(ORDER, order)

    assert settle(ORDER, settled) == settled


@given(orders)
def test_nothing_is_seen_past_a_block(order):
    """Whatever is answered, the last step and a block exclude each other."""
    progress = walk(ORDER, order)

    assert not (progress.blocked and progress.shows("look-again"))


@given(orders)
def test_every_rule_is_decided_once_or_not_reached(order):
    """Unless it does not concern this order."""
    progress = walk(ORDER, order)
    met = [*(decision.rule for decision in progress.decisions), *progress.not_reached]

    assert met == [rule for rule in (OPEN, MADE_HERE, ON_TAP, CHANGE_GIVEN) if rule in met]


@given(orders)
def test_only_the_last_decision_can_be_a_block(order):
    """Everything before it was allowed."""
    decisions = walk(ORDER, order).decisions

    assert all(isinstance(decision, Allowed) for decision in decisions[:-1])
