"""One person for each row of TRS's contract, and what registering them comes to."""

from __future__ import annotations

from typing import Any

from integration.cli.town import ANOTHER_DAY, ANOTHER_NUMBER, BORN, MAYA, NUMBERS, a_world

ALERT = "Prohibition from teaching"
BORN_ON, NUMBER = BORN[MAYA], NUMBERS[MAYA]

# What TRS has on record; what a school types; what comes of it.
ROWS = {
    "all is well": ({}, {}, (0, "registered", None)),
    "no induction, no QTS": (
        {"induction_status": "None", "qts_from": None},
        {},
        (0, "registered", None),
    ),
    "required to complete": (
        {"induction_status": "RequiredToComplete"},
        {},
        (0, "registered", None),
    ),
    "in progress": ({"induction_status": "InProgress"}, {}, (0, "registered", None)),
    "passed": ({"induction_status": "Passed"}, {}, (1, "refused", "induction-passed")),
    "failed": ({"induction_status": "Failed"}, {}, (1, "refused", "induction-failed")),
    "failed in Wales": (
        {"induction_status": "FailedInWales"},
        {},
        (1, "refused", "induction-failed"),
    ),
    "exempt": ({"induction_status": "Exempt"}, {}, (1, "refused", "induction-exempt")),
    "a new status": (
        {"induction_status": "Postponed"},
        {},
        (3, "unavailable", "unknown-induction-status"),
    ),
    "prohibited": ({"alert_categories": [ALERT]}, {}, (1, "refused", "prohibited-from-teaching")),
    "another alert": ({"alert_categories": ["Restriction"]}, {}, (0, "registered", None)),
    "unknown": (None, {}, (1, "refused", "trn-not-found")),
    "deactivated": ({"state": "deactivated"}, {}, (1, "refused", "trn-not-found")),
    "merged": ({"state": "merged", "merged_into": "2000001"}, {}, (0, "registered", None)),
    "merged, another date": (
        {"state": "merged", "merged_into": "2000001"},
        {"date_of_birth": ANOTHER_DAY},
        (2, "needs", "date-of-birth-differs"),
    ),
    "merged into deactivated": (
        {"state": "merged", "merged_into": "2000002"},
        {},
        (1, "refused", "trn-not-found"),
    ),
    "another date": ({}, {"date_of_birth": ANOTHER_DAY}, (2, "needs", "date-of-birth-differs")),
    "the number matches": (
        {},
        {"date_of_birth": ANOTHER_DAY, "national_insurance_number": NUMBER},
        (0, "registered", None),
    ),
    "the number differs": (
        {},
        {"date_of_birth": ANOTHER_DAY, "national_insurance_number": ANOTHER_NUMBER},
        (1, "refused", "details-do-not-match"),
    ),
    "no number on record": (
        {"national_insurance_number": None},
        {"date_of_birth": ANOTHER_DAY, "national_insurance_number": NUMBER},
        (1, "refused", "details-do-not-match"),
    ),
    "no date on record": (
        {"date_of_birth": None},
        {},
        (3, "unavailable", "trs-unavailable"),
    ),
}
TRNS = {name: f"30000{number:02}" for number, name in enumerate(ROWS)}


def person(trn: str, **changes: Any) -> dict[str, Any]:
    """On record as everybody is here."""
    return {
        "trn": trn,
        "date_of_birth": BORN_ON,
        "national_insurance_number": NUMBER,
        "first_name": "Maya",
        "last_name": "Okonkwo",
        "induction_status": "RequiredToComplete",
        "qts_from": "2024-07-05",
    } | changes


def world_of_the_contract() -> dict[str, Any]:
    """Everybody, beside the people of the town."""
    people = [
        person(TRNS[name], **on_record)
        for name, (on_record, _, _) in ROWS.items()
        if on_record is not None
    ]
    retained = [person("2000001"), person("2000002", state="deactivated")]
    world = a_world(ects=[])
    world["trs_people"] += [*people, *retained]
    return world
