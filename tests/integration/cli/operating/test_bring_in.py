"""Records from elsewhere come by file, under every guarantee and no rule about dates."""

from __future__ import annotations

import json

import pytest

from integration.cli.terminal import ect
from integration.cli.town import (
    HUB,
    MAYA,
    MENTOR,
    MERGED,
    NEWCOMER,
    OMAR,
    PROVIDER,
    RETAINED,
    UNKNOWN,
    VETERAN,
)

ECTS = (
    "school,trn,email,started_on,finished_on,completed,registered_on,working_pattern,"
    "appropriate_body,programme,lead_provider"
)
MENTORS = "school,trn,email,started_on,finished_on"
MENTORSHIPS = "school,ect_trn,mentor_trn,started_on,finished_on"
MAYAS = f"{NEWCOMER},{MAYA},maya@example.org,2022-09-01,,,2022-07-01,,,,"


def bring(settings, kind, header, *rows, options=()):
    """Bring in a file of these rows."""
    text = "\r\n".join([header, *rows]).encode()
    return ect("bulk", "bring-in", kind, "-", *options, stdin=text, **settings)


def at(settings, school, what="ects"):
    """The ECTs or mentors of a school."""
    return ect(what, "--school", school, "--format", "json", **settings).json


def test_records_are_brought_in_as_they_are(settings):
    """Names come from TRS; long ago is no mistake, and nothing is asked of what was not known."""
    days = "01/09/2021,2022-08-31,yes,2021-07-01"
    merged = f"{NEWCOMER},{MERGED},,{days},part_time,{HUB},provider_led,{PROVIDER}"
    ran = bring(settings, "ects", ECTS, MAYAS, merged)
    kept = {each["trn"]: each for each in at(settings, NEWCOMER)}

    assert (ran.status, ran.json) == (
        0,
        {"rows": 2, "added": 2, "there_already": 0, "mistakes": []},
    )
    assert (kept[MAYA]["name"], kept[MAYA]["programme"]) == ("Maya Okonkwo", None)
    assert (kept[RETAINED]["at_school"], kept[RETAINED]["lead_provider"]) == (
        "completed",
        PROVIDER,
    )


def test_json_lines_are_brought_in_as_csv_is(settings):
    """With true and null for a cell."""
    row = {"school": NEWCOMER, "trn": MAYA, "email": None, "started_on": "2021-09-01"}
    row |= {"completed": True, "registered_on": "2021-07-01"}
    ran = ect("bulk", "bring-in", "ects", "-", stdin=json.dumps(row).encode(), **settings)
    [kept] = at(settings, NEWCOMER)

    assert (ran.status, ran.json["added"]) == (0, 1)
    assert (kept["trn"], kept["email"], kept["at_school"]) == (MAYA, None, "completed")


def test_given_again_nothing_is_added(settings):
    """Records are known by person, school and first day."""
    bring(settings, "ects", ECTS, MAYAS)
    before = at(settings, NEWCOMER)
    ran = bring(settings, "ects", ECTS, MAYAS)

    assert (ran.status, ran.json["there_already"]) == (0, 1)
    assert at(settings, NEWCOMER) == before


def test_a_dry_run_adds_nothing(settings):
    """It says what would be added."""
    ran = bring(settings, "ects", ECTS, MAYAS, options=["--dry-run"])

    assert (ran.status, ran.json["added"], ran.json["dry_run"]) == (0, 1, True)
    assert at(settings, NEWCOMER) == []


def test_mentors_and_mentorships_follow(settings):
    """A mentorship lies inside the periods of both."""
    bring(settings, "ects", ECTS, MAYAS)
    mentors = bring(
        settings, "mentors", MENTORS, f"{NEWCOMER},{MENTOR},noor@example.org,2022-09-01,"
    )
    mentorship = f"{NEWCOMER},{MAYA},{MENTOR},2022-10-01,"
    first = bring(settings, "mentorships", MENTORSHIPS, mentorship)
    again = bring(settings, "mentorships", MENTORSHIPS, mentorship)
    [maya] = at(settings, NEWCOMER)

    assert [each.status for each in (mentors, first, again)] == [0, 0, 0]
    assert (first.json["added"], again.json["there_already"]) == (1, 1)
    assert maya["mentor"] == "Noor Siddiqui"


