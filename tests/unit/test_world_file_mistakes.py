"""Mistakes in world files: each is reported with its path, and what to do about it."""

from __future__ import annotations

import traceback
from copy import deepcopy
from typing import Any

import pytest

from world_files import MISSING, RIGHT, changed, mistake_in, with_another

TEXT, LIST, OBJECT = "Give a text", "Give a list", "Give an object"
YES_OR_NO, DATE, YEAR = "Give true or false", "Enter a real date", "Give the year"
UNKNOWN_KEY, NOT_DEFINED = "Remove this key", "it is not there"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        # What there is no place for
        ("colours", [], UNKNOWN_KEY),
        ("schools[0].colour", "red", UNKNOWN_KEY),
        ("delivery_partners[0].works_with[0].colour", "red", UNKNOWN_KEY),
        # What is missing
        ("academic_years[0].open_for_registration", MISSING, "Add this key"),
        ("schools[0].name", MISSING, "Add this key"),
        ("ects[0].started_on", MISSING, "Add this key"),
        ("mentorships[0].mentor_trn", MISSING, "Add this key"),
        # Of the wrong type
        ("schools", {"urn": "100001"}, LIST),
        ("schools", "100001", LIST),
        ("schools", None, LIST),
        ("schools[0]", "100001", OBJECT),
        ("schools[0]", ["100001"], OBJECT),
        ("schools[0].name", 5, TEXT),
        ("schools[0].name", None, TEXT),
        ("schools[0].urn", 100001, TEXT),
        ("schools[0].section_41", 1, YES_OR_NO),
        ("schools[0].in_england", "true", YES_OR_NO),
        ("academic_years[0].year", True, YEAR),
        ("academic_years[0].year", "2025", YEAR),
        ("academic_years[0].year", 2025.0, YEAR),
        ("lead_providers[0].years", 2025, LIST),
        ("lead_providers[0].years[1]", None, YEAR),
        ("trs_people[0].trn", 1000001, TEXT),
        ("trs_people[0].date_of_birth", 19990131, TEXT),
        ("trs_people[0].alert_categories", "Prohibition from teaching", LIST),
        ("trs_people[0].induction_status", None, TEXT),
        ("ects[0].completed", 0, YES_OR_NO),
        ("mentor_training_history[0].early_roll_out", None, YES_OR_NO),
        # Of the wrong form
        ("schools[0].name", "  ", "not empty"),
        ("schools[0].name", "x" * 301, "Shorten"),
        ("schools[0].name", "a\u0000b", "control characters"),
        ("schools[0].name", "a\ud800b", "control characters"),
        ("schools[0].name", "a\u202eb", "control characters"),
        ("schools[0].name", "\u200b\ufeff", "not empty"),
        ("trs_people[0].last_name", "B\u2067", "control characters"),
        ("schools[0].urn", "\u200b", "not empty"),
        ("schools[0].urn", "1000\x1b01", "control characters"),
        ("schools[0].urn", "1234", "URN"),
        ("schools[0].type", "academy", "state_funded, independent, not_eligible"),
        ("schools[0].status", "shut", "open, proposed_to_open, proposed_to_close, closed"),
        ("appropriate_bodies[0].kind", "hub", "teaching_school_hub, national, local_authority"),
        ("academic_years[0].year", 25, "from 1900"),
        ("trs_people[0].trn", "12345678", "TRN"),
        ("trs_people[0].trn", "१२३४५६७", "TRN"),
        ("trs_people[0].national_insurance_number", "BG123456A", "National Insurance number"),
        ("trs_people[0].date_of_birth", "31/01/1999", DATE),
        ("trs_people[0].qts_from", "2025-02-29", DATE),
        ("trs_people[0].date_of_birth", "0099-01-31", "from 1900-01-01"),
        ("trs_people[0].state", "retired", "active, deactivated, merged"),
        ("ects[0].email", "a@example", "email address"),
        ("ects[0].working_pattern", "half_time", "full_time, part_time"),
        ("ects[0].programme", "diy", "provider_led, school_led"),
        ("users[0].email", "h", "email address"),
        # That cannot be true
        ("ects[0].finished_on", "2024-08-31", "on or after started_on"),
        ("mentors[0].finished_on", "2024-08-31", "on or after started_on"),
        ("ects[0].lead_provider", None, "leads the training"),
        ("trs_people[0].merged_into", "1000002", "make state merged"),
        # That the file does not define
        ("delivery_partners[0].works_with[0].lead_provider", "Nobody", NOT_DEFINED),
        ("partnerships[0].school", "100002", NOT_DEFINED),
        ("partnerships[0].lead_provider", "Nobody", NOT_DEFINED),
        ("partnerships[0].delivery_partner", "Nobody", NOT_DEFINED),
        ("ects[0].school", "100002", NOT_DEFINED),
        ("ects[0].trn", "1000009", NOT_DEFINED),
        ("ects[0].appropriate_body", "Nobody", NOT_DEFINED),
        ("ects[0].lead_provider", "Nobody", NOT_DEFINED),
        ("mentors[0].school", "100002", NOT_DEFINED),
        ("mentors[0].trn", "1000009", NOT_DEFINED),
        ("mentorships[0].school", "100002", NOT_DEFINED),
        ("mentorships[0].ect_trn", "1000009", NOT_DEFINED),
        ("mentorships[0].mentor_trn", "1000009", NOT_DEFINED),
        ("users[0].school", "100002", NOT_DEFINED),
        # That does not fit together
        ("mentorships[0].mentor_trn", "1000001", "an ECT cannot be their own mentor"),
        ("mentorships[0].mentor_trn", "1000003", "no period under mentors"),
        ("mentorships[0].ect_trn", "1000003", "no period under ects"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(path: str, value: object, problem: str) -> None:
    """One value that cannot stand is reported where it stands, with what to do about it."""
    mistake = mistake_in(changed(path, value))

    assert (mistake.path, problem in mistake.problem) == (path, True), mistake


@pytest.mark.parametrize(
    ("world", "path", "problem"),
    [
        # The same thing twice
        (with_another("academic_years", open_for_registration=False), ".year", "Remove one"),
        (with_another("schools", name="Another"), ".urn", "Remove one"),
        (with_another("appropriate_bodies", kind="national"), ".name", "Remove one"),
        (with_another("lead_providers", years=[]), ".name", "Remove one"),
        (with_another("delivery_partners", works_with=[]), ".name", "Remove one"),
        (with_another("partnerships"), "", "school and lead_provider and year"),
        (with_another("mentor_training_history"), ".trn", "Remove one"),
        (with_another("users", name="Another"), ".id", "Remove one"),
        (with_another("ects", finished_on=None), "", "school and trn and started_on"),
        # Two periods that share a day
        (with_another("ects", started_on="2025-07-18", finished_on=None), "", "ects[0]"),
        (with_another("ects", started_on="2023-09-01", finished_on="2024-09-01"), "", "ects[0]"),
        (with_another("mentors", started_on="2030-01-01"), "", "mentors[0]"),
        (with_another("mentorships", started_on="2024-10-01"), "", "mentorships[0]"),
        # One mailbox, two people
        (with_another("mentors", trn="1000003", email="C@Example.ORG"), ".email", "mentors[0]"),
    ],
)
def test_two_rows_that_contradict_each_other(
    world: dict[str, Any], path: str, problem: str
) -> None:
    """The later row is named as the mistake, and the earlier one in what is said about it."""
    [part] = [part for part, rows in world.items() if len(rows) > len(RIGHT[part])]
    mistake = mistake_in(world)

    assert (mistake.path, problem in mistake.problem) == (f"{part}[1]{path}", True), mistake


def test_one_person_has_one_record() -> None:
    """A TRN stands once among the people of TRS."""
    assert mistake_in(changed("trs_people[2].trn", "1000001")).path == "trs_people[2].trn"


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("partnerships[0].year", 2024, "partnerships[0]"),
        ("ects[0].programme", "school_led", "ects[0].lead_provider"),
        ("ects[0].programme", None, "ects[0].lead_provider"),
        ("ects[0].finished_on", "2025-07-17", "mentorships[0].ect_trn"),
        ("mentors[0].started_on", "2024-09-02", "mentorships[0].mentor_trn"),
        ("mentorships[0].started_on", "2024-08-31", "mentorships[0].ect_trn"),
        ("mentorships[0].finished_on", None, "mentorships[0].ect_trn"),
        ("appropriate_bodies[0]", {}, "appropriate_bodies[0].name"),
        ("appropriate_bodies[0].active_from", "2025-09-02", "appropriate_bodies[0].active_until"),
    ],
)
def test_a_value_that_spoils_another(path: str, value: object, at: str) -> None:
    """What no longer fits is named, not what it was meant to fit."""
    assert mistake_in(changed(path, value)).path == at


