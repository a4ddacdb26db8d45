from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ect_registration.domain.values import InvalidValue, Trn
from strategies import trns

MESSAGE = "Enter a teacher reference number (TRN) with 5 to 7 digits, like 1234567"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        pytest.param("1234567", "1234567", id="seven digits"),
        pytest.param("123456", "0123456", id="six digits, an older number"),
        pytest.param("12345", "0012345", id="five digits, the oldest numbers"),
        pytest.param("0000001", "0000001", id="zeros in front"),
        pytest.param("RP1234567", "1234567", id="RP in front"),
        pytest.param("RP 12/34567", "1234567", id="RP form, as on letters"),
        pytest.param("RP12/345", "0012345", id="RP form of an oldest number"),
        pytest.param("rp 12/34567", "1234567", id="RP form in lower case"),
        pytest.param("r p1234567", "1234567", id="RP form with a blank inside"),
        pytest.param("12-34-567", "1234567", id="hyphens"),
        pytest.param("1234567\u200b", "1234567", id="a zero-width space behind"),
        pytest.param("\ufeff12\u201334567", "1234567", id="a byte order mark and an en dash"),
        pytest.param("\u202aRP\u202f12/\u00ad34567\u202c", "1234567", id="embedded"),
        pytest.param("  1234567\t\n", "1234567", id="blanks around"),
        pytest.param("12 34\u00a0567", "1234567", id="blanks inside, one of them non-breaking"),
    ],
)
def test_two_facts_takes_a_trn_as_people_write_it(typed: str, digits: str) -> None:
    """A TRN is 5 to 7 digits without blanks, slashes, hyphens and a leading RP, padded to 7."""
    assert Trn.parse(typed) == Trn(digits)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="blanks only"),
        pytest.param("RP", id="RP only"),
        pytest.param("abcdefg", id="letters"),
        pytest.param("1234", id="four digits"),
        pytest.param("12345678", id="eight digits"),
        pytest.param("RP12345678", id="RP and eight digits"),
        pytest.param("1234567RP", id="RP behind"),
        pytest.param("RPRP12345", id="RP twice"),
        pytest.param("R1234567", id="half of RP"),
        pytest.param("123456A", id="a letter at the end"),
        pytest.param("123.4567", id="a dot"),
        pytest.param("-1234567e0", id="a number as a spreadsheet writes it"),
        pytest.param("１２３４５６７", id="full-width digits"),  # noqa: RUF001
        pytest.param("١٢٣٤٥٦٧", id="Arabic-Indic digits"),
        pytest.param("१२३४५६७", id="Devanagari digits"),
        pytest.param("123456\u00b2", id="a superscript"),
        pytest.param("1234567\x00", id="a NUL"),
        pytest.param("<b>1234567</b>", id="markup"),
    ],
)
def test_two_facts_finds_any_other_trn_invalid(typed: str) -> None:
    """Letters, other lengths and the digits of other scripts are not a TRN."""
    with pytest.raises(InvalidValue) as refusal:
        Trn.parse(typed)

    assert (refusal.value.rule, refusal.value.message) == ("two-facts", MESSAGE)


@pytest.mark.parametrize("digits", ["12345", "12345678", "RP12345", "1234567 ", "١٢٣٤٥٦٧", ""])
def test_a_trn_holds_seven_digits_and_nothing_else(digits: str) -> None:
    """What is held needs no further cleaning."""
    with pytest.raises(InvalidValue) as refusal:
        Trn(digits)

    assert (refusal.value.rule, str(refusal.value)) == ("two-facts", MESSAGE)


@given(trns)
def test_a_trn_that_was_parsed_parses_to_itself(trn: Trn) -> None:
    """Parsing is idempotent."""
    assert Trn.parse(str(trn)) == trn


@given(st.text(max_size=12))
@example("RP12/34567")
def test_whatever_is_typed_is_a_trn_of_seven_digits_or_refused(typed: str) -> None:
    """No text becomes anything else."""
    try:
        trn = Trn.parse(typed)
    except InvalidValue:
        return

    assert len(trn.digits) == 7
    assert trn.digits.isascii()
    assert trn.digits.isdigit()


def test_trns_stand_in_order_of_their_digits() -> None:
    """Stores read and lock people in this order."""
    assert sorted([Trn("1000002"), Trn("0999999"), Trn("1000001")]) == [
        Trn("0999999"),
        Trn("1000001"),
        Trn("1000002"),
    ]
