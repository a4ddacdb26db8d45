"""Turns JSON values into typed rows with cattrs: no unknown key, nothing converted by guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.cols import list_structure_factory
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from adapters.world_file import scalars
from adapters.world_file.file_format import WorldFile
from adapters.world_file.json_text import RepeatedKey
from adapters.world_file.mistakes import Wrong, step
from ect_registration.domain.text import without_invisible
from ect_registration.domain.values import InvalidValue

Hook = Callable[[Any, Any], Any]  # takes a value and its type; raises Wrong or InvalidValue

# Some people have one name only, and some records in TRS have none.
MAY_BE_EMPTY = frozenset({"first_name", "middle_name", "last_name"})


def structured(value: object) -> WorldFile:
    """Returns the file with every value of the right type; raises Wrong at the first other."""
    try:
        return _CONVERTER.structure(value, WorldFile)
    except BaseValidationError as error:
        raise next(_mistakes(error)) from None


def _mistakes(error: Exception, path: str = "") -> Iterator[Wrong]:
    """Yields what is wrong, each with its path, out of the groups that cattrs raises."""
    if isinstance(error, BaseValidationError):
        # A key that nothing has is often a slip of one that is missing.
        for each in sorted(error.exceptions, key=_is_about_a_key_there):
            yield from _mistakes(each, path + _step_to(each))
    elif isinstance(error, Wrong):
        yield Wrong(error.problem, path + error.path)
    elif isinstance(error, InvalidValue):
        yield Wrong(error.message, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            yield Wrong("Remove this key: nothing here has this name", path + step(key))
    elif isinstance(error, KeyError):
        yield Wrong("Add this key", path)
    else:
        raise error


def _is_about_a_key_there(error: Exception) -> bool:
    return not isinstance(error, ForbiddenExtraKeysError)


def _step_to(error: Exception) -> str:
    """Returns the key or the place in a list that cattrs noted on an error, as part of a path."""
    for note in getattr(error, "__notes__", ()):
        place = getattr(note, "name", getattr(note, "index", None))
        if place is not None:
            return step(place)
    return ""


def _converter() -> Converter:
    converter = Converter(detailed_validation=True)
    converter.register_structure_hook_factory(attrs.has, _rows)
    converter.register_structure_hook_factory(_is_list, _lists)
    converter.register_structure_hook(StrEnum, _choice)
    for kind, read in scalars.READ.items():
        converter.register_structure_hook(kind, _only_value(read))
    return converter


def _only_value(read: Callable[[object], object]) -> Hook:
    return lambda value, _: read(value)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in {tuple, frozenset}


def _lists(kind: Any, converter: Converter) -> Hook:
    """Returns a hook for lists only: a text is not taken for a list of its letters."""
    collect = get_origin(kind)
    listed: Any = list[get_args(kind)[0]]  # type: ignore[misc]
    items = list_structure_factory(listed, converter)

    def read(value: object, _: Any) -> object:
        if not isinstance(value, list):
            raise Wrong("Give a list in square brackets")
        return collect(items(value, None))

    return read


def _rows(kind: type[attrs.AttrsInstance], converter: Converter) -> Hook:
    """Returns a hook for objects whose keys are the attributes; a default makes one optional."""
    may_be_empty: Any = {
        name: override(struct_hook=_only_value(scalars.any_text))
        for name in MAY_BE_EMPTY.intersection(attrs.fields_dict(kind))
    }
    fields = make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, **may_be_empty
    )

    def read(value: object, _: Any) -> object:
        if isinstance(value, RepeatedKey):
            raise Wrong("Give this key once", step(value.key))
        if not isinstance(value, dict):
            raise Wrong("Give an object in curly brackets")
        return fields(value, kind)

    return read


def _choice(value: object, kind: type[StrEnum]) -> StrEnum:
    """Returns one of a few texts."""
    given = without_invisible(value) if isinstance(value, str) else ""
    if given not in set(kind):
        raise Wrong(f"Give one of: {', '.join(kind)}")
    return kind(given)


_CONVERTER = _converter()
