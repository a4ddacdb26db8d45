from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ect_registration.domain import text

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u180e\u00ad\u034f"
DIRECTION_MARKS = "\u200e\u200f\u061c"
REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FILLERS = "\u115f\u1160\u3164\uffa0\u17b4\u17b5\u180b\ufe0f\U000e0100"
BLANKS = " \t\n\r\u00a0\u1680\u2002\u2007\u2009\u2028\u2029\u202f\u205f\u3000\u2800"
DASHES = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u02d7\ufe58\ufe63\uff0d".replace(
    "\u00ad", ""
)
CONTROLS = "\x00\x07\x0b\x1b\x7f\x85\x9b\ud800"
APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u2032\u02bc\uff07"

# Hypothesis seldom meets these by itself.
odd = st.sampled_from(ZERO_WIDTH + DIRECTION_MARKS + REORDERING + FILLERS + BLANKS + DASHES)
texts = st.text(odd | st.characters() | st.sampled_from("abक\u0930ی\u0301😀"), max_size=30)
readers = pytest.mark.parametrize(
    "read",
    [
        text.cleaned,
        text.cleaned_name,
        text.without_controls,
        text.without_invisible,
        text.folded,
        text.spelling,
    ],
)


@pytest.mark.parametrize("character", ZERO_WIDTH + DIRECTION_MARKS + REORDERING + FILLERS)
def test_what_cannot_be_seen_is_invisible(character: str) -> None:
    """It shows nothing, so nobody can find out why a value with it is refused."""
    assert text.is_invisible(character)
    assert text.cleaned(f"{character}12{character}34{character}") == "1234"


@pytest.mark.parametrize("character", BLANKS)
def test_blanks_of_any_width_are_spaces(character: str) -> None:
    """Inside a value they are one space each, and at its edges nothing."""
    assert text.is_blank(character)
    assert text.cleaned(f"{character}12{character}34{character}") == "12 34"
    assert text.cleaned_name(f"Asha{character}{character}Lee") == "Asha Lee"


@pytest.mark.parametrize("character", DASHES)
def test_dashes_of_any_kind_are_hyphens(character: str) -> None:
    """Word processors and phones make them out of hyphens."""
    assert text.is_dash(character)
    assert text.cleaned(f"12{character}34") == "12-34"
    assert text.cleaned_name(f"Lee{character}Ray") == "Lee-Ray"


@pytest.mark.parametrize("name", ["\u2013Lee", "Lee \u2013 Ray", "Lee\u2013", "\uff0dLEE"])
def test_a_dash_that_joins_no_letters_is_no_hyphen(name: str) -> None:
    """It is kept as it was typed, for people to see."""
    assert text.cleaned_name(name) == name


@pytest.mark.parametrize("character", CONTROLS)
def test_control_characters_are_refused_by_formats_and_dropped_of_other_systems(
    character: str,
) -> None:
    """What is typed keeps them, for the format to say no; nothing that is stored has them."""
    assert text.is_control(character)
    assert text.cleaned(f"12{character}34") == f"12{character}34"
    assert text.cleaned_name(f"Asha{character}Lee") == f"Asha{character}Lee"
    assert text.without_controls(f"Asha{character}Lee") == "AshaLee"


