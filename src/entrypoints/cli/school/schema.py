"""Prints the JSON Schema of each document that commands read: `ect schema`."""

from __future__ import annotations

from collections.abc import Mapping

import click

from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.use_cases.changing.change_documents import (
    ECT_CHANGE_KEYS,
    MENTOR_CHANGE_KEYS,
)
from ect_registration.use_cases.registering.documents import YEARS, Keys
from ect_registration.use_cases.registering.ect_document import KEYS
from ect_registration.use_cases.registering.mentor_document import ASSIGNMENT_KEYS, MENTOR_KEYS
from ect_registration.use_cases.registering.partnership_document import PARTNERSHIP_KEYS
from entrypoints.cli.terminal.output import print_json, write

DIALECT = "https://json-schema.org/draft/2020-12/schema"

DOCUMENTS: Mapping[str, tuple[str, Keys]] = {
    "register-ect": ("One ECT to register", KEYS),
    "check-ect": ("One ECT to check by every rule", KEYS),
    "register-mentor": ("A mentor to register and assign", MENTOR_KEYS),
    "assign-mentor": ("A mentor of the school to assign", ASSIGNMENT_KEYS),
    "change-ect": ("What to change of an ECT", ECT_CHANGE_KEYS),
    "change-mentor": ("What to change of a mentor", MENTOR_CHANGE_KEYS),
    "partnerships-report": ("One partnership", PARTNERSHIP_KEYS),
}

DAY = {"format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
YEAR = {"description": "the year in which the academic year begins"}
FORMATS: Mapping[str, Mapping[str, object]] = {
    "school": {"description": "URN of the school"},
    "ect": {"format": "uuid", "description": "id of the ECT, as `ect ects` lists it"},
    "mentor": {"format": "uuid", "description": "id of the mentor, as `ect mentors` lists it"},
    "trn": {"description": "Teacher reference number"},
    "date_of_birth": DAY,
    "start_date": DAY,
    "corrected_name": {"description": "null: the name in the Teaching Record System"},
    "email": {"format": "email"},
    "working_pattern": {"enum": [*map(str, WorkingPattern), None]},
    "programme": {"enum": [*map(str, Programme), None]},
}


@click.command(epilog="Example: ect schema register-ect > register-ect.schema.json")
@click.argument("name", required=False, type=click.Choice([*DOCUMENTS]))
def schema(name: str | None) -> None:
    """Print the JSON Schema of a document; without a name, the names of all of them."""
    if name is None:
        write("".join(f"{each}\n" for each in DOCUMENTS))
    else:
        print_json(schema_of(*DOCUMENTS[name]))


def schema_of(title: str, keys: Keys) -> dict[str, object]:
    """Returns the schema of a document with these keys."""
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "properties": {name: _property(name, keys) for name in keys.names},
        "required": keys.required,
        "additionalProperties": False,
    }


def _property(name: str, keys: Keys) -> dict[str, object]:
    if name in keys.confirmations:
        return {"enum": [True, None]}
    if name in keys.flags:
        return {"type": ["boolean", "null"]}
    if name in keys.years:
        return {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[-1]} | dict(YEAR)
    return {"type": "string" if name in keys.required else ["string", "null"]} | dict(
        FORMATS.get(name, {})
    )
