"""Text as people paste it and as other systems keep it.

Copied text carries characters that nobody can see, blanks and dashes of many kinds, and letters
that a British keyboard does not have. This module says once what each of them stands for.
"""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, as people type them without the mark.
_PLAIN_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",  # noqa: RUF001
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ƀ": "b",
        "ɓ": "b",
        "ƈ": "c",
        "ɖ": "d",
        "ɗ": "d",
        "ə": "e",
        "ɛ": "e",
        "ƒ": "f",
        "ɠ": "g",
        "ǥ": "g",
        "ɣ": "g",  # noqa: RUF001
        "ɨ": "i",
        "ƙ": "k",
        "ƚ": "l",
        "ɲ": "n",
        "ɔ": "o",
        "ɵ": "o",
        "ƥ": "p",
        "ʉ": "u",
        "ʋ": "v",  # noqa: RUF001
        "ƴ": "y",
        "ƶ": "z",
    }
)

_APOSTROPHES = frozenset("'`´‘’‛′ʹʻʼʽʾʿˈ＇")  # noqa: RUF001 - as names are typed
_STOPS = frozenset(",.;")

# Dashes that Unicode does not class as dashes: minus, hyphen bullet, modifier minus.
_MORE_DASHES = frozenset("−⁃˗")  # noqa: RUF001 - what they look like is the point

# Characters that show nothing, besides those of the category "format" (Cf).
_MORE_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # joiners and fillers
    + "".join(map(chr, range(0xFE00, 0xFE10)))  # variation selectors
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
_BRAILLE_BLANK = "\u2800"
_JOINERS = frozenset("\u200c\u200d")  # Persian and Indic names are spelt with them

# They change the order in which text is shown, and can make one name read as another.
_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def is_invisible(character: str) -> bool:
    """Whether the character shows nothing: zero-width, directional, soft hyphen and the like."""
    return unicodedata.category(character) == "Cf" or character in _MORE_INVISIBLE


def is_blank(character: str) -> bool:
    """Whether the character is a space of any width, a tab or a line break."""
    return (
        unicodedata.category(character) in {"Zs", "Zl", "Zp"}
        or character in "\t\n\r"
        or character == _BRAILLE_BLANK
    )


def is_dash(character: str) -> bool:
    """Whether the character is a hyphen, a dash or a minus of any kind."""
    return unicodedata.category(character) == "Pd" or character in _MORE_DASHES


def is_control(character: str) -> bool:
    """Whether the character may never be stored or shown.

    These are control characters, halves of a pair, and those that change the direction of text.
    """
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _BIDIRECTIONAL


def has_controls(text: str) -> bool:
    """Whether any character of the text may never be stored or shown."""
    return any(map(is_control, text))


def without_controls(text: str) -> str:
    """Returns text of another system as it may be stored and shown.

    Blanks of any kind become spaces, and control and bidirectional characters are dropped.
    """
    return "".join(" " if is_blank(c) else c for c in text if is_blank(c) or not is_control(c))


def cleaned(typed: str) -> str:
    """Returns what was typed or pasted into a field for a code, an address or a date.

    Invisible characters are removed, every kind of blank is a space and every kind of dash a
    hyphen. Blanks at the edges are removed. Control characters stay, for the format to refuse.
    """
    return "".join(map(_cleaned, typed)).strip(" ")


def _cleaned(character: str) -> str:
    if is_invisible(character):
        return ""
    if is_blank(character):
        return " "
    return "-" if is_dash(character) else character


def cleaned_name(typed: str) -> str:
    """Returns a name as it was typed or pasted, with single spaces and plain hyphens.

    Invisible characters are removed, except a joiner between two letters, which is spelling.
    """
    kept = "".join(
        character if character in _JOINERS and _joins(typed, index) else _cleaned(character)
        for index, character in enumerate(typed)
    )
    return " ".join(filter(None, kept.split(" ")))


def _joins(text: str, index: int) -> bool:
    neighbours = text[index - 1 : index] + text[index + 1 : index + 2]
    return len(neighbours) == 2 and all(
        unicodedata.category(neighbour)[0] in "LM" and not neighbour.isascii()
        for neighbour in neighbours
    )


def folded(text: str) -> str:
    """Returns what names are searched and compared by: words of plain letters and digits.

    Case, accents, apostrophes of any kind, full stops, commas and invisible characters do not
    count; a dash of any kind counts as a space; letters such as ł, ø, æ and ß count as l, o, ae
    and ss.
    """
    bare = "".join(map(_folded, unicodedata.normalize("NFKD", text)))
    return " ".join(bare.casefold().translate(_PLAIN_LETTERS).split())


def name_key(name: str) -> str:
    """Returns what makes two names of organisations one: the folded name without blanks.

    A name made only of what folding leaves out is compared as it is.
    """
    return folded(name).replace(" ", "") or name


def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Mn" or character in _APOSTROPHES or is_invisible(character):
        return ""
    if category in {"Cc", "Cs"} or is_blank(character) or is_dash(character):
        return " "
    return " " if character in _STOPS else character
