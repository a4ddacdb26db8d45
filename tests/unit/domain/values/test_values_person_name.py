from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.values import InvalidValue, PersonName, full_name
from strategies import person_names

EMPTY = "Enter the teacher’s full name"
TOO_LONG = "Enter a full name of 70 characters or fewer"
CONTROL = "Enter a full name without hidden characters. If you pasted it, type it instead"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("Asha Marlowe", "Asha Marlowe", id="a plain name"),
        pytest.param("  Asha   Marlowe ", "Asha Marlowe", id="blanks around and inside"),
        pytest.param("Asha\tMarlowe\r\n", "Asha Marlowe", id="tabs and line ends, as pasted"),
        pytest.param("Asha\u00a0Marlowe", "Asha Marlowe", id="a non-breaking blank"),
        pytest.param("Asha\u2028Marlowe", "Asha Marlowe", id="a line separator"),
        pytest.param("X", "X", id="one character"),
        pytest.param("N" * 70, "N" * 70, id="70 characters"),
        pytest.param(" " + "N" * 70 + " ", "N" * 70, id="70 characters and blanks around"),
        pytest.param("Siân O’Brien-Ó Súilleabháin", "Siân O’Brien-Ó Súilleabháin", id="accents"),
        pytest.param("محمد علي", "محمد علي", id="right to left"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner that Persian needs"),  # noqa: RUF001
        pytest.param("王小明", "王小明", id="Chinese"),
        pytest.param("\ufeffAsha\u200b Mar\u00adlowe\u200e", "Asha Marlowe", id="invisible ones"),
        pytest.param("Asha\u2800\u3000Marlowe", "Asha Marlowe", id="odd blanks"),
        pytest.param("Asha Lee\u2011Marlowe\u2013Ray", "Asha Lee-Marlowe-Ray", id="dashes"),
        pytest.param("Asha\u200d Marlowe", "Asha Marlowe", id="a joiner that joins nothing"),
        pytest.param("Asha 😀", "Asha 😀", id="an emoji"),
        pytest.param("👩\u200d🏫", "👩\u200d🏫", id="an emoji of several parts"),
        pytest.param("<b>Asha</b>", "<b>Asha</b>", id="markup, for the page to escape"),
        pytest.param("{name} %s", "{name} %s", id="what would fill a template"),
        pytest.param("Robert'); DROP TABLE", "Robert'); DROP TABLE", id="what would end a query"),
    ],
)
def test_name_confirmed_or_corrected_takes_names_of_any_script(typed: str, name: str) -> None:
    """A corrected name has 1 to 70 characters of any script once blanks are collapsed."""
    assert PersonName.parse(typed).text == name


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param("", EMPTY, id="nothing"),
        pytest.param(" \t\n\u00a0", EMPTY, id="blanks only"),
        pytest.param("\u200b\u200d", EMPTY, id="invisible characters only"),
        pytest.param(".", EMPTY, id="a full stop"),
        pytest.param("- -", EMPTY, id="hyphens"),
        pytest.param("\u02bc", EMPTY, id="an apostrophe that Unicode calls a letter"),
        pytest.param("N" * 71, TOO_LONG, id="71 characters"),
        pytest.param("😀" * 71, TOO_LONG, id="71 emoji"),
        pytest.param("Asha\x00Marlowe", CONTROL, id="NUL"),
        pytest.param("Asha\x1b[31m", CONTROL, id="a terminal escape"),
        pytest.param("Asha\x07", CONTROL, id="a bell"),
        pytest.param("Asha\x0bMarlowe", CONTROL, id="a vertical tab"),
        pytest.param("Asha\x0cMarlowe", CONTROL, id="a form feed"),
        pytest.param("\x1cAsha\x1f", CONTROL, id="separators that Python counts as blanks"),
        pytest.param("Asha\x85", CONTROL, id="next line"),
        pytest.param("Asha\x7f", CONTROL, id="delete"),
        pytest.param("Asha\x9fMarlowe", CONTROL, id="a control of the upper range"),
        pytest.param("Asha\ud800", CONTROL, id="half of a surrogate pair"),
        pytest.param("\u202eewolraM ahsA", CONTROL, id="a right-to-left override"),
        pytest.param("\u2066Asha\u2069", CONTROL, id="an isolate"),
    ],
)
def test_name_confirmed_or_corrected_finds_other_names_invalid(typed: str, message: str) -> None:
    """Nothing, more than 70 characters, and control characters are not a name."""
    with pytest.raises(InvalidValue) as refusal:
        PersonName.parse(typed)

    assert (refusal.value.rule, refusal.value.message) == ("name-confirmed-or-corrected", message)


