"""Every way in which a marked fact may be written down, and a search for all of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import permutations

import attrs

from ect_registration.domain.values import NationalInsuranceNumber
from integration.secrets.layers import layers
from integration.secrets.marks import DAYS, KEY, NUMBERS

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "sha3_256")
GAP = r"(?:[\W_]|%[0-9A-Fa-f]{2}|&#?\w{1,8};){0,4}"  # blanks and signs, coded or not
# Seconds like 0.8291957 are no birthday; with anything between their figures they would be.
NO_FRACTION = r"(?!(?<=[0-9]\.)[0-9]{7,}(?![0-9]))"

Evidence = tuple[str, str]  # where it was put out, and what


def _date_patterns(day: date) -> Iterator[str]:
    """Figures in any order, names of months, the year alone, and counts of days and seconds."""
    month = rf"(?:0?{day.month}|{day:%b}[a-z]*)"
    whole = (f"0?{day.day}(?:st|nd|rd|th)?", month, str(day.year))
    for parts in permutations(whole):
        yield rf"(?<![0-9]){NO_FRACTION}{GAP.join(parts)}(?![0-9])"
    yield rf"(?<![0-9-]){day:%d}[/.-]{day:%m}[/.-]{day:%y}(?![0-9-])"
    yield rf"(?<![\w.-]){day.year}(?!\w|\.[0-9])"  # in a box of its own
    yield rf"{day.year}zz"  # a slip of the finger
    midnight = int(datetime.combine(day, time(), UTC).timestamp())
    for count in (midnight, midnight * 1000, midnight // 86_400, day.toordinal()):
        yield rf"(?<![\w.]){count}(?!\w)"
    yield rf"{day:%G}-?W{day:%V}-?{day:%u}"


def _number_patterns(number: NationalInsuranceNumber) -> Iterator[str]:
    """In small letters, with blanks and hyphens, with a slip at its end."""
    yield GAP.join(number.characters)


def plain() -> list[str]:
    """How a program would write them: for files too large to look at more closely."""
    return [
        *(f"{day:{form}}" for day in DAYS for form in FORMS),
        *(repr(day) for day in DAYS),
        *(number.characters for number in NUMBERS),
        *(number.characters.lower() for number in NUMBERS),
    ]


FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d-%m-%Y", "%d %B %Y")


def _hashes() -> Iterator[str]:
    """With and without the key that the service has."""
    for text in plain():
        for name in ALGORITHMS:
            made = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
            keyed = hmac.digest(KEY.encode(), text.encode(), name)
            for digest in (made, keyed):
                yield digest.hex()
                yield base64.b64encode(digest).decode().rstrip("=")
                yield base64.urlsafe_b64encode(digest).decode().rstrip("=")


_HASHES = frozenset(_hashes())
_WORD = re.compile(r"[A-Za-z0-9+/_-]{22,}")
_PATTERNS = [
    *(pattern for day in DAYS for pattern in _date_patterns(day)),
    *(pattern for number in NUMBERS for pattern in _number_patterns(number)),
]
_STARTS = "0-9ANJL-"  # of each: looked at first, as it is quick
_WRITTEN = re.compile(rf"(?=[{_STARTS}])(?:{'|'.join(_PATTERNS)})", re.IGNORECASE)


@attrs.frozen
class Leak:
    """A secret, and where it was."""

    where: str
    what: str


def leaks_in(evidence: Iterable[Evidence]) -> list[Leak]:
    """Every secret in what was put out, in clear, coded or hashed.

    Line by line, each once: pages have most of theirs in common.
    """
    first = {line: where for where, text in evidence for line in text.splitlines()}
    return [Leak(where, found) for line, where in first.items() for found in secrets_in(line)]


def secrets_in(text: str) -> list[str]:
    """Every spelling in one text."""
    found = [match[0] for layer in layers(text) for match in _WRITTEN.finditer(layer)]
    return found + [word for word in _WORD.findall(text) if word in _HASHES]