@pytest.mark.parametrize("character", REORDERING)
def test_what_reorders_text_is_left_for_a_name_to_refuse(character: str) -> None:
    """Without it the name would not be the one that the person saw while typing."""
    assert text.cleaned_name(f"{character}Asha") == f"{character}Asha"
    assert text.without_invisible(f"{character}Asha") == f"{character}Asha"
    assert text.has_controls(f"{character}Asha")
    assert text.without_controls(f"{character}Asha") == "Asha"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="Persian"),  # noqa: RUF001
        pytest.param("क\u094d\u200dष", "क\u094d\u200dष", id="Devanagari"),
        pytest.param("👩\u200d🏫", "👩\u200d🏫", id="a picture of several parts"),
        pytest.param("As\u200cha", "Asha", id="between Latin letters"),
        pytest.param("\u200cक", "क", id="in front"),
        pytest.param("क\u200d", "क", id="behind"),
        pytest.param("क\u200d\u200dष", "कष", id="two of them"),
        pytest.param("क\u200d\ufe0f", "क", id="beside an invisible mark"),
        pytest.param("क\u200d\u2800ष", "क ष", id="beside a blank that Unicode calls a picture"),
    ],
)
def test_a_joiner_is_kept_where_it_is_spelling(typed: str, kept: str) -> None:
    """Elsewhere it is an invisible character like any other."""
    assert text.cleaned_name(typed) == text.without_controls(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("\ufeff Hollybush\u00a0Hub\u200b ", "Hollybush Hub", id="as pasted"),
        pytest.param("Meadow \u2013 DP", "Meadow \u2013 DP", id="a dash in a name stays"),
        pytest.param("Meadow  DP", "Meadow  DP", id="blanks inside stay"),
        pytest.param("A\x1bB", "A\x1bB", id="a control character stays, to be refused"),
    ],
)
def test_a_name_to_look_up_loses_what_cannot_be_seen(typed: str, kept: str) -> None:
    """Everything that can be seen has to be as it is on record."""
    assert text.without_invisible(typed) == kept


@pytest.mark.parametrize(
    ("part", "is_name"),
    [
        ("Asha", True),
        ("X", True),
        ("王", True),
        ("عل", True),
        ("3", True),
        ("J.", True),
        ("", False),
        (" ", False),
        (".", False),
        ("..", False),
        ("-", False),
        ("\u2014", False),
        ("?", False),
        ("'", False),
        ("\u02bc", False),
        ("\u200b", False),
        ("\u0301", False),
        ("\x00", False),
    ],
)
def test_a_name_holds_a_name(part: str, is_name: bool) -> None:
    """Punctuation alone stands for a part that is absent."""
    assert text.holds_a_name(part) is is_name


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_apostrophes_of_any_kind_are_none(apostrophe: str) -> None:
    """Searching and comparing spellings go by the letters."""
    name = f"O{apostrophe}Neil"

    assert (text.folded(name), text.spelling(name)) == ("oneil", "oneil")


def test_a_spelling_keeps_its_accents_and_a_search_does_not() -> None:
    """Zoë is not Zoe, but whoever types Zoe finds Zoë."""
    assert text.spelling("Zoe\u0308 Łęcka\u2013Ray") == "zoëłęckaray"
    assert text.folded("Zoe\u0308 Łęcka\u2013Ray") == "zoe lecka ray"


@readers
@given(typed=texts)
@example(typed="क\u200d\ufe00")
@example(typed="\u200d\u0300")
def test_reading_again_changes_nothing(read, typed: str) -> None:
    """What was read is as it will be read."""
    assert read(read(typed)) == read(typed)


@given(texts)
def test_text_of_another_system_can_be_stored_and_shown(said: str) -> None:
    """No control character and no blank but the space is left."""
    shown = text.without_controls(said)

    assert not text.has_controls(shown)
    assert not any(text.is_blank(character) for character in shown if character != " ")


@given(texts)
def test_a_cleaned_value_has_nothing_to_clean(typed: str) -> None:
    """Every character of it can be seen, or is a space or a control character."""
    for character in text.cleaned(typed):
        assert not text.is_invisible(character)
        assert character == " " or not text.is_blank(character)
        assert character == "-" or not text.is_dash(character)


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_plain_text_stays_as_it_is(typed: str) -> None:
    """Cleaning is for what a keyboard does not type."""
    assert text.cleaned(typed) == text.without_controls(typed) == typed


@pytest.mark.parametrize("character", [chr(code) for code in range(0x20, 0x7F)])
def test_a_plain_character_is_read_as_it_is(character):
    """By itself, and beside one that makes the text worth a closer look."""
    for read in (text.cleaned, text.without_invisible, text.without_controls):
        assert read(f"a{character}b") == f"a{character}b"
        assert read(f"a{character}b\u200b\u00e9") == f"a{character}b\u00e9"
