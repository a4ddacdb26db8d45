"""Says what is wrong in a world file, and where."""

from __future__ import annotations

import json
import re

import attrs

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


def step(key: str | int) -> str:
    """Returns this key, or this place in a list, as a part of a path."""
    if isinstance(key, int):
        return f"[{key}]"
    if re.fullmatch(r"\w{1,40}", key, re.ASCII):
        return f".{key}"
    return f"[{json.dumps(key[:LONGEST_KEY_SHOWN])}]"  # escapes what a terminal should not see
