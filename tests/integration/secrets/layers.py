"""What a text says, and what it says once it is decoded: cookies, addresses, pages, columns."""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import unquote_plus

CODED = re.compile(r"[A-Za-z0-9+/_-]{8,}")
HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2}){8,}")
LARGEST = 1_000_000  # bytes, of what was compressed


def layers(text: str) -> Iterator[str]:
    """The text as it stands, then as others would read it."""
    yield text
    for change in (html.unescape, unquote_plus, _without_zeros):
        changed = change(text)
        if changed != text:
            yield changed
    yield from _decoded(text)


def _without_zeros(text: str) -> str:
    """Of wide characters, their text."""
    return text.replace("\0", "")


def _decoded(text: str) -> Iterator[str]:
    for word in set(CODED.findall(text)):
        standard = word.replace("-", "+").replace("_", "/")
        yield from _read(base64.b64decode, standard + "=" * (-len(standard) % 4))
    for word in set(HEXADECIMAL.findall(text)):
        yield from _read(bytes.fromhex, word)


def _read(decode: Callable[[str], bytes], word: str) -> Iterator[str]:
    try:
        content = decode(word)
    except (binascii.Error, ValueError):
        return
    yield content.decode("latin-1")
    try:
        unpacked = zlib.decompressobj().decompress(content, LARGEST)
    except zlib.error:
        return
    yield unpacked.decode("latin-1")
