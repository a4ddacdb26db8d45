from __future__ import annotations

import pytest

from ect_registration.domain.rules.operating.operators import (
    OPERATOR_IS_NAMED,
    WITHOUT_A_REASON,
    check_operator_is_named,
    check_reason_given,
)


@pytest.mark.parametrize(
    ("name", "in_production"), [("Ada Obi", True), ("Ada Obi", False), (None, False)]
)
def test_an_operator_with_a_name_may_write_and_outside_of_production_anybody(name, in_production):
    """`operator-is-named` protects the history of real people."""
    decision = check_operator_is_named(name, in_production=in_production)

    assert decision == OPERATOR_IS_NAMED.allows(named=name == "Ada Obi")


def test_in_production_operator_is_named():
    """The account alone does not say who it was."""
    decision = check_operator_is_named(None, in_production=True)

    assert decision == OPERATOR_IS_NAMED.needs("as")
    assert "--as" in decision.message


@pytest.mark.parametrize(
    ("reason", "in_production"),
    [("asked by phone", True), ("asked by phone", False), (None, False)],
)
def test_a_reason_is_enough_and_outside_of_production_none_is_needed(reason, in_production):
    """`operator-is-named` asks for both of whoever does a school's work."""
    decision = check_reason_given(reason, in_production=in_production)

    assert decision == OPERATOR_IS_NAMED.allows(reason=reason == "asked by phone")


def test_in_production_a_schools_work_needs_a_reason():
    """Nobody could tell later why it was done for the school."""
    decision = check_reason_given(None, in_production=True)

    assert decision == OPERATOR_IS_NAMED.needs("reason", WITHOUT_A_REASON)
    assert "--reason" in decision.message
