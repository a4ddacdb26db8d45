"""`ect db`: making a database, bringing it up to date, and checking what it guarantees."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing

import pytest

from adapters.sql.connection.errors import NOT_PERMITTED
from adapters.sql.connection.schema import REVISIONS
from adapters.sql.guarantees import all_guarantees as guarantees
from ect_registration.ports.errors import Unavailable
from integration.cli.databases import (
    a_folder,
    damaged,
    file_of,
    in_a_missing_folder,
    missing,
    newer,
    no_database,
)
from integration.cli.terminal import ect
from integration.cli.town import NEWCOMER, VETERAN
from integration.earlier_schemas import earlier_database
from integration.postgresql import empty_postgresql_url


@pytest.mark.parametrize("trouble", [a_folder, no_database, damaged, newer])
def test_an_upgrade_does_not_overwrite_what_is_there(settings, trouble):
    """It says what is wrong, and leaves it as it is."""
    trouble(file_of(settings))
    before = file_of(settings).is_file() and file_of(settings).read_bytes()
    ran = ect("db", "upgrade", **settings)
    after = file_of(settings).is_file() and file_of(settings).read_bytes()

    assert (ran.status, ran.out, after) == (3, "", before)
    assert ran.line.startswith("Database is not available: ")


def test_an_upgrade_makes_a_database_where_there_is_none(settings):
    """Told to people; nothing for programs."""
    missing(file_of(settings))
    ran = ect("db", "upgrade", **settings)

    assert (ran.status, ran.out, ran.err.splitlines()) == (
        0,
        "",
        ["The database was empty, and has its tables now.", "The database is up to date."],
    )
    assert ect("db", "check", **settings).status == 0


def test_an_upgrade_says_that_others_can_read_the_file(settings):
    """It leaves the mode as it is, and doctor says so too."""
    file_of(settings).chmod(0o640)
    ran = ect("db", "upgrade", **settings)
    found = ect("doctor", "--format", "json", **settings).json

    assert (ran.status, "chmod 600" in ran.err.splitlines()[1]) == (0, True)
    assert [row["what"] for row in found if "other users" in row["says"]] == ["database"]
    assert stat.S_IMODE(file_of(settings).stat().st_mode) == 0o640


def test_without_permission_the_check_says_how_to_look(settings, monkeypatch):
    """The role of the application may not make up rows."""
    refused = Unavailable("database", NOT_PERMITTED)
    monkeypatch.setattr(guarantees, "_tried", lambda _: _raise(refused))
    tried = ect("db", "check", **settings)
    declared = ect("db", "check", "--declared-only", **settings)

    assert (tried.status, declared.status) == (3, 0)
    assert tried.line == (
        "Database is not available: access is not permitted;"
        " run it with --declared-only, or as the owner of the tables"
    )


def _raise(error):
    raise error


def test_an_upgrade_needs_the_folder(settings):
    """It makes no folders."""
    in_a_missing_folder(file_of(settings))
    ran = ect("db", "upgrade", **settings)

    assert (ran.status, ran.line.startswith("Database is not available: ")) == (3, True)


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_brings_every_earlier_schema_up_to_date(settings, tmp_path, revision):
    """And a second one changes nothing."""
    there = settings | {"ECT_DATABASE_URL": earlier_database("sqlite", revision, tmp_path)}
    upgrades = [ect("db", "upgrade", **there).status for _ in range(2)]
    checked = ect("db", "check", "--format", "json", **there)

    assert (upgrades, checked.status) == ([0, 0], 0)
    assert all(row["in_force"] for row in checked.json)


def test_an_upgrade_keeps_what_is_registered(settings):
    """The schema is current already; the people stay."""
    before = ect("ects", "--school", VETERAN, "--format", "json", **settings).json
    assert ect("db", "upgrade", **settings).status == 0
    after = ect("ects", "--school", VETERAN, "--format", "json", **settings).json

    assert after == before


def test_the_check_lists_every_guarantee(settings):
    """Tried, or only looked for."""
    tried = ect("db", "check", "--format", "json", **settings)
    declared = ect("db", "check", "--declared-only", "--format", "json", **settings)

    assert (tried.status, declared.status) == (0, 0)
    assert [list(row) for row in tried.json] == [["guarantee", "in_force", "detail"]] * len(
        declared.json
    )
    assert {row["in_force"] for row in [*tried.json, *declared.json]} == {True}
    assert [row["guarantee"] for row in tried.json] == [row["guarantee"] for row in declared.json]


@pytest.mark.parametrize("options", [(), ("--declared-only",)], ids=["tried", "declared"])
def test_a_guarantee_that_is_gone_is_found(settings, options):
    """Exit status 4, and the row says which."""
    connection = sqlite3.connect(file_of(settings))
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    ran = ect("db", "check", *options, "--format", "json", **settings)
    gone = {row["guarantee"] for row in ran.json if not row["in_force"]}

    assert (ran.status, "history is append-only" in gone) == (4, True)
    assert ran.line == 'A guarantee is not in force: see the rows marked "no".'


def _lines_of_history(settings):
    with closing(sqlite3.connect(file_of(settings))) as connection:
        [(lines,)] = connection.execute("SELECT count(*) FROM history")
        return lines


def test_checking_changes_nothing(settings):
    """Every violation is rolled back."""
    before = ect("ects", "--school", VETERAN, "--format", "json", **settings).json
    lines = _lines_of_history(settings)
    assert ect("db", "check", **settings).status == 0

    assert ect("ects", "--school", VETERAN, "--format", "json", **settings).json == before
    assert _lines_of_history(settings) == lines > 0


def test_an_empty_postgresql_is_told(settings):
    """And upgraded when asked to."""
    told = settings | {"ECT_DATABASE_URL": empty_postgresql_url()}
    before = ect("ects", "--school", NEWCOMER, **told)
    upgraded = ect("db", "upgrade", **told)
    checked = ect("db", "check", "--format", "json", **told)

    assert (before.status, "it is empty; run ect db upgrade" in before.line) == (3, True)
    assert (upgraded.status, checked.status) == (0, 0)
    assert all(row["in_force"] for row in checked.json)
