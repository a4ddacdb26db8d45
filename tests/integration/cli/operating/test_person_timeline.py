"""`ect person`: what happened to somebody, as one timeline over all schools."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from builders import ECT_TRN, NOW, URN, a_change
from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.notice import Role
from ect_registration.domain.records.history import What
from ect_registration.domain.records.kept_data import Held
from ect_registration.domain.records.refusal import Refusal, RefusedPerson
from entrypoints.cli.operate.people.person_timeline import said_of, timeline_rows
from integration.cli.mentor_town import HERE, MAYA, NEW
from integration.cli.terminal import ect

DAY = "2025-09-10"
WHO = ("--as", "Rosa Lind", "--reason", "asked by phone")


@pytest.fixture
def busy(desk):
    """A desk at which Maya got a mentor, changed, was looked up, and her mentor was undone."""
    mentor = desk.register(MAYA, *WHO).json["mentor"]["id"]
    id = desk.id_of("ects", MAYA)
    change = {"school": HERE, "email": "maya.new@example.org"}
    ect("change-ect", id, "--from", "-", *WHO, stdin=change, **desk.settings)
    ect("leaving", "ect", id, "--school", HERE, "--on", "2025-10-24", *WHO, **desk.settings)
    ect("undo", "mentor", mentor, "--school", HERE, *WHO, **desk.settings)
    ect("find", MAYA, "--as", "Sam Field", **desk.settings)
    return desk


def timeline(desk, trn):
    """The events, as data."""
    rows = ect("person", trn, "--format", "json", **desk.settings).json
    return [row for row in rows if row["kind"] in {"history", "refused", "wrong facts"}]


def test_a_timeline_says_what_happened_in_order(busy):
    """When, where and who; the reason too."""
    rows = timeline(busy, MAYA)
    said = [row["says"].partition(":")[0].partition(".")[0] for row in rows]

    assert said == [
        "brought in",
        "given a mentor",
        "details changed",
        "leaving as an ECT",
        "mentor registration undone",
        "looked up by an operator",
    ]
    assert rows[2]["says"].endswith("Reason: asked by phone")
    assert "maya.new@example.org" in rows[2]["says"]
    assert rows[3]["school"] == HERE
    assert rows[1]["who"].startswith("Rosa Lind (")
    assert rows[-1]["who"].startswith("Sam Field (")
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)


def test_a_mentor_has_a_timeline_as_well(busy):
    """What they were registered with, and what became of it."""
    rows = timeline(busy, NEW)

    assert [row["says"].partition(":")[0] for row in rows[:4]] == [
        "registered as a mentor",
        "given an ECT to mentor",
        "mentorship moved",
        "mentor registration undone",
    ]
    assert "first day" in rows[0]["says"]


def test_a_timeline_is_read_on_a_terminal(busy):
    """Below what is kept, in 80 columns."""
    ran = ect("person", MAYA, **busy.settings | {"COLUMNS": "80"})
    kept, _, happened = ran.out.partition("\n\n")

    assert "maya.new@example.org" in kept
    assert happened.split()[:4] == ["day", "school", "says", "who"]
    assert max(map(len, ran.out.splitlines())) <= 80
    assert (ran.status, ran.err) == (0, "")


def test_a_timeline_is_read_by_a_spreadsheet(busy):
    """One list with what is kept."""
    ran = ect("person", MAYA, "--format", "csv", **busy.settings)
    rows = list(csv.DictReader(ran.out.splitlines()))

    assert list(rows[0]) == ["kind", "day", "until", "school", "says", "who"]
    assert [row["kind"] for row in rows][:2] == ["person", "email"]
    assert rows[-1]["kind"] == "history"


def test_a_refusal_and_wrong_facts_have_their_place():
    """A refusal has no time: it comes at the end of its day. Days are those of London."""
    person = RefusedPerson(ECT_TRN, URN, "user-1")
    late = datetime(2025, 9, 10, 23, 30, tzinfo=UTC)
    held = Held(
        trns=[ECT_TRN],
        teachers=[],
        email_addresses=[],
        ects=[],
        mentors=[],
        mentored=[],
        mentor_training=[],
        journeys=[],
        history=[a_change(at=NOW), a_change(at=late, actor="user-2", school=None)],
        trs_lookups=[],
        refusals=[Refusal(NOW.date(), "email-in-use", Role.MENTOR, person)],
        wrong_facts=[Attempt(AttemptId(uuid4()), Attempted.WRONG_FACT, "user-1", NOW, ECT_TRN)],
    )
    rows = timeline_rows(held, lambda users: {user: user.upper() for user in users})

    assert [(str(row["day"]), row["kind"], row["school"], row["who"]) for row in rows] == [
        ("2025-09-10", "history", "100001", a_change().actor.upper()),
        ("2025-09-10", "wrong facts", None, "USER-1"),
        ("2025-09-10", "refused", "100001", "USER-1"),
        ("2025-09-11", "history", None, "USER-2"),
    ]
    assert rows[2]["says"] == "refused as a mentor: email-in-use"


@pytest.mark.parametrize(
    ("what", "before", "after", "said"),
    [
        (What.LOOKED_UP, {}, {}, "looked up by an operator"),
        (
            What.ECT_LEAVING,
            {"finished_on": None},
            {"finished_on": "2026-07-31"},
            "leaving as an ECT: last day nothing → 2026-07-31",
        ),
        (
            What.ECT_REGISTERED,
            {"1000001": "A"},
            {"name": "B", "email": "b@example.org", "lead_provider": None},
            "registered as an ECT: name B",
        ),
        (What.ECT_UNDONE, {"mentor": "Kit"}, {"withdrawn": True},
         "ECT registration undone: never began yes; mentor Kit"),
        (What("promoted"), {}, {"reason": "why not"}, "promoted. Reason: why not"),
    ],
)  # fmt: skip
def test_an_event_is_told_in_words(what, before, after, said):
    """What was, what is, and why."""
    assert said_of(a_change(what=what, before=before, after=after)) == said
