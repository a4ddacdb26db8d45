"""World files: what a right one says, and what is none at all."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.world_file import parse
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import Programme, ProgrammeChoices
from ect_registration.domain.school import (
    AppropriateBody,
    BodyKind,
    DeliveryPartner,
    Pairing,
    School,
    SchoolStatus,
    SchoolType,
)
from ect_registration.domain.values import Trn, Urn
from ect_registration.domain.world import InvalidWorld, TrsPerson, World, WorldEct
from entrypoints.demo import demo_world_text
from world_files import RIGHT, changed, mistake_in, with_another


def test_a_right_world_is_read() -> None:
    """The world that the other tests spoil has nothing wrong with it."""
    world = parse(json.dumps(RIGHT))

    assert world.ects == (
        WorldEct(
            school=Urn("100001"),
            trn=Trn("1000001"),
            email=Email("a@example.org"),
            period=Period(date(2024, 9, 1), date(2025, 7, 18)),
            registered_on=date(2024, 9, 1),
            choices=ProgrammeChoices("Alpha Hub", Programme.PROVIDER_LED, "Harbour"),
        ),
    )


def test_every_part_may_be_missing() -> None:
    """An empty object is a world, if a dull one."""
    assert parse("{}") == World()


def test_what_a_row_leaves_out_has_a_default() -> None:
    """A school is state funded, open and in England, a record active, unless the file says so."""
    world = parse(json.dumps(RIGHT))

    assert (world.schools[0], world.appropriate_bodies[0], world.trs_people[1]) == (
        School(
            Urn("100001"),
            "Larkfield School",
            SchoolType.STATE_FUNDED,
            section_41=False,
            status=SchoolStatus.OPEN,
            in_england=True,
        ),
        AppropriateBody("Alpha Hub", BodyKind.TEACHING_SCHOOL_HUB, None, date(2025, 9, 1)),
        TrsPerson(Trn("1000002"), "C", "D", "", None, None, "active", None, "None", None, ()),
    )


def test_a_school_has_the_states_and_facts_of_gias() -> None:
    """Four states, three types, a URN of five to seven digits, and what else is published."""
    facts = {
        "urn": "1000001",
        "name": "New Meadows Primary School",
        "type": "not_eligible",
        "status": "proposed_to_open",
        "opened_on": "2026-09-01",
        "closed_on": None,
        "local_authority": "Harbourshire",
        "region": "South West",
        "phase": "Primary",
    }

    assert parse(json.dumps({"schools": [facts]})).schools == (
        School(
            Urn("1000001"),
            "New Meadows Primary School",
            SchoolType.NOT_ELIGIBLE,
            status=SchoolStatus.PROPOSED_TO_OPEN,
            opened_on=date(2026, 9, 1),
            local_authority="Harbourshire",
            region="South West",
            phase="Primary",
        ),
    )


def test_records_brought_in_may_lack_an_email() -> None:
    """Null is not known; two of them share no address."""
    world = with_another("ects", trn="1000002", email=None)
    world["ects"][0]["email"] = None
    world["mentors"][0]["email"] = None

    found = parse(json.dumps(world))

    assert [row.email for row in (*found.ects, *found.mentors)] == [None] * 3


def test_a_delivery_partner_has_a_pairing_for_each_year() -> None:
    """Who works with whom is known year by year."""
    pairing = Pairing("Harbour", "Lantern", AcademicYear(2025))

    assert parse(json.dumps(RIGHT)).delivery_partners == (
        DeliveryPartner("Lantern", frozenset({pairing})),
    )


@pytest.mark.parametrize("text", ["\ufeff{}", b"\xef\xbb\xbf{}", b" {} \n"])
def test_how_an_editor_saves_does_not_matter(text: str | bytes) -> None:
    """A byte order mark and blanks around the JSON are passed over."""
    assert parse(text) == World()


def test_organisations_may_be_named_in_any_case_and_with_any_blanks() -> None:
    """Accents do not count either; loading finds the one that is meant."""
    world = deepcopy(RIGHT)
    world["delivery_partners"][0]["works_with"][0]["lead_provider"] = "HARBOUR"
    world["partnerships"][0] |= {"lead_provider": "Hár bour", "delivery_partner": "lantern"}
    world["ects"][0] |= {"appropriate_body": "alpha  hub", "lead_provider": "harbour"}

    assert parse(json.dumps(world)).ects[0].choices.appropriate_body == "alpha  hub"


def test_items_keep_their_places() -> None:
    """The n-th item of each part of the demo world is the n-th of its file."""
    file, world = json.loads(demo_world_text()), parse(demo_world_text())

    assert [str(ect.trn) for ect in world.ects] == [row["trn"] for row in file["ects"]]
    assert {part: len(rows) for part, rows in file.items()} == {
        part: len(getattr(world, part)) for part in file
    }


def test_a_record_may_be_merged_into_a_merged_one() -> None:
    """Merging twice is a history, not a mistake."""
    world = deepcopy(RIGHT)
    world["trs_people"][0] |= {"state": "merged", "merged_into": "1000002"}
    world["trs_people"][1] |= {"state": "merged", "merged_into": "1000003"}

    assert parse(json.dumps(world)).trs_people[1].merged_into == Trn("1000003")


def test_an_ect_may_go_and_come_back() -> None:
    """Two periods of one ECT may follow each other, from one day to the next."""
    world = with_another("ects", started_on="2025-07-19", finished_on=None)

    assert len(parse(json.dumps(world)).ects) == 2


def test_a_mentor_may_be_at_two_schools_under_one_address() -> None:
    """Periods at different schools may overlap, and people may use their own address again."""
    world = with_another("mentors", school="100002")
    world["schools"].append({"urn": "100002", "name": "Another"})

    assert len(parse(json.dumps(world)).mentors) == 2


@pytest.mark.parametrize(
    ("text", "path", "problem"),
    [
        ("", "$", "valid JSON"),
        ("{", "$", "line 1, column 2"),
        ("[]", "$", "Give an object"),
        ("null", "$", "Give an object"),
        ("{'schools': []}", "$", "valid JSON"),
        ('{"schools": [}', "$", "valid JSON"),
        ('{"academic_years": [{"year": NaN}]}', "$", "NaN"),
        ('{"academic_years": [{"year": -Infinity}]}', "$", "NaN"),
        ('{"academic_years": [{"year": 1e999}]}', "academic_years[0].year", "Give the year"),
        ('{"academic_years": [{"year": ' + "9" * 5000 + "}]}", "$", "number"),
        ("[" * 100_000, "$", "less deeply"),
        ('{"schools":' * 100_000, "$", "less deeply"),
        ('{"schools":' + "[" * 900 + "]" * 900 + "}", "schools[0]", "Give an object"),
        ("\x00", "$", "valid JSON"),
        ('{"schools": "\x00"}', "$", "valid JSON"),
        ('{"sch\\u0000ools": []}', '["sch\\u0000ools"]', "Remove this key"),
        ('{"' + "x" * 99 + '": 1}', f'["{"x" * 40}"]', "Remove this key"),
        (b"\xff\xfe{\x00}\x00", "$", "UTF-8"),
        ('{"schools": [], "schools": []}', "schools", "once"),
        ('{"schools": [{"urn": "1", "urn": "2"}]}', "schools[0].urn", "once"),
        (b" " * 50_000_001, "$", "Split"),
    ],
)
def test_what_is_no_world_at_all(text: str | bytes, path: str, problem: str) -> None:
    """A file that is broken, or too large, too deep or ambiguous, is a mistake like any other."""
    mistake = mistake_in(text)

    assert (mistake.path, problem in mistake.problem) == (path, True), mistake


def test_a_large_world_is_read() -> None:
    """20,000 ECTs, each with a record, are read like one."""
    world = deepcopy(RIGHT)
    for number in range(2_000_000, 2_020_000):
        trn = str(number)
        world["trs_people"].append(world["trs_people"][0] | {"trn": trn})
        world["ects"].append(world["ects"][0] | {"trn": trn, "email": f"{trn}@example.org"})

    assert len(parse(json.dumps(world)).ects) == 20_001


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
likely_values = st.sampled_from(
    ["1000001", "1000003", "100001", "Harbour", "2025-01-01", "merged", "", 2024, True, None, {}]
)
paths = st.sampled_from(
    [
        f"{part}[{index}].{key}"
        for part, rows in RIGHT.items()
        for index, row in enumerate(rows)
        for key in row
    ]
)


def path_of_the_mistake(text: str | bytes) -> str | None:
    """Where it is; None in a right world."""
    try:
        parse(text)
    except InvalidWorld as mistake:
        return mistake.path
    return None


@given(st.text() | st.binary() | json_values.map(json.dumps))
def test_anything_else_is_a_mistake_and_nothing_worse(text: str | bytes) -> None:
    """Whatever a file holds, it is a world or it has a mistake with a path."""
    assert path_of_the_mistake(text) != ""


@given(path=paths, value=json_values | likely_values)
def test_a_spoilt_world_is_a_mistake_and_nothing_worse(path: str, value: object) -> None:
    """Whatever stands in place of a value, the world is right or has a mistake with a path."""
    assert path_of_the_mistake(json.dumps(changed(path, value))) != ""


def test_a_file_is_read_as_it_looks() -> None:
    """Invisible characters and odd blanks and dashes come from copying, wherever they are."""
    world = deepcopy(RIGHT)
    world["schools"][0] |= {"urn": "1000\u200b01", "name": "Larkfield\u00a0School\ufeff"}
    world["trs_people"][0] |= {"date_of_birth": "1999\u201301\u201131", "last_name": "\u200eB"}
    world["ects"][0]["email"] += "\u2060"
    world["appropriate_bodies"][0]["kind"] += "\u200b"

    assert parse(json.dumps(world)) == parse(json.dumps(RIGHT))


def test_a_record_may_have_no_name() -> None:
    """As some in TRS have none."""
    world = deepcopy(RIGHT)
    world["trs_people"].append({"trn": "1000009", "first_name": ".", "last_name": ""})

    assert parse(json.dumps(world)).trs_people[-1].name == ""
