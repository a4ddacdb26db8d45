"""Carries a mistake to the top of the file, gathering its path as it rises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from ect_registration.domain.values import InvalidValue
from ect_registration.domain.world import InvalidWorld

ROOT = "$"  # the path of a mistake that concerns the file as a whole
LONGEST_KEY_SHOWN = 40


@attrs.define
class Wrong(Exception):
    """Reports a value that cannot be where it is; ``problem`` says what to do about it."""

    problem: str
    path: str = ""  # from the value that is looked at, to the one that is wrong

    def as_invalid_world(self) -> InvalidWorld:
        """Returns the mistake with its path from the top of the file."""
        return InvalidWorld(self.path.removeprefix(".") or ROOT, self.problem)


@contextmanager
def under(key: str | int) -> Iterator[None]:
    """Adds this key, or this place of a list, to the path of a mistake made inside."""
    try:
        yield
    except Wrong as wrong:
        raise Wrong(wrong.problem, _step(key) + wrong.path) from None
    except InvalidValue as invalid:
        raise Wrong(invalid.message, _step(key)) from None


def _step(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    if re.fullmatch(r"\w{1,40}", key, re.ASCII):
        return f".{key}"
    return f"[{json.dumps(key[:LONGEST_KEY_SHOWN])}]"  # escapes what a terminal should not see
