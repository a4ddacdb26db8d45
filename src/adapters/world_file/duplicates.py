"""Finds two rows for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.world_file.file_format import WorldFile
from ect_registration.domain.text import name_key
from ect_registration.domain.world import InvalidWorld

# What makes two rows of a part the same.
IDENTITY = {
    "academic_years": ("year",),
    "schools": ("urn",),
    "appropriate_bodies": ("name",),
    "lead_providers": ("name",),
    "delivery_partners": ("name",),
    "partnerships": ("school", "lead_provider", "year"),
    "trs_people": ("trn",),
    "ects": ("school", "trn", "started_on"),
    "mentors": ("school", "trn", "started_on"),
    "mentor_training_history": ("trn",),
    "users": ("id",),
}

# The names of organisations: case, accents and blanks do not count. People have no key "name".
NAMES = {"name", "appropriate_body", "lead_provider", "delivery_partner"}


def duplicates(file: WorldFile) -> Iterator[InvalidWorld]:
    """Finds rows for one thing: the second of the two is the mistake, and the first is named."""
    for part, keys in IDENTITY.items():
        seen: dict[tuple[object, ...], int] = {}
        for index, row in enumerate(getattr(file, part)):
            first = seen.setdefault(tuple(identity(row, key) for key in keys), index)
            if first != index:
                same = " and ".join(keys)
                path = f"{part}[{index}].{keys[0]}" if len(keys) == 1 else f"{part}[{index}]"
                yield InvalidWorld(path, f"Remove one: {part}[{first}] has the same {same}")


def identity(row: object, key: str) -> object:
    """Returns what makes two rows one in this key; names are compared as they are matched."""
    value = getattr(row, key)
    return name_key(value) if key in NAMES and isinstance(value, str) else value
