from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    DELIVERY_PARTNER,
    HUB,
    LEAD_PROVIDER,
    THIS_YEAR,
    a_partnership,
    a_registration,
    a_training_year,
    choices,
    school_led,
)
from ect_registration.domain.decisions import Allowed
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.rules.registering.reuse import (
    REUSE_ANSWER,
    REUSE_NOT_VALID,
    REUSE_OFFERED,
    REUSE_PARTNERSHIP_EARLIER_YEAR,
    REUSE_PARTNERSHIP_THIS_YEAR,
    REUSE_WITHOUT_PARTNERSHIP,
    ReusableChoices,
    Reuse,
    reusable_choices,
)
from ect_registration.domain.school import Partnership, TrainingYear

OTHER_PARTNER = "Beacon Partners"
THIS = a_partnership()
LAST = a_partnership(year=THIS_YEAR.plus(-1))
BEFORE_LAST = a_partnership(year=THIS_YEAR.plus(-2))
NEXT = a_partnership(year=THIS_YEAR.plus(1))
OFFER = a_training_year(
    pairs=frozenset({(LEAD_PROVIDER, DELIVERY_PARTNER), (LEAD_PROVIDER, OTHER_PARTNER)})
)


def _decide(
    chosen: ProgrammeChoices | None = None,
    partnerships: tuple[Partnership, ...] = (),
    offer: TrainingYear = OFFER,
    bodies: tuple[str, ...] = (HUB,),
) -> Reuse:
    previous = a_registration(choices=chosen or choices())
    return reusable_choices(previous, bodies, offer, partnerships)


def test_reuse_offered_to_no_school_that_never_registered_anybody() -> None:
    """Then the questions are asked, silently."""
    assert reusable_choices(None, [HUB], OFFER, [THIS]) == Reuse(
        Allowed(REUSE_OFFERED, {"offered": False})
    )


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(ProgrammeChoices(None, Programme.PROVIDER_LED, LEAD_PROVIDER), id="no body"),
        pytest.param(ProgrammeChoices(HUB, None), id="no programme"),
        pytest.param(ProgrammeChoices(None, None), id="neither"),
    ],
)
def test_reuse_offered_only_of_whole_choices(chosen: ProgrammeChoices) -> None:
    """A registration that lacks a body or a programme, as those brought in may, offers nothing."""
    assert _decide(chosen, (THIS,)) == Reuse(Allowed(REUSE_OFFERED, {"offered": False}))


def test_reuse_partnership_this_year_shows_all_four() -> None:
    """Body, programme, lead provider and the delivery partner of the expected year."""
    assert _decide(partnerships=(THIS,)) == Reuse(
        Allowed(REUSE_PARTNERSHIP_THIS_YEAR, {"offered": True, "carried_from": None}),
        ReusableChoices(choices(), DELIVERY_PARTNER),
    )


@pytest.mark.parametrize(
    "partnerships",
    [
        pytest.param((THIS, LAST, BEFORE_LAST), id="over earlier ones"),
        pytest.param((BEFORE_LAST, LAST, THIS), id="in any order"),
        pytest.param((THIS, NEXT), id="over a later one"),
    ],
)
def test_reuse_partnership_this_year_wins(partnerships: tuple[Partnership, ...]) -> None:
    """The expected year's own partnership is never passed over."""
    assert _decide(partnerships=partnerships).decision.rule == REUSE_PARTNERSHIP_THIS_YEAR


def test_reuse_partnership_this_year_wins_also_with_another_delivery_partner() -> None:
    """The new partner is shown, and nothing is carried over."""
    this_year = a_partnership(delivery_partner=OTHER_PARTNER)

    assert _decide(partnerships=(LAST, this_year)).offered == ReusableChoices(
        choices(), OTHER_PARTNER
    )


@pytest.mark.parametrize(
    ("partnerships", "carried"),
    [
        pytest.param((LAST,), LAST, id="last year's"),
        pytest.param((BEFORE_LAST,), BEFORE_LAST, id="an older one"),
        pytest.param((LAST, BEFORE_LAST), LAST, id="the newest of two"),
        pytest.param((BEFORE_LAST, LAST), LAST, id="in the other order"),
        pytest.param((LAST, NEXT), LAST, id="a later year does not count"),
        pytest.param(
            (LAST, a_partnership(lead_provider="Another")),
            LAST,
            id="nor does another lead provider's",
        ),
    ],
)
def test_reuse_partnership_earlier_year_is_carried_over(
    partnerships: tuple[Partnership, ...], carried: Partnership
) -> None:
    """Else the newest of an earlier year gives the delivery partner and comes along."""
    assert _decide(partnerships=partnerships) == Reuse(
        Allowed(
            REUSE_PARTNERSHIP_EARLIER_YEAR,
            {"offered": True, "carried_from": carried.year.starts_in},
        ),
        ReusableChoices(choices(), DELIVERY_PARTNER, carried_from=carried),
    )


