"""A world as a file, for programs that read people from one."""

from __future__ import annotations

import json
from pathlib import Path

from contests import BORN_ON
from ect_registration.domain.world import World


def written(world: World, folder: Path) -> Path:
    """Its teachers; schools and what they choose from are in the database."""
    file = folder / "world.json"
    teachers = [
        {
            "trn": person.trn.digits,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "date_of_birth": BORN_ON.isoformat(),
        }
        for person in world.trs_people
    ]
    file.write_text(json.dumps({"trs_people": teachers}), encoding="utf-8")
    return file
