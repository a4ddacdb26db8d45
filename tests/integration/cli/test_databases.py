"""A database that is missing, damaged, closed, full, older or newer: one line that says so."""

from __future__ import annotations

import ctypes
import os
import resource
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from integration.cli.terminal import ect, ect_process
from integration.cli.town import NEWCOMER, VETERAN, WORLD, a_partnership, a_registration
from integration.postgresql import empty_postgresql_url

from adapters.sql.schema import HEAD, REVISIONS
from adapters.sql.store import SqlStore
from adapters.sql.upgrade import MIGRATIONS
from entrypoints.bootstrap import NOT_OPENED

USES_THE_DATABASE = {
    "register-ect": (("register-ect", "--from", "-"), a_registration()),
    "check-ect": (("check-ect", "--from", "-"), a_registration()),
    "ects": (("ects", "--school", NEWCOMER), b""),
    "partnerships report": (("partnerships", "report", "--from", "-"), a_partnership()),
    "world load": (("world", "load", "-"), WORLD),
    "db check": (("db", "check"), b""),
    "db check --declared-only": (("db", "check", "--declared-only"), b""),
}
JSON_OUT = {"register-ect", "check-ect", "partnerships report"}

DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24  # <linux/capability.h>, <linux/prctl.h>


def file_of(settings):
    """The file of the database."""
    return Path(settings["ECT_DATABASE_URL"].removeprefix("sqlite:///"))


def bound_by_permissions():
    """Even the superuser, from here on."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, DAC_OVERRIDE, 0, 0, 0)


def without_room():
    """No file grows beyond this: the disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (36_000, 36_000))


def brought_to(revision, url):
    """Upgrade a database as far as an earlier program did."""
    store = SqlStore.at(url)
    with store.engine.begin() as connection:
        configuration = Config(attributes={"connection": connection})
        configuration.set_main_option("script_location", str(MIGRATIONS))
        configuration.set_main_option("path_separator", "os")
        command.upgrade(configuration, revision)
    store.close()


def missing(file):
    """No file at all."""
    file.unlink()
    return f"is missing or cannot be opened; {NOT_OPENED}"


def in_a_missing_folder(file):
    """Nor a place for one."""
    file.unlink()
    file.symlink_to(file.parent / "none" / "ect.db")
    return f"is missing or cannot be opened; {NOT_OPENED}"


def a_folder(file):
    """A folder under the name of the file."""
    file.unlink()
    file.mkdir()
    return f"is missing or cannot be opened; {NOT_OPENED}"


def no_database(file):
    """Something else."""
    file.write_bytes(b"This is not a database. " * 100)
    return f"is not a database; {NOT_OPENED}"


def damaged(file):
    """The beginning is right, and then nothing is."""
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    return "the file is damaged; "


def empty(file):
    """Without a schema."""
    file.write_bytes(b"")
    return "it is empty; run ect db upgrade"


def older(file):
    """Made by an earlier program."""
    file.write_bytes(b"")
    brought_to(REVISIONS[1], f"sqlite:///{file}")
    return "its schema is older than this program; run ect db upgrade"


def newer(file):
    """Upgraded by a later program."""
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    return "its schema is newer than this program; install a newer version of it"


TROUBLES = [missing, in_a_missing_folder, a_folder, no_database, damaged, empty, older, newer]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.__name__)
@pytest.mark.parametrize("name", USES_THE_DATABASE)
def test_trouble_is_told_in_one_line_with_what_to_do(settings, trouble, name):
    """Exit status 3, by every command that uses the database; programs read it as JSON."""
    says = trouble(file_of(settings))
    arguments, stdin = USES_THE_DATABASE[name]
    ran = ect(*arguments, stdin=stdin, **settings)

    assert ran.status == 3
    assert ran.line.startswith("Database is not available: ")
    assert says in ran.line
    if name in JSON_OUT:
        assert ran.verdict == (3, "unavailable", None)
        assert ran.json["message"] == ran.line
    else:
        assert ran.out == ""


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

    assert (ran.status, ran.out, ran.line) == (0, "", "The database is up to date.")
    assert ect("db", "check", **settings).status == 0


