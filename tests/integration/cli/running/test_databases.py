"""A database that is missing, damaged, closed, full, older or newer: one line that says so."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ect_registration.ports.errors import Contention
from entrypoints.cli.terminal.error_messages import explain
from integration.cli.databases import TROUBLES, bound_by_permissions, file_of, without_room
from integration.cli.terminal import ect, ect_process
from integration.cli.town import NEWCOMER, WORLD, a_partnership, a_registration
from integration.postgresql import empty_postgresql_url

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
    assert full.line.endswith("; correct this, then try again")
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


def test_a_postgresql_without_the_database_is_told(settings):
    """A slip in the address."""
    address = empty_postgresql_url().replace("/ect_", "/no_such_")
    ran = ect("ects", "--school", NEWCOMER, **settings | {"ECT_DATABASE_URL": address})

    assert (ran.status, ran.line.startswith("Database is not available: ")) == (3, True)


def test_a_database_that_is_busy_for_too_long_is_told():
    """Somebody else holds it; trying again may well do."""
    with CliRunner().isolation() as (_, err, _):
        status = explain(Contention("SQLITE_BUSY"))
        said = err.getvalue().decode()

    assert (status, said) == (
        3,
        "The database is busy. Try again in a minute.\n",
    )
