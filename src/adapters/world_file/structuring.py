"""Turns JSON values into typed rows strictly: no unknown key, and nothing converted by guess."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin

import attrs

from adapters.world_file import scalars
from adapters.world_file.file_format import WorldFile
from adapters.world_file.json_text import RepeatedKey
from adapters.world_file.mistakes import Wrong, under
from ect_registration.domain.text import without_invisible

Reader = Callable[[object], Any]  # raises Wrong

# Some people have one name only, and some records in TRS have none.
MAY_BE_EMPTY = frozenset({"first_name", "middle_name", "last_name"})


def structured(value: object) -> WorldFile:
    """Returns the file with every value of the right type; raises Wrong at the first other."""
    file: WorldFile = _READ_FILE(value)
    return file


def _reader_of(kind: Any) -> Reader:
    """Returns the reader of one value: a scalar, a row, a choice, a list, or one or null."""
    if kind in scalars.READ:
        return scalars.READ[kind]
    if get_origin(kind) in {tuple, frozenset}:
        return _list(kind)
    if attrs.has(kind):
        return _row(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(kind)
    return _or_null(kind)


def _list(kind: Any) -> Reader:
    """Returns a reader of lists only: a text is not taken for a list of its letters."""
    collect, read_item = get_origin(kind), _reader_of(get_args(kind)[0])

    def read(value: object) -> object:
        if not isinstance(value, list):
            raise Wrong("Give a list in square brackets")
        items = []
        for index, item in enumerate(value):
            with under(index):
                items.append(read_item(item))
        return collect(items)

    return read


def _row(kind: type[attrs.AttrsInstance]) -> Reader:
    """Returns a reader of objects whose keys are the attributes of ``kind``.

    A default makes a key optional.
    """
    fields = attrs.fields(attrs.resolve_types(kind))
    required = [field.name for field in fields if field.default is attrs.NOTHING]
    readers = {
        field.name: scalars.any_text if field.name in MAY_BE_EMPTY else _reader_of(field.type)
        for field in fields
    }

    def read(value: object) -> object:
        given = _object(value)
        found = {}
        for key, item in given.items():
            with under(key):
                if key not in readers:
                    raise Wrong("Remove this key: nothing here has this name")
                found[key] = readers[key](item)
        for key in required:
            if key not in given:
                raise Wrong("Add this key", f".{key}")
        return kind(**found)

    return read


def _object(value: object) -> dict[str, object]:
    if isinstance(value, RepeatedKey):
        with under(value.key):
            raise Wrong("Give this key once")
    if not isinstance(value, dict):
        raise Wrong("Give an object in curly brackets")
    return value


def _choice(kind: type[StrEnum]) -> Reader:
    """Returns a reader of one of a few texts."""
    known, names = set(kind), ", ".join(kind)

    def read(value: object) -> object:
        given = without_invisible(value) if isinstance(value, str) else ""
        if given not in known:
            raise Wrong(f"Give one of: {names}")
        return kind(given)

    return read


def _or_null(kind: Any) -> Reader:
    """Returns a reader of ``X | None``."""
    [given_kind] = set(get_args(kind)) - {NoneType}
    read_given = _reader_of(given_kind)

    def read(value: object) -> object:
        return None if value is None else read_given(value)

    return read


_READ_FILE = _reader_of(WorldFile)