def test_an_upgrade_needs_the_folder(settings):
    """It makes no folders."""
    in_a_missing_folder(file_of(settings))
    ran = ect("db", "upgrade", **settings)

    assert (ran.status, ran.line.startswith("Database is not available: ")) == (3, True)


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_brings_every_earlier_schema_up_to_date(settings, revision):
    """And a second one changes nothing."""
    file_of(settings).write_bytes(b"")
    brought_to(revision, settings["ECT_DATABASE_URL"])
    upgrades = [ect("db", "upgrade", **settings).status for _ in range(2)]
    checked = ect("db", "check", "--format", "json", **settings)

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
    assert ran.line == "A guarantee is not in force: look at the rows that say so."


def test_checking_changes_nothing(settings):
    """Every violation is rolled back."""
    before = ect("ects", "--school", VETERAN, "--format", "json", **settings).json
    assert ect("db", "check", **settings).status == 0
    connection = sqlite3.connect(file_of(settings))
    [(changes,)] = connection.execute("SELECT count(*) FROM history")
    connection.close()

    assert ect("ects", "--school", VETERAN, "--format", "json", **settings).json == before
    assert changes == 3


@pytest.mark.parametrize("modes", [(0o444, 0o755), (0o444, 0o555)], ids=["file", "folder too"])
def test_a_read_only_database_is_told(settings, tmp_path, modes):
    """Nothing is registered; exit status 3."""
    file, folder = file_of(settings), tmp_path
    file.chmod(modes[0])
    folder.chmod(modes[1])
    try:
        ran = ect_process(
            "register-ect",
            "--from",
            "-",
            stdin=a_registration(),
            before=bound_by_permissions,
            **settings,
        )
    finally:
        folder.chmod(0o755)
        file.chmod(0o644)
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)

    assert (ran.verdict, listed.json) == ((3, "unavailable", None), [])
    assert ran.line.startswith("Database is not available: it is read-only; ")


def test_a_full_disk_is_told(settings):
    """Nothing is registered; once there is room, all is well."""
    document = a_registration()
    full = ect_process(
        "register-ect", "--from", "-", stdin=document, before=without_room, **settings
    )
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)
    again = ect("register-ect", "--from", "-", stdin=document, **settings)

    assert (full.verdict, listed.json) == ((3, "unavailable", None), [])
    assert full.line.startswith("Database is not available: the disk ")
    assert full.line.endswith("; put that right, then try again")
    assert again.status == 0


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://nobody:p4ssword@127.0.0.1:1/ect",
        "postgresql://nobody:p4ssword@/ect?host=/no/such/folder",
        "postgresql+psycopg://nobody:p4ssword@127.0.0.1:1/ect",
    ],
)
def test_a_postgresql_that_is_down_is_told(settings, address):
    """In one line, without the password."""
    ran = ect("ects", "--school", NEWCOMER, **settings | {"ECT_DATABASE_URL": address})

    assert (ran.status, ran.out, "p4ssword" in ran.err) == (3, "", False)
    assert ran.line.startswith("Database is not available: ")


def test_an_empty_postgresql_is_told(settings):
    """And upgraded when asked to."""
    told = settings | {"ECT_DATABASE_URL": empty_postgresql_url()}
    before = ect("ects", "--school", NEWCOMER, **told)
    upgraded = ect("db", "upgrade", **told)
    checked = ect("db", "check", "--format", "json", **told)

    assert (before.status, "it is empty; run ect db upgrade" in before.line) == (3, True)
    assert (upgraded.status, checked.status) == (0, 0)
    assert all(row["in_force"] for row in checked.json)


def test_a_postgresql_without_the_database_is_told(settings):
    """A slip in the address."""
    address = empty_postgresql_url().replace("/ect_", "/no_such_")
    ran = ect("ects", "--school", NEWCOMER, **settings | {"ECT_DATABASE_URL": address})

    assert (ran.status, ran.line.startswith("Database is not available: ")) == (3, True)


def test_the_head_is_the_last_revision():
    """What `older` and `newer` are measured by."""
    assert REVISIONS[-1] == HEAD
