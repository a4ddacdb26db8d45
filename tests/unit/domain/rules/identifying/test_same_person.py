from __future__ import annotations

import pytest
from hypothesis import given

from builders import a_teacher_record
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.drafts.ect_draft import SamePersonAnswer
from ect_registration.domain.rules.identifying.name import (
    NAME_SAME_PERSON,
    check_name_same_person,
    is_another_name,
)
from ect_registration.domain.values import PersonName
from strategies import person_names


def _decided(trs_name: str, corrected: str | None, *, same_person: bool = False) -> object:
    given_name = None if corrected is None else PersonName(corrected)
    record = a_teacher_record(name=trs_name)
    return check_name_same_person(record, given_name, same_person=same_person)


@pytest.mark.parametrize(
    ("trs_name", "corrected"),
    [
        pytest.param("Asha Marlowe", "Bram Okafor", id="another name altogether"),
        pytest.param("Asha Marlowe", "Marlowe Asha", id="the names swapped"),
        pytest.param("Asha Jane Marlowe", "Bram Jane Okafor", id="only the middle name is left"),
        pytest.param("Asha Jane Marlowe", "Jane", id="only the middle name is given"),
        pytest.param("Asha", "Bram", id="one word each, another one"),
        pytest.param("Asha Marlowe", "Bram", id="one word for two"),
        pytest.param("Suryani", "Asha Marlowe", id="two words for one"),
        pytest.param("Asha Marlowe", "Aisha Marlow", id="one letter in each"),
        pytest.param("Asha Marlowe-Quinn", "Ash Marlowe", id="a nickname and half a last name"),
        pytest.param("Li Xiaolong", "李 小龙", id="another script"),
    ],
)
def test_name_same_person_is_asked_about(trs_name: str, corrected: str) -> None:
    """Neither the first nor the last word is the one in TRS."""
    assert _decided(trs_name, corrected) == Blocked(
        NAME_SAME_PERSON,
        {},
        Kind.NEEDS,
        "same_person",
        "The first and last names both differ from the record with TRN 1000001. Check the TRN "
        "and the name. Confirm if this is the same person",
    )


@pytest.mark.parametrize(
    ("trs_name", "corrected"),
    [
        pytest.param("Asha Marlowe", None, id="confirmed"),
        pytest.param("Asha Marlowe", "Asha Quinn", id="a married name"),
        pytest.param("Asha Marlowe", "Ash Marlowe", id="a short first name"),
        pytest.param("Asha Marlowe", "Asha Jane Marlowe", id="a middle name more"),
        pytest.param("Asha Jane Marlowe", "Asha Marlowe", id="a middle name less"),
        pytest.param("Asha Jane Marlowe", "Asha", id="the first name alone"),
        pytest.param("Asha Jane Marlowe", "Marlowe", id="the last name alone"),
        pytest.param("Suryani", "Suryani Putri", id="a last name more"),
        pytest.param("Suryani", "SURYANI", id="one word each, in capitals"),
        pytest.param("O'Brien", "O’Brien", id="another apostrophe"),
        pytest.param("Sinead O'Brien", "Sinéad OBrien", id="no apostrophe, and an accent"),
        pytest.param("Anne-Marie Smith", "Anne Marie Jones", id="a blank for a hyphen"),
        pytest.param("Anne Marie", "Anne\u2011Marie", id="a hyphen for a blank"),
        pytest.param("Łukasz Żak", "Lukasz Zak", id="letters without their strokes"),
        pytest.param("Asha Marlowe", "Ash Marlowe-Quinn Marlowe", id="a double name that ends so"),
        pytest.param("", "Asha Marlowe", id="no name in TRS"),
        pytest.param("- ’", "Asha Marlowe", id="no word in TRS"),
    ],
)
def test_name_same_person_is_not_asked_about(trs_name: str, corrected: str | None) -> None:
    """The first or the last word is the one in TRS, or there is nothing to compare."""
    assert _decided(trs_name, corrected) == Allowed(NAME_SAME_PERSON, {"same_person": False})


def test_yes_to_name_same_person_goes_on() -> None:
    """Whatever the names are."""
    assert _decided("Asha Marlowe", "Bram Okafor", same_person=True) == Allowed(
        NAME_SAME_PERSON, {"same_person": True}
    )


@given(person_names)
def test_a_name_is_never_another_one_than_itself(name: PersonName) -> None:
    """Whatever it is made of, and in capitals too."""
    assert not is_another_name(name.text, name)


@pytest.mark.parametrize(
    ("answer", "is_yes"),
    [
        (SamePersonAnswer(same=True, trs_name="Asha Marlowe"), True),
        (SamePersonAnswer(same=True), True),
        (SamePersonAnswer(same=True, trs_name="Asha Quinn"), False),
        (SamePersonAnswer(same=False, trs_name="Asha Marlowe"), False),
    ],
    ids=["yes", "a program's yes", "yes to another name in TRS", "no"],
)
def test_an_answer_is_about_the_name_that_trs_had(answer: SamePersonAnswer, is_yes: bool) -> None:
    """A program answers before it knows that name."""
    assert answer.is_yes_to("Asha Marlowe") is is_yes