@pytest.mark.parametrize(
    "disguise",
    list("\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
)
def test_name_confirmed_or_corrected_refuses_every_disguise(disguise: str) -> None:
    """No character may make a name read as another one."""
    with pytest.raises(InvalidValue):
        PersonName(f"Asha{disguise}Marlowe")


@pytest.mark.parametrize(
    ("given_name", "trs_name", "same"),
    [
        pytest.param("Asha Marlowe", "Asha Marlowe", True, id="letter by letter"),
        pytest.param("asha MARLOWE", "Asha Marlowe", True, id="another case"),
        pytest.param("AshaMarlowe", " Asha  Marlowe", True, id="other blanks"),
        pytest.param("Strauß", "STRAUSS", True, id="case that changes the length"),
        pytest.param(
            "Ame\u0301lie", "Am\u00e9lie", True, id="an accent written as two characters"
        ),
        pytest.param("Asha O’Neil", "Asha O'Neil", True, id="a curly apostrophe"),
        pytest.param("Asha ONeil", "Asha O\u02bcNeil", True, id="no apostrophe"),
        pytest.param("Asha Lee-Ray", "Asha Lee Ray", True, id="a hyphen for a blank"),
        pytest.param("Asha Lee-Ray", "Asha Lee\u2013Ray", True, id="another dash"),
        pytest.param("e\u0301Asha", "\u00e9\u200bAsha", True, id="an invisible character"),
        pytest.param("Zoë Ray", "Zoe Ray", False, id="two dots more"),
        pytest.param("Łucja Ray", "Lucja Ray", False, id="a stroke more"),
        pytest.param("Asha Marlow", "Asha Marlowe", False, id="a letter less"),
        pytest.param("Asha Mărlowe", "Asha Marlowe", False, id="an accent more"),
    ],
)
def test_name_confirmed_or_corrected_takes_another_spelling_for_the_same_name(
    given_name: str, trs_name: str, same: bool
) -> None:
    """Case, blanks, hyphens and apostrophes alone correct nothing; accents do."""
    assert PersonName(given_name).same_as(trs_name) is same


@given(person_names)
def test_a_name_that_was_parsed_parses_to_itself(name: PersonName) -> None:
    """Parsing is idempotent."""
    try:
        once = PersonName.parse(name.text)
    except InvalidValue:
        return  # nothing but blanks

    assert PersonName.parse(str(once)) == once


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_name_to_show_or_refused(typed: str) -> None:
    """A name that is kept is trimmed, collapsed and neither empty nor too long."""
    try:
        name = PersonName.parse(typed)
    except InvalidValue:
        return

    assert 1 <= len(name.text) <= 70
    assert name.text == " ".join(name.text.split())


@pytest.mark.parametrize(
    ("first", "middle", "last", "name"),
    [
        pytest.param("Asha", "", "Marlowe", "Asha Marlowe", id="no middle name"),
        pytest.param("Asha", "Jane Lee", "Marlowe", "Asha Jane Lee Marlowe", id="two of them"),
        pytest.param(" Asha ", " ", " de  Souza", "Asha de Souza", id="blanks collapsed"),
        pytest.param("", "", "Marlowe", "Marlowe", id="one name only"),
        pytest.param(".", "", "Marlowe", "Marlowe", id="a full stop for the first name"),
        pytest.param("Asha", ".", "-", "Asha", id="punctuation for the others"),
        pytest.param("Asha", "\u200b", "Marlowe", "Asha Marlowe", id="one that cannot be seen"),
        pytest.param("J.", "", "St. John", "J. St. John", id="full stops that are spelling"),
        pytest.param(".", "", ".", "", id="no name at all"),
        pytest.param("As\x1bha", "", "\u202eMarlowe\x9b", "Asha Marlowe", id="controls"),
        pytest.param("Asha", "", "Lee\u2013Ray", "Asha Lee\u2013Ray", id="the record’s own dash"),
    ],
)
def test_a_full_name_has_the_parts_that_are_there(
    first: str, middle: str, last: str, name: str
) -> None:
    """First, middle if any, last."""
    assert full_name(first, middle, last) == name
