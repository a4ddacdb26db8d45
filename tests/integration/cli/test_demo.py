"""`ect demo`: an invented world in a database, and one registration with commentary."""

from __future__ import annotations

import sqlite3

import pytest
from integration.cli.terminal import ect, ect_process
from integration.cli.town import MAYA, NEWCOMER, VETERAN, a_world, world_file

from entrypoints.demo import demo_world_text


@pytest.fixture
def database(tmp_path):
    """Where a demo is wanted."""
    return {"ECT_DATABASE_URL": f"sqlite:///{tmp_path / 'demo.db'}"}


def test_it_needs_nothing_and_says_what_to_try(tmp_path):
    """A database of its own; the record on standard output, the commentary beside it."""
    ran = ect_process("demo", TMPDIR=str(tmp_path))
    said = ran.err.splitlines()

    assert (ran.status, ran.json["status"]) == (0, "mentor_required")
    assert said[0].startswith("It is 10 September 2025. The database is sqlite:///")
    assert said[1] == "Loaded 11 schools, 19 ECTs and 9 mentors."
    assert "  allowed  two-facts" in said
    assert said[-1].startswith("Look around: ECT_ENV=demo ECT_DATABASE_URL=")


def test_the_command_that_it_suggests_works(tmp_path):
    """On the database that it made."""
    ran = ect_process("demo", TMPDIR=str(tmp_path))
    url = ran.err.splitlines()[-1].partition('"')[2].partition('"')[0]
    listed = ect("ects", "--school", "900101", "--format", "json", ECT_DATABASE_URL=url)

    assert ran.json in listed.json


def test_a_database_of_ones_own_is_used(database):
    """And may hold a demo already: the next one registers somebody else."""
    first, second = (ect("demo", **database) for _ in range(2))
    listed = ect("ects", "--school", "900101", "--format", "json", **database)

    assert (first.status, second.status) == (0, 0)
    assert first.json["trn"] != second.json["trn"]
    assert first.json in listed.json


def test_a_world_of_ones_own_is_used(database, town):
    """With the day that it is made for."""
    ran = ect("demo", "--world", str(town), "--today", "2025-09-01", **database)

    assert (ran.status, ran.json["trn"], ran.json["started_on"]) == (0, MAYA, "2025-09-01")
    assert "It is 1 September 2025." in ran.err


def test_a_mistake_in_a_world_is_told(database, tmp_path):
    """With its path."""
    file = world_file(tmp_path, {"schools": [{"urn": "x"}]})
    ran = ect("demo", "--world", str(file), **database)

    assert (ran.status, ran.line.startswith("Nothing was loaded. schools[0].urn")) == (2, True)


def test_a_world_in_which_nobody_can_be_registered_is_told(database, tmp_path):
    """Exit status 1; the world is loaded all the same."""
    file = world_file(tmp_path, a_world(academic_years=[]))
    ran = ect("demo", "--world", str(file), **database)
    listed = ect("ects", "--school", VETERAN, "--format", "json", **database)

    assert (ran.status, ran.out, len(listed.json)) == (1, "", 2)
    assert "Nobody in this world can be registered." in ran.err


def test_what_is_said_to_be_real_gets_no_invented_people(database):
    """ECT_ENV=production stops it before it touches anything."""
    ran = ect("demo", ECT_ENV="production", **database)
    listed = ect("ects", "--school", NEWCOMER, **database)

    assert (ran.status, ran.line) == (2, "Setting ECT_ENV must not be production for a demo")
    assert listed.status == 3


def test_people_of_trs_never_enter_the_database(database, tmp_path):
    """Neither their names nor anything else of those who were not registered."""
    ect("demo", **database)
    connection = sqlite3.connect(tmp_path / "demo.db")
    kept = "\n".join(connection.iterdump())
    connection.close()

    assert "Llewelyn" in demo_world_text()
    assert "Llewelyn" not in kept
