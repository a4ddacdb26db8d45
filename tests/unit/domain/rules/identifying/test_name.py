from __future__ import annotations

import pytest
from hypothesis import given

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.rules.identifying.name import (
    NAME_CONFIRMED_OR_CORRECTED,
    check_name_confirmed_or_corrected,
    correction_of,
    share_of_name_kept,
)
from ect_registration.domain.values import PersonName
from strategies import person_names

TRS_NAME = "Asha Jane Marlowe"


@pytest.mark.parametrize(
    "given_name",
    [
        pytest.param(None, id="confirmed"),
        pytest.param("Asha Jane Marlowe", id="the same name typed again"),
        pytest.param("asha JANE marlowe", id="in another case"),
        pytest.param("AshaJane Marlowe", id="with other blanks"),
        pytest.param("Asha-Jane Marlowe", id="with a hyphen"),
        pytest.param("Asha Jane Mar’lowe", id="with an apostrophe"),
    ],
)
def test_name_confirmed_or_corrected_keeps_no_correction_that_repeats(
    given_name: str | None,
) -> None:
    """A difference in case, blanks, hyphens or apostrophes alone counts as confirmed."""
    given_as = None if given_name is None else PersonName(given_name)

    assert correction_of(TRS_NAME, given_as) is None


@pytest.mark.parametrize("corrected", ["Asha Marlowe", "Asha Jane Lee", "Åsha Jane Marlowe"])
def test_name_confirmed_or_corrected_keeps_a_correction(corrected: str) -> None:
    """Any other name is kept beside TRS's, as it was given."""
    assert correction_of(TRS_NAME, PersonName(corrected)) == PersonName(corrected)


def test_name_confirmed_or_corrected_needs_a_name_where_the_record_has_none() -> None:
    """It cannot be confirmed; one that the school gives will do."""
    assert check_name_confirmed_or_corrected("", None) == Blocked(
        NAME_CONFIRMED_OR_CORRECTED,
        {},
        Kind.NEEDS,
        "corrected_name",
        "Enter the teacher’s full name. The teacher record does not have one",
    )
    assert check_name_confirmed_or_corrected("", PersonName("Asha Lee")).because == {
        "corrected": True
    }
    assert check_name_confirmed_or_corrected(TRS_NAME, None).because == {"corrected": False}


@given(person_names)
def test_the_name_in_trs_is_never_a_correction(name: PersonName) -> None:
    """Whatever the script."""
    assert correction_of(name.text, name) is None
    assert correction_of(f" {name.text}\t", name) is None


def test_name_confirmed_or_corrected_asks_for_one_of_two_answers() -> None:
    """Confirm, or give the name."""
    assert NAME_CONFIRMED_OR_CORRECTED.tells == (
        "Select if the name is correct, or enter the teacher’s full name"
    )


@pytest.mark.parametrize(
    ("trs_name", "corrected", "share"),
    [
        pytest.param("Asha Marlowe", "Asha Marlowe", 1.0, id="all of it"),
        pytest.param("Asha Marlowe", "ASHA MARLOWE", 1.0, id="all of it, in another case"),
        pytest.param("Asha Marlowe", "Asha Marlowe-Greene", 1.0, id="all of it, and more"),
        pytest.param("Asha", "Dr Asha Jane Marlowe", 1.0, id="all of it, and much more"),
        pytest.param("Asha", "As", 0.5, id="half of it"),
        pytest.param("Asha Marlowe", "Asha", 4 / 12, id="the first name"),
        pytest.param("Asha", "Bob", 0.0, id="nothing of it"),
    ],
)
def test_name_corrections_monitored_by_how_much_of_the_name_is_left(
    trs_name: str, corrected: str, share: float
) -> None:
    """What is added takes nothing away from the name in TRS."""
    assert share_of_name_kept(trs_name, PersonName(corrected)) == pytest.approx(share)


@given(person_names, person_names)
def test_name_corrections_monitored_from_nothing_to_all(
    trs_name: PersonName, corrected: PersonName
) -> None:
    """The share is a share, and a confirmed name is whole."""
    assert 0 <= share_of_name_kept(trs_name.text, corrected) <= 1
    assert share_of_name_kept(trs_name.text, trs_name) == 1


def test_name_corrections_monitored_without_a_name_in_trs() -> None:
    """Nothing can be lost of nothing."""
    assert share_of_name_kept("", PersonName("Asha")) == 1
