"""`ect trs refresh`: the people of a school are followed as TRS changes what it says of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest
import sqlalchemy as sa

from integration.cli.simulators import simulator
from integration.cli.terminal import ECT, ect, ect_process, environment
from integration.cli.town import (
    BORN,
    LEAVER,
    MAYA,
    MENTOR,
    MERGED,
    NEWCOMER,
    OMAR,
    PROVIDER,
    RETAINED,
    VETERAN,
    WORLD,
    a_registration,
)
from integration.postgresql import temporary_postgresql_url

PASSED = {"induction_status": "Passed", "induction_completed_on": "2025-07-18"}
BARRED = {"alert_categories": ["Prohibition from teaching"]}
NOT_YET_MERGED = {MERGED: {"state": "active", "merged_into": None}}


def world_in_which(**changes):
    """The people of the town, of whom TRS says something else by now."""
    people = [person | changes.get(person["trn"], {}) for person in WORLD["trs_people"]]
    return {**WORLD, "trs_people": people}


@pytest.fixture
def trs_says(tmp_path, settings):
    """The settings under which TRS says something else of these people, by TRN."""

    def say(changes=None):
        file = tmp_path / "later.json"
        file.write_text(json.dumps(world_in_which(**(changes or {}))), encoding="utf-8")
        return settings | {"ECT_TRS_URL": f"world:{file}"}

    return say


@pytest.fixture
def registered(settings):
    """Maya at the newcomer's, beside those whom the world has brought in."""
    assert ect("register-ect", "--from", "-", stdin=a_registration(), **settings).status == 0


def refreshed(told, *options):
    """What came of how many people."""
    ran = ect("trs", "refresh", "--format", "json", *options, **told)
    assert ran.status == 0, ran.err
    return {row["what"]: row["people"] for row in ran.json if row["people"]}


def ect_of(told, trn, school=NEWCOMER):
    """An ECT as their school has them."""
    rows = ect("ects", "--school", school, "--format", "json", **told).json
    return next(row for row in rows if row["trn"] == trn)


def test_everybody_is_looked_up_and_what_is_new_is_counted(registered, trs_says):
    """The second run finds nothing new, and looks everybody up again."""
    first, second = refreshed(trs_says()), refreshed(trs_says())

    assert first["looked_up"] == second["looked_up"] > 1
    assert second == {"looked_up": second["looked_up"], "unchanged": second["looked_up"]}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("Passed", "passed"),
        ("Failed", "failed"),
        ("FailedInWales", "failed"),
        ("Exempt", "exempt"),
    ],
)
def test_an_induction_that_is_over_completes_the_ect(registered, trs_says, status, outcome):
    """And one that is open again makes them as they were, funding included."""
    before = ect_of(trs_says(), MAYA)
    over = trs_says({MAYA: {"induction_status": status}})
    assert refreshed(over)["completed"] == 1
    after = ect_of(over, MAYA)

    assert (after["at_school"], after["status"]) == ("completed", None)
    assert (after["outcome_of_induction"], after["funding"]) == (outcome, "no")
    assert refreshed(trs_says())["reopened"] == 1
    assert ect_of(trs_says(), MAYA) == before
    assert ect("history", "verify", **trs_says()).status == 0
    assert ect("db", "check", **trs_says()).status == 0


def test_funding_follows_what_trs_says(registered, trs_says):
    """A reported induction period is all that was missing."""
    needed = ect_of(trs_says(), MAYA)
    told = trs_says({MAYA: {"induction_status": "InProgress"}})
    refreshed(told)

    assert (needed["funding"], needed["funding_needs"]) == ("no", ["induction_period"])
    assert (ect_of(told, MAYA)["funding"], ect_of(told, MAYA)["funding_needs"]) == ("yes", [])


def test_a_correction_made_before_the_name_changed_is_reported_as_such(settings, trs_says):
    """It stays shown."""
    document = a_registration(corrected_name="Maya Hall")
    ect("register-ect", "--from", "-", stdin=document, **settings)
    told = trs_says({MAYA: {"last_name": "Halloran"}})
    assert refreshed(told)["name_changed"] == 1
    [row] = ect("report", "names", "--format", "json", **told).json

    assert (row["trs_name"], row["name"]) == ("Maya Halloran", "Maya Hall")
    assert row["trs_name_changed_since"] is True
    assert ect_of(told, MAYA)["name"] == "Maya Hall"


@pytest.mark.parametrize(
    ("says", "concern"),
    [
        (BARRED | PASSED, "prohibited"),
        ({"state": "deactivated"}, "not_found"),
        ({"date_of_birth": None}, "not_shown"),
    ],
)
def test_whom_operators_have_to_look_at_is_listed_and_not_changed(
    registered, trs_says, says, concern
):
    """Not by name in what a timer prints; looking them up stands in history."""
    before = ect_of(trs_says(), MAYA)
    told = trs_says({MAYA: says})
    ran = ect("trs", "refresh", **told)
    [row] = ect("report", "trs", "--format", "json", **told).json

    assert (ran.status, MAYA in ran.out + ran.err, "Okonkwo" in ran.out + ran.err) == (0, 0, 0)
    assert (row["trn"], row["name"], row["concern"]) == (MAYA, "Maya Okonkwo", concern)
    assert ect_of(told, MAYA) == before


