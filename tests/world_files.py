"""A small world file in which nothing is wrong, and ways to spoil it."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any

import pytest

from adapters.world_file import parse
from ect_registration.domain.world import InvalidWorld

MISSING = object()
RIGHT: dict[str, list[dict[str, Any]]] = {
    "academic_years": [{"year": 2025, "open_for_registration": True}],
    "schools": [{"urn": "100001", "name": "Larkfield School"}],
    "appropriate_bodies": [
        {"name": "Alpha Hub", "kind": "teaching_school_hub", "active_until": "2025-09-01"}
    ],
    "lead_providers": [{"name": "Harbour", "years": [2024, 2025]}],
    "delivery_partners": [
        {"name": "Lantern", "works_with": [{"lead_provider": "Harbour", "years": [2025]}]}
    ],
    "partnerships": [
        {
            "school": "100001",
            "lead_provider": "Harbour",
            "delivery_partner": "Lantern",
            "year": 2025,
        }
    ],
    "trs_people": [
        {"trn": "1000001", "date_of_birth": "1999-01-31", "first_name": "A", "last_name": "B"},
        {"trn": "1000002", "date_of_birth": None, "first_name": "C", "last_name": "D"},
        {"trn": "1000003", "date_of_birth": None, "first_name": "E", "last_name": "F"},
    ],
    "ects": [
        {
            "school": "100001",
            "trn": "1000001",
            "email": "a@example.org",
            "started_on": "2024-09-01",
            "finished_on": "2025-07-18",
            "appropriate_body": "Alpha Hub",
            "programme": "provider_led",
            "lead_provider": "Harbour",
        }
    ],
    "mentors": [
        {
            "school": "100001",
            "trn": "1000002",
            "email": "c@example.org",
            "started_on": "2024-09-01",
        }
    ],
    "mentorships": [
        {
            "school": "100001",
            "ect_trn": "1000001",
            "mentor_trn": "1000002",
            "started_on": "2024-09-01",
            "finished_on": "2025-07-18",
        }
    ],
    "mentor_training_history": [{"trn": "1000002", "completed_on": "2023-07-14"}],
    "users": [{"id": "hannah", "name": "H", "email": "h@example.org", "school": "100001"}],
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The right world with one value changed, added or gone."""
    world = deepcopy(RIGHT)
    *steps, last = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", path)]
    place: Any = world
    for step in steps:
        place = place[step]
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return world


def with_another(part: str, **changes: object) -> dict[str, Any]:
    """The right world, with its first row of a part once more, changed."""
    world = deepcopy(RIGHT)
    world[part].append(world[part][0] | changes)
    return world


def mistake_in(world: object) -> InvalidWorld:
    """What is wrong with a world that is not right."""
    with pytest.raises(InvalidWorld) as raised:
        parse(world if isinstance(world, str | bytes) else json.dumps(world))
    return raised.value
