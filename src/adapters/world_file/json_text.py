"""Reads JSON more strictly than the standard library does."""

from __future__ import annotations

import json
from collections import Counter

import attrs

from adapters.world_file.mistakes import Wrong

LARGEST_FILE = 50_000_000  # bytes
BYTE_ORDER_MARK = "\ufeff"  # some editors begin a file with it


@attrs.frozen
class RepeatedKey:
    """Stands for an object with a key that occurs twice, until its path is known."""

    key: str


def decode(text: bytes | str) -> object:
    """Returns the value that the JSON says; raises Wrong."""
    if len(text) > LARGEST_FILE:
        raise Wrong(f"Split the file: {LARGEST_FILE:,} bytes at most can be read")
    try:
        return json.loads(_characters(text), object_pairs_hook=_object, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        problem = f"Write valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"
    except UnicodeDecodeError:
        problem = "Save the file in the encoding UTF-8"
    except RecursionError:
        problem = "Nest values less deeply: no world needs so many levels"
    except ValueError:  # NaN, Infinity, and whole numbers of thousands of digits
        problem = "Write valid JSON: it has no NaN, no Infinity and no number as long as this"
    raise Wrong(problem)


def _characters(text: bytes | str) -> str:
    characters = text.decode("utf-8") if isinstance(text, bytes) else text
    return characters.removeprefix(BYTE_ORDER_MARK)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object] | RepeatedKey:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    [(key, _)] = Counter(key for key, _ in pairs).most_common(1)
    return RepeatedKey(key)


def _refuse(constant: str) -> object:
    raise ValueError(constant)