def test_a_merge_moves_what_was_registered_under_the_old_trn(settings, trs_says):
    """A TRN that was not merged when the school registered them."""
    active = trs_says(NOT_YET_MERGED)
    document = a_registration(trn=MERGED)
    assert ect("register-ect", "--from", "-", stdin=document, **active).status == 0
    told = trs_says()

    assert refreshed(told)["merged"] == 1
    assert ect_of(told, RETAINED)["email"] == document["email"]
    assert ect("report", "merges", "--format", "json", **told).json == []


def test_a_merge_in_whose_way_a_guarantee_stands_is_listed(settings, trs_says):
    """The same person is an ECT at two schools at once, until operators have mended it."""
    active = trs_says(NOT_YET_MERGED)
    for trn, school in ((MERGED, NEWCOMER), (RETAINED, VETERAN)):
        document = a_registration(trn=trn, school=school, email=f"{trn}@example.org")
        assert ect("register-ect", "--from", "-", stdin=document, **active).status == 0
    told = trs_says()
    assert refreshed(told)["merge_left"] == 1
    [pair] = ect("report", "merges", "--format", "json", **told).json

    assert (pair["trn"], pair["retained_trn"]) == (MERGED, RETAINED)
    mistaken = ect_of(told, MERGED)["id"]
    undone = ("undo", "ect", mistaken, "--school", NEWCOMER, "--reason", "one person")
    assert ect(*undone, **told).status == 0
    refreshed(told)
    assert ect("report", "merges", "--format", "json", **told).json == []


def test_somebody_who_mentored_themself_moves_once_that_is_undone(anywhere, trs_says):
    """ECT under one TRN and mentor under the other, until operators have mended it."""
    database = {"ECT_DATABASE_URL": anywhere["ECT_DATABASE_URL"]}
    active = trs_says(NOT_YET_MERGED) | database
    document = a_registration(trn=RETAINED)
    assert ect("register-ect", "--from", "-", stdin=document, **active).status == 0
    mentor = {
        "school": NEWCOMER,
        "ect": ect_of(active, RETAINED)["id"],
        "trn": MERGED,
        "date_of_birth": BORN[MERGED],
        "email": "mentor@example.org",
        "lead_provider": PROVIDER,
    }
    registered = ect("register-mentor", "--from", "-", stdin=mentor, **active)
    assert registered.status == 0, registered.err
    told = trs_says() | database
    left = refreshed(told)["merge_left"]
    [mistaken] = ect("mentors", "--school", NEWCOMER, "--format", "json", **told).json
    undone = ("undo", "mentor", mistaken["id"], "--school", NEWCOMER, "--reason", "one person")
    assert ect(*undone, **told).status == 0
    moved = refreshed(told)["merged"]

    assert (left, moved) == (1, 1)
    assert ect("report", "merges", "--format", "json", **told).json == []
    assert ect_of(told, RETAINED)["mentor"] is None
    assert ect("db", "check", **told).status == 0


def test_a_run_that_was_limited_goes_on_where_it_was(registered, trs_says):
    """Nobody is looked up twice before everybody was once."""
    told = trs_says()
    whole = refreshed(told)["looked_up"]
    parts = [refreshed(told, "--limit", "1")["looked_up"] for _ in range(whole)]

    assert parts == [1] * whole
    database = sa.create_engine(told["ECT_DATABASE_URL"])
    with database.connect() as connection:
        kept = connection.execute(sa.text("SELECT count(DISTINCT asked_at) FROM trs_lookups"))
        assert kept.scalar() == whole
    database.dispose()


def test_production_wants_a_name_and_sensible_numbers(trs_says):
    """As every command that writes does."""
    told = trs_says()
    assert ect("trs", "refresh", **(told | {"ECT_ENV": "production"})).status == 2
    for option in ("--rate", "--limit"):
        assert ect("trs", "refresh", option, "0", **told).status == 2


def test_trs_that_is_away_stops_the_run_and_says_how_far_it_came(registered, settings, town):
    """Nothing that was done is lost, and the rest is next."""
    with simulator(town) as trs:
        told = settings | trs.settings
        assert refreshed(told, "--limit", "1", "--rate", "6000")["looked_up"] == 1
    ran = ect("trs", "refresh", "--format", "json", **told)

    assert ran.status == 3
    assert "Stopped after 0 of" in ran.err
    assert {row["what"]: row["people"] for row in ran.json}["looked_up"] == 0


