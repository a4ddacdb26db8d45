"""A small world about mentors: ECTs who need one or cannot have one, and people who may mentor.

Everybody has the second facts of Maya, which are searched for wherever something is put out.
"""

from __future__ import annotations

from typing import Any

from integration.cli.town import BORN, HUB, NUMBERS
from integration.cli.town import MAYA as ANYBODY

Document = dict[str, Any]

HERE, THERE, CLOSED = "100001", "100002", "100003"  # schools
PROVIDER, RIVAL, FORMER_PROVIDER = "Teach First", "Ambition Institute", "Capita"
PARTNER = "Lantern Learning Alliance"

# ECTs. All but the last are at the same school.
MAYA, SAM, JANUARY, OCTOBER = "1000001", "1000002", "1000003", "1000004"
LEFT, DONE, SUPPORTED, STRANDED = "1000005", "1000006", "1000007", "1000008"
BOTH, AWAY, SHUT = "1000009", "1000010", "1000011"
ECTS_HERE = (MAYA, SAM, JANUARY, OCTOBER, LEFT, DONE, SUPPORTED, STRANDED, BOTH)

# Mentors, and people who may become one.
NOOR, AUTUMN, SPRING, GONE = "2000001", "2000002", "2000003", "2000004"
ELSEWHERE, PIONEER, FINISHED, LATE = "2000005", "2000006", "2000007", "2000008"
NEW, BANNED, OLD_MAYA, DORMANT = "2000009", "2000010", "2000011", "2000012"
OLD_NEW, PASSED = "2000013", "2000014"

BORN_ON, NUMBER = BORN[ANYBODY], NUMBERS[ANYBODY]


def _person(trn: str, **changes: Any) -> Document:
    return {
        "trn": trn,
        "date_of_birth": BORN_ON,
        "national_insurance_number": NUMBER,
        "first_name": "Person",
        "last_name": trn,
        "induction_status": "RequiredToComplete",
    } | changes


def _ect(trn: str, **changes: Any) -> Document:
    return {
        "school": HERE,
        "trn": trn,
        "email": f"{trn}@example.org",
        "started_on": "2025-09-01",
        "registered_on": "2025-07-01",
        "working_pattern": "full_time",
        "appropriate_body": HUB,
        "programme": "provider_led",
        "lead_provider": PROVIDER,
    } | changes


def _mentor(trn: str, **changes: Any) -> Document:
    period = {"school": HERE, "trn": trn, "started_on": "2024-09-02"}
    return period | {"email": f"{trn}@example.org"} | changes


WORLD: dict[str, list[Document]] = {
    "academic_years": [{"year": y, "open_for_registration": True} for y in (2024, 2025)],
    "schools": [
        {"urn": HERE, "name": "Larkfield School"},
        {"urn": THERE, "name": "Millbrook School"},
        {"urn": CLOSED, "name": "Northgate School", "status": "closed"},
    ],
    "appropriate_bodies": [{"name": HUB, "kind": "teaching_school_hub"}],
    "lead_providers": [
        {"name": PROVIDER, "years": [2024, 2025, 2026]},
        {"name": RIVAL, "years": [2025]},
        {"name": FORMER_PROVIDER, "years": [2024]},
    ],
    "delivery_partners": [
        {"name": PARTNER, "works_with": [{"lead_provider": PROVIDER, "years": [2025]}]}
    ],
    "partnerships": [
        {"school": HERE, "lead_provider": PROVIDER, "delivery_partner": PARTNER, "year": 2025}
    ],
    "trs_people": [
        *(_person(trn) for trn in (*ECTS_HERE, AWAY, SHUT)),
        *(_person(trn) for trn in (NOOR, AUTUMN, SPRING, GONE, ELSEWHERE)),
        *(_person(trn) for trn in (PIONEER, FINISHED, LATE, NEW)),
        _person(BANNED, alert_categories=["Prohibition from teaching"]),
        _person(OLD_MAYA, state="merged", merged_into=MAYA),
        _person(OLD_NEW, state="merged", merged_into=NEW),
        _person(DORMANT, state="deactivated"),
        _person(PASSED, induction_status="Passed", qts_from="2010-07-01"),
    ],
    "ects": [
        _ect(MAYA),
        _ect(SAM, programme="school_led", lead_provider=None),
        _ect(JANUARY, started_on="2026-01-05"),
        _ect(OCTOBER, finished_on="2025-10-24"),
        _ect(LEFT, finished_on="2025-09-09"),
        _ect(DONE, completed=True),
        _ect(SUPPORTED),
        _ect(
            STRANDED,
            started_on="2024-09-02",
            registered_on="2024-07-01",
            lead_provider=FORMER_PROVIDER,
        ),
        _ect(BOTH),
        _ect(AWAY, school=THERE),
        _ect(SHUT, school=CLOSED),
    ],
    "mentors": [
        _mentor(NOOR),
        _mentor(AUTUMN, finished_on="2025-10-17"),
        _mentor(SPRING, started_on="2026-01-05"),
        _mentor(GONE, started_on="2023-09-01", finished_on="2025-08-31"),
        _mentor(ELSEWHERE, school=THERE),
        _mentor(BOTH),
    ],
    "mentorships": [
        {"school": HERE, "ect_trn": SUPPORTED, "mentor_trn": NOOR, "started_on": "2025-09-01"},
        {"school": THERE, "ect_trn": AWAY, "mentor_trn": ELSEWHERE, "started_on": "2025-09-01"},
    ],
    "mentor_training_history": [
        {"trn": PIONEER, "early_roll_out": True},
        {"trn": FINISHED, "completed_on": "2025-09-10"},
        {"trn": LATE, "timed_out_on": "2025-09-10"},
    ],
}
