"""What a school does after registering: `ect leaving`, `ect undo` and `ect remove-mentor`."""

from __future__ import annotations

from uuid import uuid4

import pytest

from integration.cli.mentor_town import HERE, MAYA, NOOR, SUPPORTED, THERE
from integration.cli.mentoring import came_to
from integration.cli.terminal import ect

DAY = "2025-10-24"


def run(desk, command, *arguments, school=HERE):
    """The command, for this school."""
    return ect(command, *arguments, "--school", school, **desk.settings)


def test_a_last_day_is_reported_corrected_and_withdrawn(desk):
    """Each prints the ECT as they are from then on, and saying it again changes nothing."""
    id = desk.id_of("ects", SUPPORTED)
    before = desk.one("ects", SUPPORTED)
    told = []
    for options in (("--on", DAY), ("--on", DAY), ("--on", "2025-12-19"), ("--withdraw",)):
        ran = run(desk, "leaving", "ect", id, *options)
        assert ran.json["ect"] == desk.one("ects", SUPPORTED)
        told.append((ran.status, ran.json["outcome"], ran.json["ect"]["finished_on"]))

    assert told == [
        (0, "leaving", DAY),
        (0, "leaving", DAY),
        (0, "leaving", "2025-12-19"),
        (0, "not_leaving", None),
    ]
    assert desk.one("ects", SUPPORTED) == before


def test_a_mentor_leaves_and_their_ects_need_one(desk):
    """A dry run says so and writes nothing."""
    id = desk.id_of("mentors", NOOR)
    dry = run(desk, "leaving", "mentor", id, "--on", DAY, "--dry-run")
    seen = desk.one("mentors", NOOR)
    ran = run(desk, "leaving", "mentor", id, "--on", DAY)

    assert (dry.status, dry.json["mentor"]["finished_on"], dry.json["dry_run"]) == (0, DAY, True)
    assert seen["finished_on"] is None
    assert (ran.status, ran.json["outcome"]) == (0, "leaving")
    assert ran.json["mentor"] == desk.one("mentors", NOOR)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ("--on", "2026-01-11"), (2, "invalid", "leaving", "last_day"), id="too far ahead"
        ),
        pytest.param(("--on", "24/10"), (2, "invalid", "leaving", "last_day"), id="not a date"),
    ],
)
def test_a_day_that_cannot_be_is_told_with_its_rule(desk, arguments, said):
    """And nothing is written."""
    id = desk.id_of("ects", SUPPORTED)

    assert came_to(run(desk, "leaving", "ect", id, *arguments)) == said


@pytest.mark.parametrize(
    ("command", "who"),
    [("leaving", "ect"), ("leaving", "mentor"), ("undo", "ect"), ("undo", "mentor")],
)
def test_an_id_of_another_school_is_as_an_unknown_one(desk, command, who):
    """So is one that is no id at all; an unknown school is not valid."""
    more = ("--withdraw",) if command == "leaving" else ()
    theirs = desk.id_of(f"{who}s", MAYA if who == "ect" else NOOR)
    said = [
        came_to(run(desk, command, who, id, *more, school=school))
        for id, school in ((theirs, THERE), (str(uuid4()), HERE), ("7", HERE))
    ]

    assert said == [(1, "refused", "own-school-only", None)] * 3
    assert came_to(run(desk, command, who, theirs, *more, school="999999")) == (
        2,
        "invalid",
        "own-school-only",
        "school",
    )


def test_an_id_that_is_not_right_leads_to_where_ids_are(desk):
    """An operator is of no school: "your school" alone would not help."""
    ran = run(desk, "leaving", "ect", "7", "--withdraw")

    assert ran.err == '"ect find TEXT --format json" shows ids with their schools\n'


def test_a_mentor_is_removed(desk):
    """The ECT needs one from the day after."""
    id = desk.id_of("ects", SUPPORTED)
    dry = run(desk, "remove-mentor", id, "--on", DAY, "--dry-run")
    seen = desk.one("ects", SUPPORTED)
    ran = run(desk, "remove-mentor", id, "--on", DAY)

    assert (dry.json["outcome"], dry.json["dry_run"]) == ("mentor_removed", True)
    assert seen["without_mentor"] == []
    assert ran.json == {"outcome": "mentor_removed", "ect": desk.one("ects", SUPPORTED)}
    assert ran.json["ect"]["without_mentor"] == [{"from": "2025-10-25", "to": None}]
    assert came_to(run(desk, "remove-mentor", id, "--on", "2025-09-09")) == (
        2,
        "invalid",
        "mentor-removed",
        "last_day",
    )
    assert came_to(run(desk, "remove-mentor", "7")) == (1, "refused", "own-school-only", None)