@pytest.mark.parametrize(
    ("states", "path"),
    [
        ({0: {"state": "merged"}}, "trs_people[0].merged_into"),
        ({0: {"state": "merged", "merged_into": "1000009"}}, "trs_people[0].merged_into"),
        ({1: {"state": "merged", "merged_into": "1000002"}}, "trs_people[1].merged_into"),
        (
            {
                0: {"state": "merged", "merged_into": "1000002"},
                1: {"state": "merged", "merged_into": "1000001"},
            },
            "trs_people[0].merged_into",
        ),
    ],
)
def test_a_merge_leads_to_a_record(states: dict[int, dict[str, str]], path: str) -> None:
    """A merged record says into which other, and following merges comes to an end."""
    world = deepcopy(RIGHT)
    for index, state in states.items():
        world["trs_people"][index] |= state

    assert mistake_in(world).path == path


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        ("trs_people[0].date_of_birth", "31-01-1999"),
        ("trs_people[0].national_insurance_number", "GB987654A"),
        ("trs_people[0].state", "GB987654A"),
    ],
)
def test_a_secret_is_not_repeated(path: str, secret: str) -> None:
    """What is wrong with a date of birth or a number is said without saying the number."""
    mistake = mistake_in(changed(path, secret))

    assert secret not in "".join(traceback.format_exception(mistake))