def test_a_used_up_minute_of_trs_is_waited_for(registered, settings, town):
    """TRS says when to call again."""
    with simulator(town) as trs:
        told = settings | trs.settings
        with trs.getting_wrong(kind="rate_limited", times=1, retry_after="1"):
            counted = refreshed(told, "--rate", "6000")

        assert counted["looked_up"] == counted["unchanged"] + counted.get("facts_changed", 0)


def test_ctrl_c_stops_a_run_that_says_how_far_it_came(registered, settings, town):
    """At one call a minute it waits long enough to be stopped."""
    with simulator(town) as trs:
        arguments = [ECT, "trs", "refresh", "--rate", "1"]
        with subprocess.Popen(
            arguments,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(settings | trs.settings),
        ) as process:
            while not sum(trs.calls.values()):
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate()

    assert process.returncode == 130
    assert "Stopped after" in said


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request, settings, town):
    """The settings, with the town in a database of either kind."""
    if request.param == "sqlite":
        yield settings
        return
    with temporary_postgresql_url() as url:
        on_postgresql = settings | {"ECT_DATABASE_URL": url}
        assert ect("world", "load", str(town), **on_postgresql).status == 0
        yield on_postgresql


LATER = {
    MAYA: PASSED | {"last_name": "Halloran"},
    OMAR: PASSED,
    LEAVER: PASSED,
    MENTOR: {"last_name": "Quill"},
    MERGED: {"state": "merged", "merged_into": RETAINED},
}


def everything(told):
    """What the schools see, and whom operators look at, without ids of rows and moments."""
    lists = [
        ect(kind, "--school", school, "--format", "json", **told).json
        for kind in ("ects", "mentors")
        for school in (VETERAN, NEWCOMER)
    ]
    return lists, ect("report", "merges", "--format", "json", **told).json


def killed_at(statement, told):
    """Refresh in a process that is killed at this statement; say if it was."""
    child = os.fork()
    if child == 0:
        left = iter(range(statement, 0, -1))

        def count(*_):
            if next(left, 0) <= 1:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        sa.event.listen(sa.Engine, "commit", count)
        os._exit(ect("trs", "refresh", **told).status)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def prepared(told):
    """Maya and somebody who will be merged, registered before TRS says anything new."""
    for trn in (MAYA, MERGED):
        document = a_registration(trn=trn, email=f"{trn}@example.org")
        assert ect("register-ect", "--from", "-", stdin=document, **told).status == 0


def test_a_run_that_is_killed_anywhere_and_begun_again_comes_to_the_same(
    anywhere, trs_says, tmp_path
):
    """However often it is killed: each person is followed whole or not at all, and once."""
    prepared(anywhere | {"ECT_TRS_URL": trs_says(NOT_YET_MERGED)["ECT_TRS_URL"]})
    told = anywhere | {"ECT_TRS_URL": trs_says(LATER)["ECT_TRS_URL"]}
    statement = 1
    while killed_at(statement, told):
        statement += 3
    once = everything(told)
    counted = refreshed(told)

    assert statement > 10
    assert counted == {"looked_up": counted["looked_up"], "unchanged": counted["looked_up"]}
    assert everything(told) == once
    completed = [row["at_school"] for row in once[0][1] if row["trn"] == MAYA]
    assert completed == ["completed"]
    history = ect("person", MAYA, "--history", "--format", "json", **told).json
    assert [line["what"] for line in history].count("ect-completed") == 1
    assert ect("history", "verify", **told).status == 0
    assert ect("db", "check", **told).status == 0


def test_two_runs_at_once_do_no_harm(anywhere, trs_says):
    """Each change is made once, whichever run makes it."""
    prepared(anywhere | {"ECT_TRS_URL": trs_says(NOT_YET_MERGED)["ECT_TRS_URL"]})
    told = anywhere | {"ECT_TRS_URL": trs_says(LATER)["ECT_TRS_URL"]}
    runs = [
        subprocess.Popen(
            [ECT, "trs", "refresh", "--format", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(told),
        )
        for _ in range(2)
    ]
    said = [run.communicate() for run in runs]
    counts = [{row["what"]: row["people"] for row in json.loads(out)} for out, _ in said]

    assert [run.returncode for run in runs] == [0, 0], said
    assert sum(each["merged"] for each in counts) == 1
    for trn in (MAYA, OMAR):
        history = ect("person", trn, "--history", "--format", "json", **told).json
        assert [line["what"] for line in history].count("ect-completed") <= 1
    assert set(refreshed(told)) == {"looked_up", "unchanged"}
    assert ect("history", "verify", **told).status == 0
    assert ect("db", "check", **told).status == 0


def test_help_says_what_it_does():
    """With an example."""
    ran = ect_process("trs", "refresh", "--help")

    assert (ran.status, "Example: ect trs refresh" in ran.out) == (0, True)
