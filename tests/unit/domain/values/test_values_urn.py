from __future__ import annotations

import pytest
from hypothesis import given

from ect_registration.domain.values import InvalidValue, Urn
from strategies import urns


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        pytest.param("100001", "100001", id="six digits"),
        pytest.param("20001", "20001", id="five digits"),
        pytest.param("\ufeff1000\u200b01\u2009", "100001", id="invisible characters, as pasted"),
        pytest.param("1000001", "1000001", id="seven digits"),
        pytest.param(" 100001\n", "100001", id="blanks around"),
    ],
)
def test_own_school_only_takes_a_urn(typed: str, digits: str) -> None:
    """A school is named by its URN, blanks around it forgiven."""
    assert Urn.parse(typed) == Urn(digits)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("1000", id="four digits"),
        pytest.param("10000001", id="eight digits"),
        pytest.param("10 0001", id="a blank inside"),
        pytest.param("10000A", id="a letter"),
        pytest.param("１００００１", id="full-width digits"),  # noqa: RUF001
        pytest.param("100001\x00", id="a NUL"),
    ],
)
def test_own_school_only_finds_any_other_urn_invalid(typed: str) -> None:
    """A URN has five to seven ASCII digits."""
    with pytest.raises(InvalidValue) as refusal:
        Urn.parse(typed)

    assert (refusal.value.rule, refusal.value.message) == (
        "own-school-only",
        "Enter a school’s URN, 5 to 7 digits",
    )


@given(urns)
def test_a_urn_that_was_parsed_parses_to_itself(urn: Urn) -> None:
    """Parsing is idempotent."""
    assert Urn.parse(str(urn)) == urn