@pytest.mark.parametrize("part", ["ects", "mentors"])
@pytest.mark.parametrize("last_name", [".", "", "x" * 300])
def test_people_at_schools_have_a_name_to_show(part, last_name) -> None:
    """TRS may keep a record without a name, or with too long a one: a list of ECTs may not."""
    world = deepcopy(RIGHT)
    trn = world[part][0]["trn"]
    [person] = [each for each in world["trs_people"] if each["trn"] == trn]
    middle = "x" * 300 if len(last_name) > 1 else ""
    person |= {"first_name": middle and "X", "middle_name": middle, "last_name": last_name}

    mistake = mistake_in(world)

    assert mistake.path == f"{part}[0].trn"
    assert mistake.problem.startswith("Give this person a name")


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("schools", "name"),
        ("schools", "region"),
        ("appropriate_bodies", "name"),
        ("lead_providers", "name"),
        ("delivery_partners", "name"),
    ],
)
def test_a_name_that_no_store_can_hold_is_a_mistake_with_its_place(part: str, key: str) -> None:
    """Left to the database, it would be a refusal that names neither the row nor the remedy."""
    world = deepcopy(RIGHT)
    world[part][0][key] = "x" * 201
    mistake = mistake_in(world)

    assert (mistake.path, mistake.problem) == (
        f"{part}[0].{key}",
        "Shorten this to 200 characters",
    )


@pytest.mark.parametrize("key", ["la_code", "new_la_code", "ukprn"])
def test_a_code_that_no_store_can_hold_is_a_mistake_with_its_place(key: str) -> None:
    """Codes are shorter than names."""
    world = deepcopy(RIGHT)
    world["schools"][0][key] = "9" * 21
    mistake = mistake_in(world)

    assert (mistake.path, mistake.problem) == (
        f"schools[0].{key}",
        "Shorten this to 20 characters",
    )


@pytest.mark.parametrize(
    ("part", "spelling"),
    [
        ("appropriate_bodies", "alpha  HUB"),
        ("lead_providers", "Hárbour"),
        ("delivery_partners", " lan tern"),
    ],
)
def test_names_of_organisations_that_are_one_are_a_mistake(part: str, spelling: str) -> None:
    """Case, accents and blanks do not tell two organisations apart."""
    mistake = mistake_in(with_another(part, name=spelling))

    assert (mistake.path, mistake.problem) == (
        f"{part}[1].name",
        f"Remove one: {part}[0] has the same name",
    )
