"""Turns the text of a world file into a world."""

from __future__ import annotations

from itertools import chain

from adapters.world_file.building import world_of
from adapters.world_file.duplicates import duplicates
from adapters.world_file.json_text import decode
from adapters.world_file.mistakes import Wrong
from adapters.world_file.overlaps import overlaps
from adapters.world_file.references import dangling_references
from adapters.world_file.rows import impossible_rows
from adapters.world_file.structuring import structured
from ect_registration.domain.world import World

# In this order: each relies on what those before it have made sure of.
CHECKS = (impossible_rows, duplicates, dangling_references, overlaps)


def parse(text: bytes | str) -> World:
    """Reads a world file; raises InvalidWorld at its first mistake.

    The n-th item of each part of the world is the n-th of the file, so that a caller who loads it
    can say where an item came from.
    """
    try:
        file = structured(decode(text))
    except Wrong as wrong:
        raise wrong.as_invalid_world() from None
    for mistake in chain.from_iterable(check(file) for check in CHECKS):
        raise mistake
    return world_of(file)
