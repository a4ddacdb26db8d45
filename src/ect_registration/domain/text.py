"""Text as people paste it and as other systems keep it.

Copied text carries characters that are invisible, blanks and dashes of many kinds, and letters
that a British keyboard does not have. This module says once what each of them stands for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

# Letters that Unicode neither takes apart nor names as another letter with a mark.
_LETTERS_OF_THEIR_OWN = {
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
    "ı": "i",  # noqa: RUF001
    "ȷ": "j",
    "ŋ": "n",
    "ĸ": "k",
    "ə": "e",
    "ǝ": "e",
    "ɛ": "e",
    "ɣ": "g",  # noqa: RUF001
    "ɔ": "o",
    "ɵ": "o",
    "ɩ": "i",  # noqa: RUF001
    "ʉ": "u",
    "ʊ": "u",
    "ʒ": "z",
    "ƣ": "gh",
    "ȣ": "ou",  # noqa: RUF001
    "ƿ": "w",
    "ȝ": "y",
    "ɑ": "a",  # noqa: RUF001
    "ɡ": "g",  # noqa: RUF001
}
_WITH_A_MARK = re.compile("LATIN SMALL LETTER ([A-Z]) WITH ")
_LATIN = (*range(0x80, 0x2B0), *range(0x2C60, 0x2C80))  # settled: every Python names them alike


def _plain_letters() -> Iterator[tuple[str, str]]:
    """Yields each small Latin letter that Unicode does not take apart, as it is typed plainly."""
    for letter in map(chr, _LATIN):
        named = _WITH_A_MARK.match(unicodedata.name(letter, ""))
        if named and unicodedata.normalize("NFKD", letter) == letter:
            yield letter, named[1].lower()
    yield from _LETTERS_OF_THEIR_OWN.items()


# Search boxes on pages fold by these tables too; building the assets writes them there.
PLAIN_LETTERS: Mapping[str, str] = dict(_plain_letters())
APOSTROPHES = frozenset("'`´‘’‛′ʹʻʼʽʾʿˈ΄᾽＇ꞌꞋʔɁɂ")  # noqa: RUF001 - as names are typed
SILENT = frozenset("·ـ")  # the middle dot of Catalan, and the line that lengthens Arabic words
STOPS = frozenset(",.;")
SPOKEN: Mapping[str, str] = {"&": " and "}

# Dashes that Unicode does not class as dashes: minus, hyphen bullet, modifier minus.
MORE_DASHES = frozenset("−⁃˗")  # noqa: RUF001 - what they look like is the point

# Characters that show nothing, besides those of the category "format" (Cf).
_MORE_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # joiners and fillers
    "\u180b\u180c\u180d\u180f"  # Mongolian variation selectors
    + "".join(map(chr, range(0xFE00, 0xFE10)))  # variation selectors
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
_BRAILLE_BLANK = "\u2800"
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic names are spelt with them

_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f")
# Embeddings, overrides and isolates change the order in which text is shown, and can make one
# name read as another.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BIDIRECTIONAL = _DIRECTION_MARKS | _REORDERING


def is_invisible(character: str) -> bool:
    """Says whether the character is invisible: zero-width, directional, soft hyphen and so on."""
    return unicodedata.category(character) == "Cf" or character in _MORE_INVISIBLE


def is_blank(character: str) -> bool:
    """Says whether the character is a space of any width, a tab or a line break."""
    return (
        unicodedata.category(character) in {"Zs", "Zl", "Zp"}
        or character in "\t\n\r"
        or character == _BRAILLE_BLANK
    )


def is_dash(character: str) -> bool:
    """Says whether the character is a hyphen, a dash or a minus of any kind."""
    return unicodedata.category(character) == "Pd" or character in MORE_DASHES


def is_control(character: str) -> bool:
    """Says whether the character may never be stored or shown.

    These are control characters, halves of a pair, and those that change the direction of text.
    """
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _BIDIRECTIONAL


def has_controls(text: str) -> bool:
    """Says whether any character of the text may never be stored or shown."""
    return any(map(is_control, text))


def without_controls(text: str) -> str:
    """Returns text of another system as it may be stored and shown.

    Blanks of any kind become spaces; control, bidirectional and invisible characters are dropped,
    except a joiner between two letters, which is spelling.
    """
    return _each(_stored, _without_idle_joiners(text))


def without_invisible(typed: str) -> str:
    """Returns the name of an organisation as it was typed, pasted or written in a file.

    Invisible characters are removed and blanks of any kind become spaces, none at the edges.
    Control characters and those that reorder text stay, for the caller to refuse.
    """
    return _each(_visible, _without_idle_joiners(typed)).strip(" ")


def cleaned(typed: str) -> str:
    """Returns what was typed or pasted into a field for a code, an address or a date.

    Invisible characters are removed, every kind of blank is a space and every kind of dash a
    hyphen. Blanks at the edges are removed. Control characters stay, for the format to refuse.
    """
    return _each(_cleaned, typed).strip(" ")


def cleaned_name(typed: str) -> str:
    """Returns a person's name as it was typed or pasted, with single spaces.

    A dash of any kind between two letters is a hyphen; elsewhere it is no spelling. Invisible
    characters are removed, except a joiner between two letters, which is spelling.
    Control characters and those that reorder text stay, for the name to refuse.
    """
    shown = without_invisible(typed)
    dashes = set(filter(is_dash, set(shown)))
    if dashes - {"-"}:
        shown = "".join(
            "-" if character in dashes and _is_between_letters(shown, index) else character
            for index, character in enumerate(shown)
        )
    return " ".join(filter(None, shown.split(" ")))


def _each(read: Callable[[str], str], text: str) -> str:
    """Reads every character; each kind of character once, since a text may be huge.

    Plain characters, of which most texts consist, are read as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate({ord(character): read(character) for character in set(text)})


