"""What does not matter is folded away before names are searched or compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.text import APOSTROPHES, PLAIN_LETTERS, folded
from strategies import names

LATIN = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1E9C))]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Zoë  ÇELIK", "zoe celik"),
        ("O’Connor", "oconnor"),
        ("O'Connor", "oconnor"),
        ("O´Connor", "oconnor"),  # noqa: RUF001
        ("Smith–Jones", "smith jones"),
        ("Straße STRAẞE", "strasse strasse"),
        ("İpek", "ipek"),
        ("a\x00b\u2028c", "a b c"),
        ("\ud800", ""),
        ("", ""),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Yıldız", "yildiz"),  # noqa: RUF001
        ("Æthel Þórr", "aethel thorr"),
        ("Đặng Đức", "dang duc"),
        ("Guðrún", "gudrun"),
        ("Œuvré", "oeuvre"),
        ("Ħal Ŧ Ŋ", "hal t n"),
        ("Kɵbenhavn", "kobenhavn"),
        ("Əliyev", "eliyev"),
        ("Ⱥɍ", "ar"),
        ("Gal·la Sol\u0140er", "galla soller"),
        ("Kawaiʻi", "kawaii"),  # noqa: RUF001
        ("Zo\u200be\u0308", "zoe"),
        ("محـمد", "محمد"),
        ("Hill, J. B.", "hill j b"),
        ("North & South", "north and south"),
        ("North＆South", "north and south"),  # noqa: RUF001
    ],
)
def test_what_does_not_matter_is_folded_away(text, bare):
    """Case, accents, apostrophes, stops, kinds of dash and blanks."""
    assert folded(text) == bare


@given(names | st.text())
def test_folding_again_changes_nothing(name):
    """What is stored and what is typed meet."""
    assert folded(folded(name)) == folded(name)


@given(st.text())
def test_the_way_of_writing_accents_does_not_matter(text):
    """Two ways to write one letter are found by each other."""
    assert folded(unicodedata.normalize("NFC", text)) == folded(text)
    assert folded(unicodedata.normalize("NFD", text)) == folded(text)


@given(st.text(), st.sampled_from(sorted(APOSTROPHES)))
def test_no_apostrophe_is_left(text, apostrophe):
    """Nor does it part what it stands between."""
    assert folded(f"o{apostrophe}brien {text}") == folded(f"obrien {text}")


def test_plain_letters_are_plain():
    """Each is one or two letters of an English keyboard, and none is a capital."""
    assert all(
        plain.isascii() and plain.isalpha() and plain.islower() and len(plain) <= 2
        for plain in PLAIN_LETTERS.values()
    )
    assert all(letter == letter.casefold() for letter in PLAIN_LETTERS)


@pytest.mark.parametrize("letter", "łøđıæþðœßħŧŋəɵŁØĐÆÞÐŒẞĦŦŊƏ")
def test_letters_of_european_names_can_be_typed_on_an_english_keyboard(letter):
    """Small and capital."""
    assert folded(letter).isascii()
    assert folded(letter) == folded(letter.lower())


def test_a_letter_with_a_mark_counts_as_the_letter():
    """Whether Unicode takes it apart or not."""
    named = {c: unicodedata.name(c) for c in LATIN if " WITH " in unicodedata.name(c, "")}
    bases = {c: name.split(" WITH ")[0][-2:] for c, name in named.items()}
    letters = {c: base[1].lower() for c, base in bases.items() if base[:1] == " "}

    assert len(letters) > 300
    assert {c: folded(c)[:1] for c in letters} == letters
