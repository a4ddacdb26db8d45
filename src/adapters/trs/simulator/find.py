"""POST /v3/persons/find: up to 500 people; whoever does not match is left out."""

from __future__ import annotations

import json
import re
from datetime import date

from adapters.trs.simulator.bodies import result_body
from adapters.trs.simulator.people import People
from adapters.trs.simulator.responses import (
    Response,
    as_json,
    framework_problem,
    not_simulated,
)
from adapters.trs.simulator.versions import SHAPES_SINCE
from ect_registration.domain.world import TrsPerson

MOST_AT_ONCE = 500

Asked = dict[str, date]


def find(body: bytes, version: str, people: People) -> Response:
    """Sorted by TRN, whatever the order of asking."""
    asked = _read(body)
    if isinstance(asked, Response):
        return asked
    if version < SHAPES_SINCE:
        return not_simulated()
    matched = [
        found
        for trn in sorted(asked)
        if isinstance(found := people.of(trn), TrsPerson) and found.date_of_birth == asked[trn]
    ]
    results = [result_body(person, people.more_of(person)) for person in matched]
    return as_json({"total": len(results), "results": results})


def _read(body: bytes) -> Asked | Response:
    """A TRN that comes twice keeps its first date."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return framework_problem({"$": ["The request is not JSON."]})
    persons = content.get("persons") if isinstance(content, dict) else None
    if not isinstance(persons, list):
        return framework_problem({"persons": ["A list is required."]})
    if len(persons) > MOST_AT_ONCE:
        return framework_problem({"persons": [f"No more than {MOST_AT_ONCE} are permitted."]})
    asked: Asked = {}
    for number, person in enumerate(persons):
        fact = _fact(person)
        if fact is None:
            where = f"$.persons[{number}]"
            return framework_problem({where: ["A TRN and a date of birth are required."]})
        asked.setdefault(*fact)
    return asked


def _fact(person: object) -> tuple[str, date] | None:
    """In a body, unlike in a query, a date is an ISO date."""
    if not isinstance(person, dict):
        return None
    trn, born_on = person.get("trn"), person.get("dateOfBirth")
    if not isinstance(trn, str) or not isinstance(born_on, str):
        return None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", born_on):
        return None
    try:
        return trn, date.fromisoformat(born_on)
    except ValueError:
        return None