def _cleaned(character: str) -> str:
    if is_invisible(character):
        return ""
    if is_blank(character):
        return " "
    return "-" if is_dash(character) else character


def _visible(character: str) -> str:
    if is_blank(character):
        return " "
    keeps = character in _JOINERS or character in _REORDERING
    return character if keeps or not is_invisible(character) else ""


def _stored(character: str) -> str:
    shown = _visible(character)
    return "" if shown and is_control(shown) else shown


def _without_idle_joiners(text: str) -> str:
    """Returns the text with a joiner only where both neighbours are what it can join."""
    if not any(joiner in text for joiner in _JOINERS):
        return text
    return "".join(
        character
        for index, character in enumerate(text)
        if character not in _JOINERS or _joins(text, index)
    )


def _joins(text: str, index: int) -> bool:
    """Says whether both neighbours are letters, marks or pictures that a joiner can join."""
    return _are_beside(
        text,
        index,
        lambda neighbour: (
            unicodedata.category(neighbour)[0] in "LMS"
            and not (neighbour.isascii() or is_invisible(neighbour) or is_blank(neighbour))
        ),
    )


def _is_between_letters(text: str, index: int) -> bool:
    return _are_beside(text, index, lambda neighbour: unicodedata.category(neighbour)[0] in "LM")


def _are_beside(text: str, index: int, wanted: Callable[[str], bool]) -> bool:
    neighbours = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(neighbours) == 2 and all(map(wanted, neighbours))


def holds_a_name(text: str) -> bool:
    """Says whether the text has a letter, a digit or a picture, and so may be a person's name.

    Teacher records hold a lone full stop, hyphen or blank where a part of a name is absent.
    """
    return any(_is_of_a_name(character) and folded(character) for character in text)


def _is_of_a_name(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "So"


def spelling(name: str) -> str:
    """Returns what two spellings of one name have in common.

    Case, blanks, hyphens, apostrophes of any kind and invisible characters do not count. Accents
    do: a name with another accent is another name.
    """
    letters = (
        character
        for character in name
        if not (is_blank(character) or is_dash(character) or is_invisible(character))
    )
    bare = "".join(character for character in letters if character not in APOSTROPHES)
    return unicodedata.normalize("NFC", bare).casefold()


def folded(text: str) -> str:
    """Returns what names are searched and compared by: words of plain letters and digits.

    Case, accents, apostrophes of any kind, full stops, commas and invisible characters do not
    count; a dash of any kind counts as a space, and ``&`` as the word "and"; letters such as
    ł, ø, æ and ß count as l, o, ae and ss.
    """
    # Before Unicode takes it apart: it makes a space and an accent of the acute accent.
    spoken = "".join(character for character in text if character not in APOSTROPHES)
    bare = "".join(map(_folded, unicodedata.normalize("NFKD", spoken)))
    return " ".join(bare.casefold().translate(_PLAINLY).split())


_PLAINLY = str.maketrans({**PLAIN_LETTERS, **SPOKEN})


def name_key(name: str) -> str:
    """Returns what makes two names of organisations one: the folded name without blanks.

    A name made only of what folding leaves out is compared as it is.
    """
    return folded(name).replace(" ", "") or name


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Mn" or character in APOSTROPHES | SILENT or is_invisible(character):
        return ""
    if category in {"Cc", "Cs"} or is_blank(character) or is_dash(character):
        return " "
    return " " if character in STOPS else character