def test_a_registration_is_undone(desk):
    """It prints the record, which no list has any more; again it changes nothing."""
    mentor = desk.register().json["mentor"]
    dry = run(desk, "undo", "mentor", mentor["id"], "--dry-run")
    still = [row["id"] for row in desk.listed("mentors")]
    ran = run(desk, "undo", "mentor", mentor["id"])
    again = run(desk, "undo", "mentor", mentor["id"])

    assert (dry.json["outcome"], dry.json["dry_run"], mentor["id"] in still) == (
        "undone",
        True,
        True,
    )
    assert (ran.status, ran.json["outcome"], ran.json["mentor"]["id"]) == (
        0,
        "undone",
        mentor["id"],
    )
    assert again.json == ran.json
    assert mentor["id"] not in [row["id"] for row in desk.listed("mentors")]
    assert desk.one("ects", MAYA)["status"] == "mentor_required"


def test_what_was_brought_in_is_not_undone(desk):
    """Whatever the reason of an operator is."""
    id = desk.id_of("ects", MAYA)

    for more in ((), ("--reason", "asked by the school")):
        assert came_to(run(desk, "undo", "ect", id, *more)) == (
            1,
            "refused",
            "registered-by-mistake",
            None,
        )


def test_a_reason_lifts_the_limits_of_days_and_stands_in_history(desk):
    """Operators put right what is long over."""
    id = desk.id_of("ects", SUPPORTED)
    run(desk, "leaving", "ect", id, "--on", DAY)
    later = desk.on("2025-11-20")
    refused = run(later, "leaving", "ect", id, "--withdraw")
    ran = run(later, "leaving", "ect", id, "--withdraw", "--reason", "school closed early")
    history = ect("person", SUPPORTED, "--history", "--format", "json", **desk.settings).json

    assert came_to(refused) == (1, "refused", "leaving", None)
    assert (ran.status, ran.json["ect"]["finished_on"]) == (0, None)
    assert history[-1]["after"] == {"finished_on": None, "reason": "school closed early"}


def changing(desk, who, id, *options, **document):
    """The command, with this document."""
    given = {"school": HERE} | document
    return ect(f"change-{who}", id, "--from", "-", *options, stdin=given, **desk.settings)


def test_details_of_an_ect_and_a_mentor_are_changed(desk):
    """Only the keys given; a dry run writes nothing, and the same again is no change."""
    for who, trn in (("ect", SUPPORTED), ("mentor", NOOR)):
        id, before = desk.id_of(f"{who}s", trn), desk.one(f"{who}s", trn)
        dry = changing(desk, who, id, "--dry-run", email="new.one@example.org")
        seen = desk.one(f"{who}s", trn)
        ran = changing(desk, who, id, email="new.one@example.org")
        again = changing(desk, who, id, email="new.one@example.org")
        after = before | {"email": "new.one@example.org"}

        assert (dry.status, seen) == (0, before)
        assert dry.json == {"outcome": "changed", "changed": ["email"], who: after} | {
            "dry_run": True
        }
        assert (ran.status, ran.json) == (
            0,
            {"outcome": "changed", "changed": ["email"], who: after},
        )
        assert (again.status, again.json["changed"]) == (0, [])
        changing(desk, who, id, email=before["email"])


@pytest.mark.parametrize("who", ["ect", "mentor"])
def test_a_document_of_a_change_is_checked_as_any_other(desk, who):
    """Its rules, its keys and its ids."""
    id = desk.id_of(f"{who}s", SUPPORTED if who == "ect" else NOOR)
    said = [
        came_to(changing(desk, who, id, email="nobody")),
        came_to(changing(desk, who, id, trn="1234567")),
        came_to(changing(desk, who, id, same_person=False)),
        came_to(changing(desk, who, "7", email="new.one@example.org")),
        came_to(changing(desk, who, id, school="999999")),
    ]

    assert said == [
        (2, "invalid", "email-format", "email"),
        (2, "invalid", None, "trn"),
        (2, "invalid", None, "same_person"),
        (1, "refused", "own-school-only", None),
        (2, "invalid", "own-school-only", "school"),
    ]


def test_one_of_the_two_is_given(desk):
    """A day or its withdrawal."""
    id = desk.id_of("ects", SUPPORTED)
    both = run(desk, "leaving", "ect", id, "--on", DAY, "--withdraw")
    neither = run(desk, "leaving", "ect", id)

    assert [(ran.status, "either --on or --withdraw" in ran.err) for ran in (both, neither)] == [
        (2, True)
    ] * 2
