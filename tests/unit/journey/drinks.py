"""A journey small enough to see through: ordering a hot drink with a loyalty card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from ect_registration.domain.decisions import Decision, OurDecision, Rule
from ect_registration.journeys.engine import Gate, Journey, Step, never

MILKS = {"tea": {"cow", "oat"}, "coffee": {"oat", "soya"}}


def _rule(id: str) -> Rule:
    return Rule(id, says=f"{id}.", source=OurDecision("a toy"), enforced_by=(), tells="No")


OPEN, MADE_HERE, ON_TAP, CHANGE_GIVEN = map(_rule, ("open", "made-here", "on-tap", "change-given"))


@attrs.frozen
class Order:
    """Answers by name, and one fact."""

    answers: Mapping[str, str] = attrs.Factory(dict)
    is_open: bool = True

    def answer(self, name: str) -> object:
        """None is unanswered."""
        return self.answers.get(name)

    def forgetting(self, names: Iterable[str]) -> Self:
        """The same order without these answers."""
        gone = set(names)
        kept = {name: given for name, given in self.answers.items() if name not in gone}
        return attrs.evolve(self, answers=kept)

    def giving(self, **answers: str) -> Self:
        """The same order with these answers."""
        return attrs.evolve(self, answers={**self.answers, **answers})


def _has(name: str):
    return lambda order: order.answer(name) is not None


def _drink(order: Order) -> Decision:
    drink = order.answers["drink"]
    if drink == "cocoa":
        return MADE_HERE.refuses(field="drink")
    return (
        MADE_HERE.allows()
        if drink in {"tea", "coffee", "water"}
        else MADE_HERE.finds_invalid("drink")
    )


def _takes_milk(order: Order) -> bool:
    return order.answer("drink") in MILKS


def _milk_is_on_offer(order: Order) -> bool:
    return order.answers["milk"] in MILKS[order.answers["drink"]]


def _milk(order: Order) -> Decision:
    return ON_TAP.allows() if _milk_is_on_offer(order) else ON_TAP.refuses(field="milk")


ORDER: Journey[Order] = (
    Gate(OPEN, lambda order: OPEN.allows() if order.is_open else OPEN.refuses()),
    Step(
        "card",
        answers=("card",),
        answered=_has("card"),
        completed_by=lambda order: order.answer("card") == "valid",
        still_valid=never,  # any other card is asked for again
    ),
    Step(
        "drink",
        answers=("drink",),
        answered=_has("drink"),
        clears=lambda _before, _after: ("sugar",),
    ),
    Gate(MADE_HERE, _drink),
    Step(
        "milk",
        answers=("milk",),
        answered=_has("milk"),
        applies=_takes_milk,
        still_valid=_milk_is_on_offer,
    ),
    Gate(ON_TAP, _milk, applies=_takes_milk),
    Step(
        "sugar",
        answers=("sugar",),
        answered=_has("sugar"),
        clears=lambda _before, _after: ("spoon",),
    ),
    Step("spoon", answers=("spoon",), answered=_has("spoon")),
    Gate(CHANGE_GIVEN, lambda _: CHANGE_GIVEN.allows()),
    Step("look-again", answered=never),
)

A_TEA = Order({"card": "valid", "drink": "tea", "milk": "cow", "sugar": "one", "spoon": "wood"})
