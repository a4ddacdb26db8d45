"""`ect world load`: all of a file, once, or nothing of it."""

from __future__ import annotations

import json
import sqlite3

import pytest

from integration.cli.terminal import ect
from integration.cli.town import (
    MAYA,
    NEWCOMER,
    OMAR,
    PARTNER,
    PROVIDER,
    TODAY,
    VETERAN,
    WORLD,
    a_registration,
    a_world,
)

NOTHING = {"ects": 0, "mentors": 0, "mentorships": 0}


@pytest.fixture
def empty(tmp_path):
    """A database with a schema and nothing in it."""
    settings = {"ECT_DATABASE_URL": f"sqlite:///{tmp_path / 'ect.db'}"}
    assert ect("db", "upgrade", **settings).status == 0
    return settings | {"ECT_ENV": "test", "ECT_TODAY": TODAY}


def load(world, settings):
    """From standard input."""
    return ect("world", "load", "-", stdin=world, **settings)


def everything(settings):
    """Every row of every table, history included."""
    file = settings["ECT_DATABASE_URL"].removeprefix("sqlite:///")
    connection = sqlite3.connect(file)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for (name,) in tables}
    connection.close()
    del rows["change_notes"]  # of every write, whether or not it changes anything
    return rows


def test_what_was_added_is_counted(empty):
    """As JSON; it says so once."""
    ran = load(WORLD, empty)

    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {"outcome": "loaded", "added": {**NOTHING, "ects": 2, "mentors": 1}}


def test_loading_again_changes_nothing(empty):
    """Not a row, history included."""
    load(WORLD, empty)
    before = everything(empty)
    again = load(WORLD, empty)

    assert (again.status, again.json["added"]) == (0, NOTHING)
    assert everything(empty) == before


def test_loading_again_leaves_registrations_alone(settings):
    """And sets the names of schools to what the file says now."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    renamed = [school | {"name": "A new name"} for school in WORLD["schools"]]
    ran = load(a_world(schools=renamed), settings)
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json

    assert (ran.json["added"], [row["trn"] for row in listed]) == (NOTHING, [MAYA])
    assert {row[2] for row in everything(settings)["schools"]} == {"A new name"}


ECT, ANOTHER_ECT = WORLD["ects"]
PARTNERSHIP = WORLD["partnerships"][0]
MISTAKES = {
    "not JSON": (b"{", "$"),
    "not an object": ([], "$"),
    "an unknown part": (a_world(pupils=[]), "pupils"),
    "an unknown key": (a_world(users=[{"who": "me"}]), "users[0].who"),
    "a missing key": (a_world(users=[{"id": "me"}]), "users[0].name"),
    "a wrong type": (a_world(academic_years=[{"year": "2025"}]), "academic_years[0].year"),
    "a dangling school": (a_world(ects=[ECT | {"school": "100009"}]), "ects[0].school"),
    "a dangling TRN": (a_world(ects=[ECT | {"trn": "1999999"}]), "ects[0].trn"),
    "a dangling body": (
        a_world(ects=[ECT | {"appropriate_body": "Nobody"}]),
        "ects[0].appropriate_body",
    ),
    "a dangling provider": (
        a_world(partnerships=[PARTNERSHIP | {"lead_provider": "Nobody"}]),
        "partnerships[0].lead_provider",
    ),
    "a duplicate": (a_world(schools=[*WORLD["schools"], WORLD["schools"][0]]), "schools[3].urn"),
    "an overlap": (
        a_world(ects=[ECT, ECT | {"school": NEWCOMER, "started_on": "2025-01-06"}]),
        "ects[1]",
    ),
    "a second partnership": (
        a_world(
            partnerships=[
                PARTNERSHIP,
                PARTNERSHIP | {"delivery_partner": "Marigold Teaching Network"},
            ]
        ),
        "partnerships[1]",
    ),
    "one address for two": (
        a_world(ects=[ECT, ANOTHER_ECT | {"email": ECT["email"]}]),
        "ects[1].email",
    ),
    "a day that is none": (a_world(ects=[ECT | {"started_on": "2025-02-30"}]), "ects[0]"),
    "an end before the beginning": (
        a_world(ects=[ECT | {"finished_on": "2024-01-01"}]),
        "ects[0]",
    ),
}


@pytest.mark.parametrize(("world", "path"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_path_and_nothing_is_loaded(empty, world, path):
    """Exit status 2, in one line."""
    before = everything(empty)
    ran = load(world, empty)

    assert (ran.status, ran.out) == (2, "")
    assert ran.line.startswith(f"Nothing was loaded. {path}")
    assert everything(empty) == before


def test_what_contradicts_a_record_is_a_mistake_too(settings):
    """A period that overlaps one registered here meanwhile."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    moved = ECT | {"trn": MAYA, "school": VETERAN, "email": "m@example.org"}
    ran = load(a_world(ects=[moved]), settings)

    assert (ran.status, ran.line.startswith("Nothing was loaded. ects[0]")) == (2, True)


def test_a_waiting_training_is_confirmed_by_a_partnership_in_a_file(settings):
    """As by reporting it."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    partnership = {
        "school": NEWCOMER,
        "lead_provider": PROVIDER,
        "delivery_partner": PARTNER,
        "year": 2025,
    }
    load(a_world(partnerships=[PARTNERSHIP, partnership]), settings)
    [row] = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json

    assert (row["training"], row["delivery_partner"]) == ("confirmed", PARTNER)


def test_a_world_too_large_is_told(empty):
    """Before anything of it is read."""
    ran = load(b" " * 50_000_001, empty)

    assert (ran.status, ran.line.startswith("Nothing was loaded. $: Split the file")) == (2, True)


def test_a_world_file_may_begin_with_a_byte_order_mark(empty, tmp_path):
    """From a file, as from standard input."""
    file = tmp_path / "world.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(WORLD).encode())

    assert ect("world", "load", str(file), **empty).json["added"]["ects"] == 2


def test_a_database_is_needed():
    """And named when it is not set."""
    ran = ect("world", "load", "-", stdin=WORLD, ECT_ENV="test")

    assert (ran.status, ran.line.startswith("Setting ECT_DATABASE_URL ")) == (2, True)


@pytest.mark.parametrize("environment", [{}, {"ECT_ENV": "production"}])
def test_production_takes_no_world_file(empty, environment):
    """Where nobody says otherwise it is production: invented people stay out of it."""
    before = everything(empty)
    ran = load(WORLD, {"ECT_DATABASE_URL": empty["ECT_DATABASE_URL"], **environment})

    assert (ran.status, ran.out) == (2, "")
    assert ran.line.startswith("Setting ECT_ENV must be test or demo")
    assert everything(empty) == before


def test_people_of_trs_stay_outside(empty):
    """Nobody is in the database but those who were registered."""
    load(WORLD, empty)
    known = {value for row in everything(empty)["teachers"] for value in row}

    assert (OMAR in known, MAYA in known) == (True, False)
