"""A small world for the terminal: schools that choose, and teachers for every occasion.

The second facts of its people are written nowhere else, so that a search for them finds leaks.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

Document = dict[str, Any]

TODAY = "2025-09-10"

VETERAN, NEWCOMER, CLOSED = "100001", "100002", "100003"  # schools
HUB, OLD_HUB, COUNCIL = "Alpha Teaching School Hub", "Old Hub", "Merrowshire County Council"
PROVIDER, FORMER_PROVIDER, PARTNER = "Teach First", "Capita", "Lantern Learning Alliance"

MAYA, OMAR, LEAVER, PASSED = "1000001", "1000002", "1000003", "1000004"
EIGHTEEN, LEAP, MERGED, RETAINED = "1000005", "1000006", "1000007", "1000008"
MENTOR = "1000009"
UNKNOWN = "1999999"

BORN = {
    MAYA: "1997-11-23",
    OMAR: "1996-03-29",
    LEAVER: "1995-06-27",
    PASSED: "1994-08-22",
    EIGHTEEN: "2007-09-29",
    LEAP: "2008-02-29",
    MERGED: "1993-12-28",
    RETAINED: "1993-12-28",
    MENTOR: "1979-12-31",
}
NUMBERS = {trn: f"JK24681{trn[-1]}B" for trn in BORN}
ANOTHER_DAY, ANOTHER_NUMBER = "1992-04-24", "LM135791D"

SECRETS = {*BORN.values(), *NUMBERS.values(), ANOTHER_DAY, ANOTHER_NUMBER}


# What an ECT has in JSON and CSV, in this order.
ECT_KEYS = [
    "id",
    "trn",
    "name",
    "email",
    "status",
    "at_school",
    "started_on",
    "finished_on",
    "working_pattern",
    "expected_training_start_year",
    "appropriate_body",
    "programme",
    "lead_provider",
    "delivery_partner",
    "training",
    "mentor",
    "outcome_of_induction",
    "funding",
    "funding_needs",
    "without_mentor",
]


# And what a mentor has.
MENTOR_KEYS = [
    "id",
    "trn",
    "name",
    "email",
    "started_on",
    "finished_on",
    "lead_provider",
    "training",
]


def a_registration(**changes: Any) -> Document:
    """Of Maya at the newcomer's; a key that becomes ``...`` is left out."""
    document = {
        "school": NEWCOMER,
        "trn": MAYA,
        "date_of_birth": BORN.get(changes.get("trn", MAYA), ANOTHER_DAY),
        "national_insurance_number": None,
        "corrected_name": None,
        "email": "maya@example.org",
        "start_date": "2025-09-01",
        "working_pattern": "full_time",
        "reuse_previous_choices": False,
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": PROVIDER,
    }
    return {key: value for key, value in (document | changes).items() if value is not ...}


def a_partnership(**changes: Any) -> Document:
    """Of the newcomer, for this year."""
    document = {
        "school": NEWCOMER,
        "lead_provider": PROVIDER,
        "delivery_partner": PARTNER,
        "year": 2025,
    }
    return {key: value for key, value in (document | changes).items() if value is not ...}


def _person(trn: str, **changes: Any) -> Document:
    return {
        "trn": trn,
        "date_of_birth": BORN[trn],
        "national_insurance_number": NUMBERS[trn],
        "first_name": "Maya",
        "middle_name": "",
        "last_name": "Okonkwo",
        "induction_status": "RequiredToComplete",
        "qts_from": "2024-07-05",
    } | changes


def _ect(trn: str, **changes: Any) -> Document:
    return {
        "school": VETERAN,
        "trn": trn,
        "email": f"{trn}@example.org",
        "started_on": "2024-09-02",
        "registered_on": "2024-07-01",
        "working_pattern": "full_time",
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": PROVIDER,
    } | changes


WORLD: dict[str, list[Document]] = {
    "academic_years": [
        {"year": 2024, "open_for_registration": True},
        {"year": 2025, "open_for_registration": True},
    ],
    "schools": [
        {"urn": VETERAN, "name": "Larkfield School"},
        {"urn": NEWCOMER, "name": "Millbrook School"},
        {"urn": CLOSED, "name": "Northgate School", "status": "closed"},
    ],
    "appropriate_bodies": [
        {"name": HUB, "kind": "teaching_school_hub"},
        {"name": OLD_HUB, "kind": "teaching_school_hub", "active_until": "2025-09-12"},
        {"name": COUNCIL, "kind": "local_authority"},
    ],
    "lead_providers": [
        {"name": PROVIDER, "years": [2024, 2025]},
        {"name": FORMER_PROVIDER, "years": [2024]},
    ],
    "delivery_partners": [
        {"name": PARTNER, "works_with": [{"lead_provider": PROVIDER, "years": [2024, 2025]}]},
        {"name": "Marigold Teaching Network", "works_with": []},
    ],
    "partnerships": [
        {"school": VETERAN, "lead_provider": PROVIDER, "delivery_partner": PARTNER, "year": 2025}
    ],
    "trs_people": [
        _person(MAYA),
        _person(OMAR, first_name="=Omar", last_name="Haddad"),
        _person(LEAVER, first_name="Lena", last_name="Vance"),
        _person(PASSED, induction_status="Passed"),
        _person(EIGHTEEN),
        _person(LEAP),
        _person(MERGED, state="merged", merged_into=RETAINED),
        _person(RETAINED, first_name="Rhian", last_name="Pryce"),
        _person(MENTOR, first_name="Noor", last_name="Siddiqui", induction_status="Passed"),
    ],
    "ects": [
        _ect(OMAR),
        _ect(LEAVER, finished_on="2025-09-12", email="lena@example.org"),
    ],
    "mentors": [
        {
            "school": VETERAN,
            "trn": MENTOR,
            "email": "noor@example.org",
            "started_on": "2024-09-02",
            "finished_on": "2026-07-20",
        }
    ],
}


def a_world(**changes: Any) -> dict[str, list[Document]]:
    """The world, with some of its parts replaced."""
    return deepcopy(WORLD) | changes


def world_file(folder: Path, world: object = WORLD) -> Path:
    """A world on disk."""
    file = folder / "world.json"
    file.write_text(json.dumps(world), encoding="utf-8")
    return file
