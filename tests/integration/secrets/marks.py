"""The marked facts: secrets that stand nowhere else, so that wherever they are found they leaked.

Schools type both of each: what TRS has on record, and what differs from it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ect_registration.domain.values import NationalInsuranceNumber
from integration.cli import town
from integration.cli.contract import person, world_of_the_contract

BORN_ON, ANOTHER_DAY = date(1953, 11, 27), date(1957, 8, 29)
NUMBER = NationalInsuranceNumber("JK246810B")
ANOTHER_NUMBER = NationalInsuranceNumber("LM135791D")
DAYS, NUMBERS = (BORN_ON, ANOTHER_DAY), (NUMBER, ANOTHER_NUMBER)
KEY = "a key for the secrets test, of 32 bytes or more"

INDEPENDENT, NATIONAL = "100004", "Independent Schools Teacher Induction Panel (ISTIP)"
TO_REGISTER = [f"40000{n:02}" for n in range(20)]  # with nothing against them: one for a drive
MENTORS = [
    (town.VETERAN, TO_REGISTER[12], {"started_on": "2024-09-01"}),
    (town.VETERAN, TO_REGISTER[13], {"started_on": "2023-09-01", "finished_on": "2024-08-31"}),
    (town.NEWCOMER, TO_REGISTER[14], {"started_on": "2024-09-01"}),
    (town.VETERAN, TO_REGISTER[15], {"started_on": "2024-09-01", "finished_on": "2025-09-12"}),
    (town.NEWCOMER, TO_REGISTER[17], {"started_on": "2026-03-02"}),
]
ANOTHER_PROVIDER = "Meridian Teaching Partners"
USERS = {
    "hannah": town.VETERAN,
    "owen": town.NEWCOMER,
    "cleo": town.CLOSED,
    "indira": INDEPENDENT,
}

_MARKED = {
    **dict.fromkeys(town.BORN.values(), BORN_ON.isoformat()),
    **dict.fromkeys(town.NUMBERS.values(), NUMBER.characters),
    town.ANOTHER_DAY: ANOTHER_DAY.isoformat(),
    town.ANOTHER_NUMBER: ANOTHER_NUMBER.characters,
}


def marked(document: Any) -> Any:
    """A document of the tests of the terminal, with the marked facts for the secrets in it."""
    text = json.dumps(document)
    for secret, mark in _MARKED.items():
        text = text.replace(secret, mark)
    return json.loads(text)


def a_registration(**changes: Any) -> dict[str, Any]:
    """One for the terminal, with marked facts."""
    document: dict[str, Any] = marked(town.a_registration(date_of_birth=BORN_ON.isoformat()))
    return document | changes


def world() -> dict[str, Any]:
    """Somebody for every situation: all were born on the marked day, and have the one number."""
    world: dict[str, Any] = marked(world_of_the_contract())
    world["trs_people"] += marked([person(trn) for trn in TO_REGISTER])
    here, leaver = town.WORLD["ects"]
    completed = here | {"trn": town.EIGHTEEN, "email": "done@example.org", "completed": True}
    late = here | {"trn": TO_REGISTER[16], "email": "late@example.org", "started_on": "2025-10-01"}
    world["ects"] = [here, leaver, completed, late]
    world["lead_providers"].append({"name": ANOTHER_PROVIDER, "years": [2025]})
    world["mentors"] = [
        {"school": school, "trn": trn, "email": f"{trn}@example.org", **days}
        for school, trn, days in MENTORS
    ]
    funded = {"type": "independent", "section_41": True}
    world["schools"].append({"urn": INDEPENDENT, "name": "Cedar House"} | funded)
    world["appropriate_bodies"].append({"name": NATIONAL, "kind": "national"})
    world["users"] = [
        {"id": id, "name": id.title(), "email": f"{id}@example.org", "school": school}
        for id, school in USERS.items()
    ]
    return world
