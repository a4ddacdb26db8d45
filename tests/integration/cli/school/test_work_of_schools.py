"""What operators do for a school: who, and why, stands in history."""

from __future__ import annotations

from uuid import uuid4

import pytest

from integration.cli.mentor_town import HERE, MAYA, NEW, NOOR, SUPPORTED
from integration.cli.mentoring import came_to
from integration.cli.registering.test_bulk import a_file, a_row
from integration.cli.terminal import ect
from integration.cli.town import MAYA as ANOTHER_MAYA
from integration.cli.town import a_registration

ID = str(uuid4())
DOCUMENT = ("--from", "-")
AT_SCHOOL = ("--school", "100001")
WHY = ("--reason", " asked by phone ")
COMMANDS = [
    ("register-ect", *DOCUMENT),
    ("register-mentor", *DOCUMENT),
    ("assign-mentor", *DOCUMENT),
    ("change-ect", ID, *DOCUMENT),
    ("change-mentor", ID, *DOCUMENT),
    ("leaving", "ect", ID, *AT_SCHOOL, "--withdraw"),
    ("undo", "mentor", ID, *AT_SCHOOL),
    ("remove-mentor", ID, *AT_SCHOOL),
    ("bulk", "register-ects", "-"),
]


def history(settings, trn):
    """What happened to a person, with the reason of each line."""
    lines = ect("person", trn, "--history", "--format", "json", **settings).json
    return [(line["what"], line["after"].get("reason")) for line in lines]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_operator_is_named_and_gives_a_reason_in_production(settings, command):
    """Each is said in a line; a dry run writes nothing, and needs neither."""
    production = settings | {"ECT_ENV": "production"}
    unnamed = ect(*command, *WHY, **production)
    without = ect(*command, "--as", "Rosa Lind", **production)
    dry = ect(*command, "--dry-run", **production)

    assert [(ran.status, "operator-is-named" in ran.err) for ran in (unnamed, without, dry)] == [
        (2, True),
        (2, True),
        (dry.status, False),
    ]
    assert "--reason TEXT" in without.err
    assert "--as NAME" in unnamed.err


@pytest.mark.parametrize("reason", ["", "  ", "a\x07b", "x" * 501])
def test_a_reason_is_one_line(settings, reason):
    """It is kept for ever."""
    ran = ect("undo", "ect", ID, *AT_SCHOOL, "--reason", reason, **settings)

    assert (ran.status, "--reason must be one line" in ran.err) == (2, True)


def test_the_reason_of_a_registration_stands_in_history(settings):
    """By a document, and by a file."""
    done = ect("register-ect", *DOCUMENT, *WHY, stdin=a_registration(), **settings)

    assert done.status == 0
    assert history(settings, ANOTHER_MAYA) == [("ect-registered", "asked by phone")]


def test_the_reason_of_a_file_stands_in_history(settings):
    """On each of its rows."""
    done = ect("bulk", "register-ects", "-", *WHY, stdin=a_file(a_row()), **settings)

    assert done.status == 0
    assert history(settings, ANOTHER_MAYA) == [("ect-registered", "asked by phone")]


def test_the_reason_of_an_assignment_stands_in_history(desk):
    """For the ECT and the mentor, new or not."""
    assert desk.register(MAYA, *WHY).status == 0
    assert desk.assign(SUPPORTED, NOOR, *WHY, replace=True).status in {0, 1}
    of_mentor = history(desk.settings, NEW)

    assert ("mentor-assigned", "asked by phone") in history(desk.settings, MAYA)
    assert of_mentor == [
        ("mentor-registered", "asked by phone"),
        ("ect-assigned", "asked by phone"),
    ]


def test_the_reason_of_a_change_stands_in_history(desk):
    """Of details, a last day and a mentor."""
    id, why = desk.id_of("ects", SUPPORTED), "asked by phone"
    document = {"school": HERE, "email": "new.one@example.org"}
    ran = [
        ect("change-ect", id, *DOCUMENT, *WHY, stdin=document, **desk.settings),
        ect("remove-mentor", id, "--school", HERE, *WHY, **desk.settings),
        ect("leaving", "ect", id, "--school", HERE, "--on", "2025-10-24", *WHY, **desk.settings),
    ]
    told = [line for line in history(desk.settings, SUPPORTED) if line[1] == why]

    assert [each.status for each in ran] == [0, 0, 0]
    assert [what for what, _ in told] == ["details-changed", "mentor-removed", "ect-leaving"]


def test_a_reason_undoes_what_a_school_no_longer_can(desk):
    """As where the records of a merged person are in each other's way."""
    mentor = desk.register().json["mentor"]["id"]
    later = desk.on("2025-12-01")
    command = ("undo", "mentor", mentor, "--school", HERE)
    refused = ect(*command, **later.settings)
    ran = ect(*command, *WHY, **later.settings)

    assert came_to(refused) == (1, "refused", "registered-by-mistake", None)
    assert (ran.status, ran.json["outcome"]) == (0, "undone")
    assert history(later.settings, NEW)[-1] == ("mentor-undone", "asked by phone")