@pytest.mark.parametrize(
    ("chosen", "partnerships"),
    [
        pytest.param(choices(), (), id="provider-led, no partnership"),
        pytest.param(choices(), (NEXT,), id="provider-led, one of a later year only"),
        pytest.param(
            choices(),
            (a_partnership(lead_provider="Another"),),
            id="provider-led, one with another lead provider only",
        ),
        pytest.param(school_led(), (), id="school-led"),
        pytest.param(school_led(), (THIS, LAST), id="school-led, whatever partnerships there are"),
    ],
)
def test_reuse_without_partnership_shows_no_delivery_partner(
    chosen: ProgrammeChoices, partnerships: tuple[Partnership, ...]
) -> None:
    """Body, programme and any lead provider; a delivery partner is never asked for."""
    assert _decide(chosen, partnerships) == Reuse(
        Allowed(REUSE_WITHOUT_PARTNERSHIP, {"offered": True, "carried_from": None}),
        ReusableChoices(chosen),
    )


NOBODY = a_training_year(lead_providers=frozenset(), pairs=frozenset())
NO_PAIRS = a_training_year(pairs=frozenset())


@pytest.mark.parametrize(
    ("situation", "gone"),
    [
        pytest.param(
            {"bodies": ("Another Hub",)}, "appropriate_body", id="the body is not on offer"
        ),
        pytest.param(
            {"chosen": school_led(), "bodies": ()},
            "appropriate_body",
            id="school-led: the body likewise",
        ),
        pytest.param(
            {"offer": NOBODY}, "lead_provider", id="the lead provider does not work that year"
        ),
        pytest.param(
            {"chosen": choices(lead_provider=None)},
            "lead_provider",
            id="no lead provider was recorded",
        ),
        pytest.param(
            {"bodies": (), "offer": NOBODY}, "appropriate_body", id="both: the body is named"
        ),
        pytest.param(
            {"partnerships": (LAST,), "offer": NO_PAIRS},
            "delivery_partner",
            id="the pair no longer works together",
        ),
        pytest.param(
            {"partnerships": (THIS,), "offer": NO_PAIRS},
            "delivery_partner",
            id="not even with this year's partnership",
        ),
        pytest.param(
            {
                "partnerships": (
                    a_partnership(year=LAST.year, delivery_partner="Gone"),
                    BEFORE_LAST,
                )
            },
            "delivery_partner",
            id="no older partnership is searched for",
        ),
        pytest.param(
            {
                "partnerships": (LAST,),
                "offer": a_training_year(pairs=frozenset({("Another", DELIVERY_PARTNER)})),
            },
            "delivery_partner",
            id="the partner works with others only",
        ),
    ],
)
def test_reuse_not_valid_says_what_is_no_longer_available(
    situation: dict[str, Any], gone: str
) -> None:
    """Then nothing is offered, and the questions are asked."""
    assert _decide(**situation) == Reuse(
        Allowed(REUSE_NOT_VALID, {"offered": False, "no_longer_available": gone})
    )


@given(st.lists(st.sampled_from([THIS, LAST, BEFORE_LAST, NEXT]), unique=True), st.data())
def test_the_order_of_history_never_matters_to_reuse(
    partnerships: list[Partnership], data: st.DataObject
) -> None:
    """However the partnerships are read, the same choices are offered."""
    shuffled = data.draw(st.permutations(partnerships))

    assert _decide(partnerships=tuple(shuffled)) == _decide(partnerships=tuple(partnerships))


def test_reuse_offered_or_reuse_not_valid_says_what_to_enter_instead() -> None:
    """A yes to choices that are not offered is answered with the next question."""
    assert REUSE_OFFERED.tells == (
        "There are no previous programme choices to reuse. Enter the appropriate body"
    )
    assert REUSE_NOT_VALID.tells == (
        "Your previous programme choices can no longer be used. Enter the appropriate body"
    )


def test_reuse_answer_is_asked_for_as_yes_or_no() -> None:
    """In words that say what a yes does."""
    assert REUSE_ANSWER.tells == (
        "Select yes if you want to use your school’s previous programme choices"
    )
