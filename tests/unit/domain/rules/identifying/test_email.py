from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ECT_TRN, MENTOR_TRN
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE, check_email_in_use
from ect_registration.domain.values import Trn
from strategies import trns

OLD_TRN = Trn("1000009")  # merged into the ECT's
OTHER = Trn("3000003")


@pytest.mark.parametrize(
    ("holders", "person"),
    [
        pytest.param([], {ECT_TRN}, id="nobody uses it"),
        pytest.param([ECT_TRN], {ECT_TRN}, id="the person's own"),
        pytest.param([ECT_TRN, ECT_TRN], {ECT_TRN}, id="their own, as ECT and as mentor"),
        pytest.param([OLD_TRN], {ECT_TRN, OLD_TRN}, id="their own under a TRN merged since"),
    ],
)
def test_email_in_use_lets_people_reuse_their_own(holders: list[Trn], person: set[Trn]) -> None:
    """An address nobody else has open is free, in any role and at any school."""
    assert check_email_in_use(holders, person) == Allowed(EMAIL_IN_USE, {"other_people": 0})


@pytest.mark.parametrize(
    ("holders", "others"),
    [
        pytest.param([MENTOR_TRN], 1, id="one other person"),
        pytest.param([ECT_TRN, MENTOR_TRN], 1, id="the person and one other"),
        pytest.param([MENTOR_TRN, OTHER], 2, id="two others"),
        pytest.param([OLD_TRN], 1, id="a TRN not known to be theirs"),
    ],
)
def test_email_in_use_refuses_an_address_of_somebody_else(holders: list[Trn], others: int) -> None:
    """The page never says who or where; the evidence holds a number only."""
    assert check_email_in_use(holders, {ECT_TRN}) == Blocked(
        EMAIL_IN_USE,
        {"other_people": others},
        Kind.REFUSED,
        "email",
        "This email address is already used by another person. Enter a different email address",
    )


@given(st.lists(trns, max_size=4), st.data())
def test_the_order_of_history_never_matters_to_an_email(
    holders: list[Trn], data: st.DataObject
) -> None:
    """Whoever registered first, the answer is the same."""
    shuffled = data.draw(st.permutations(holders))

    assert check_email_in_use(shuffled, {ECT_TRN}) == check_email_in_use(holders, {ECT_TRN})