MISTAKES = {
    "an unknown TRN": (f"{NEWCOMER},{UNKNOWN},,2022-09-01,,,2022-07-01,,,,", "trn"),
    "an unknown school": (f"999999,{MAYA},,2022-09-01,,,2022-07-01,,,,", "school"),
    "an unknown body": (
        f"{NEWCOMER},{MAYA},,2022-09-01,,,2022-07-01,,Nobody,,",
        "appropriate_body",
    ),
    "an email in use": (
        f"{NEWCOMER},{MAYA},{OMAR}@example.org,2022-09-01,,,2022-07-01,,,,",
        "email",
    ),
    "an overlap": (f"{NEWCOMER},{OMAR},,2024-12-01,,,2024-07-01,,,,", "$"),
    "days in the wrong order": (
        f"{NEWCOMER},{MAYA},,2022-09-01,2022-08-01,,2022-07-01,,,,",
        "finished_on",
    ),
    "no first day": (f"{NEWCOMER},{MAYA},,,,,2022-07-01,,,,", "started_on"),
    "a day long ago": (f"{NEWCOMER},{MAYA},,1822-09-01,,,2022-07-01,,,,", "started_on"),
    "a word": (f"{NEWCOMER},{MAYA},,2022-09-01,,perhaps,2022-07-01,,,,", "completed"),
    "a programme": (f"{NEWCOMER},{MAYA},,2022-09-01,,,2022-07-01,,,core,", "programme"),
    "no lead provider": (
        f"{NEWCOMER},{MAYA},,2022-09-01,,,2022-07-01,,,provider_led,",
        "lead_provider",
    ),
    "a long name": (
        f"{NEWCOMER},{MAYA},,2022-09-01,,,2022-07-01,,{'x' * 301},,",
        "appropriate_body",
    ),
}


@pytest.mark.parametrize(("row", "field"), MISTAKES.values(), ids=MISTAKES)
def test_a_row_with_a_mistake_is_left_out(settings, row, field):
    """Its place is told; the rows beside it are brought in, and nothing of it is left."""
    other = f"{NEWCOMER},{RETAINED},other@example.org,2022-09-01,,,2022-07-01,,,,"
    ran = bring(settings, "ects", ECTS, row, other)

    assert (ran.status, ran.json["added"]) == (1, 1)
    assert [(each["row"], each["field"]) for each in ran.json["mistakes"]] == [(2, field)]
    assert [each["trn"] for each in at(settings, NEWCOMER)] == [RETAINED]


def _mistakes(ran):
    return [(each["row"], each["field"], each["rule"]) for each in ran.json["mistakes"]]


def test_all_mistakes_in_the_cells_of_a_row_are_told(settings):
    """A line for each, in the order of the columns of a world file."""
    row = f"x,{MAYA},nobody,2022-09-31,,perhaps,,half,{'x' * 301},core,"
    ran = bring(settings, "ects", ECTS, row)
    mentorship = bring(settings, "mentorships", MENTORSHIPS, ",,x,,")

    assert _mistakes(ran) == [
        (2, "school", "own-school-only"),
        (2, "email", "email-format"),
        (2, "started_on", None),
        (2, "registered_on", None),
        (2, "completed", None),
        (2, "working_pattern", None),
        (2, "appropriate_body", None),
        (2, "programme", None),
    ]
    assert list(ran.json["mistakes"][0]) == ["row", "rule", "field", "message"]
    assert [field for _, field, _ in _mistakes(mentorship)] == [
        "school",
        "ect_trn",
        "mentor_trn",
        "started_on",
    ]


def test_unknown_names_are_told_together(settings):
    """Each unknown name is told with the rule under which a registration would be refused."""
    choices = "Nobody,provider_led,Nobody"
    row = f"{NEWCOMER},{MAYA},,2022-09-01,,,2022-07-01,,{choices}"
    nowhere = f"999999,{RETAINED},,2022-09-01,,,2022-07-01,,{choices}"
    used = f"{NEWCOMER},{MAYA},{OMAR}@example.org,2022-09-01,,,2022-07-01,,,,"
    ran = bring(settings, "ects", ECTS, row, nowhere, used)

    assert _mistakes(ran) == [
        (2, "appropriate_body", "appropriate-body-state-funded"),
        (2, "lead_provider", "lead-provider-not-available"),
        (3, "school", "own-school-only"),
        (3, "appropriate_body", None),
        (3, "lead_provider", "lead-provider-not-available"),
        (4, "email", "email-in-use"),
    ]


def test_a_mentorship_outside_the_periods_is_a_mistake(settings):
    """There is nobody to mentor, or nobody who mentors."""
    ran = bring(settings, "mentorships", MENTORSHIPS, f"{VETERAN},{MAYA},{MENTOR},2024-10-01,")

    assert (ran.status, ran.json["mistakes"][0]["field"]) == (1, "ect_trn")


def test_trs_out_of_reach_adds_nobody_without_a_name(settings):
    """The rest of the file is not looked up either, and exit status 3 says why."""
    away = {"ECT_TRS_URL": "http://127.0.0.1:9", "ECT_TRS_API_KEY": "simulator-key"}
    ran = bring(settings | away, "ects", ECTS, MAYAS)

    assert (ran.status, ran.json["mistakes"][0]["rule"]) == (3, "trs-unavailable")


@pytest.mark.parametrize("rows", [[], ["1,2"]])
def test_a_file_that_cannot_be_used_does_nothing(settings, rows):
    """A header alone, or a row that is cut off."""
    ran = bring(settings, "mentors", MENTORS, *rows)

    assert (ran.status, ran.json["outcome"]) == (2, "invalid")


def test_records_come_into_production(settings):
    """A world file would be refused there; whoever brings them in says who they are."""
    production = settings | {"ECT_ENV": "production"}

    assert "operator-is-named" in bring(production, "ects", ECTS, MAYAS).err
