from __future__ import annotations

from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.values import InvalidValue, NationalInsuranceNumber
from strategies import national_insurance_numbers

MESSAGE = (
    "Enter a National Insurance number in the correct format, like QQ 12 34 56 C:"
    " two letters, six digits, then A, B, C or D"
)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("AB123456C", id="as it is held"),
        pytest.param("ab123456c", id="lower case"),
        pytest.param("AB 12 34 56 C", id="blanks, as on payslips"),
        pytest.param("AB-12-34-56-C", id="hyphens"),
        pytest.param("AB 12 34 56 C\u200b", id="a zero-width space behind"),
        pytest.param("\u2068AB\u201112\u201334\u221256\u2009C\u2069", id="dashes, isolated"),
        pytest.param("  aB12\u00a034 56-c\n", id="all of these at once"),
    ],
)
def test_two_facts_takes_a_number_as_people_write_it(typed: str) -> None:
    """Case, blanks and hyphens of a National Insurance number do not matter."""
    assert NationalInsuranceNumber.parse(typed).characters == "AB123456C"


@pytest.mark.parametrize("suffix", list("ABCD"))
def test_two_facts_takes_every_suffix_that_is_issued(suffix: str) -> None:
    """A, B, C and D end a number."""
    number = f"AB123456{suffix}"

    assert NationalInsuranceNumber.parse(number).characters == number


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("AB123456", id="no suffix"),
        pytest.param("AB123456E", id="a suffix that is not issued"),
        pytest.param("AB12345C", id="five digits"),
        pytest.param("AB1234567C", id="seven digits"),
        pytest.param("A1234567C", id="one letter"),
        pytest.param("QQ123456C", id="the example of our own hint"),
        pytest.param("01A12345", id="a temporary number of TRS"),
        pytest.param("AB123456CC", id="something after the suffix"),
        pytest.param("AB/12/34/56/C", id="slashes"),
        pytest.param("AB١٢٣٤٥٦C", id="Arabic-Indic digits"),  # noqa: RUF001
        pytest.param("АВ123456С", id="Cyrillic letters that look right"),  # noqa: RUF001
        pytest.param("ß123456C", id="a letter that is SS in upper case"),
        pytest.param("aſ123456c", id="a letter that is S in upper case"),  # noqa: RUF001
        pytest.param("AB123456C\x00", id="a NUL"),
    ],
)
def test_two_facts_finds_any_other_number_invalid(typed: str) -> None:
    """Other shapes, scripts and temporary numbers are not a National Insurance number."""
    with pytest.raises(InvalidValue) as refusal:
        NationalInsuranceNumber.parse(typed)

    assert (refusal.value.rule, refusal.value.message) == ("two-facts", MESSAGE)


def _is_taken(prefix: str) -> bool:
    try:
        NationalInsuranceNumber.parse(f"{prefix}123456A")
    except InvalidValue:
        return False
    return True


@pytest.mark.parametrize(
    ("place", "barred"),
    [pytest.param(0, "DFIQUV", id="first letter"), pytest.param(1, "DFIOQUV", id="second letter")],
)
def test_two_facts_bars_letters_by_place(place: int, barred: str) -> None:
    """The first letter is none of D F I Q U V, the second none of D F I O Q U V."""
    prefixes = {letter: f"{letter}A" if place == 0 else f"A{letter}" for letter in ascii_uppercase}

    refused = {letter for letter, prefix in prefixes.items() if not _is_taken(prefix)}

    assert refused == set(barred)


@pytest.mark.parametrize("prefix", ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"])
def test_two_facts_bars_prefixes(prefix: str) -> None:
    """Seven prefixes are never issued, though each of their letters is."""
    assert not _is_taken(prefix)


def test_two_facts_takes_every_prefix_that_is_not_barred() -> None:
    """20 first letters times 19 second ones, less seven prefixes."""
    taken = sum(_is_taken(a + b) for a in ascii_uppercase for b in ascii_uppercase)

    assert taken == 20 * 19 - 7


@given(national_insurance_numbers)
def test_a_number_that_was_parsed_parses_to_itself(number: NationalInsuranceNumber) -> None:
    """Parsing is idempotent."""
    assert NationalInsuranceNumber.parse(number.characters) == number


@given(st.text(max_size=14))
def test_whatever_is_typed_is_a_number_in_ascii_or_refused(typed: str) -> None:
    """No text becomes anything else."""
    try:
        number = NationalInsuranceNumber.parse(typed)
    except InvalidValue:
        return

    assert len(number.characters) == 9
    assert number.characters.isascii()


def test_secrets_never_written_by_a_repr() -> None:
    """A National Insurance number stays out of logs and error reports."""
    assert repr(NationalInsuranceNumber("AB123456C")) == "NationalInsuranceNumber()"
