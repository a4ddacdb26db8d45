"""A backup of PostgreSQL as docs/runbook.md has it, restored and looked at as it says."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from integration.backups import RUNBOOK, address, everything_in, program
from integration.cli.terminal import ect
from integration.cli.town import world_file
from integration.postgresql import empty_postgresql_url, fresh_postgresql_url

COMMANDS = re.findall(r"^(pg_dump|pg_restore) (.*)$", RUNBOOK, re.MULTILINE)
LOOKS = (("db", "check"), ("history", "verify"))


def _run(name: str, words: list[str]) -> None:
    ran = subprocess.run([program(name), *words], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def _documented(name: str, **places: str) -> list[str]:
    """The options that the runbook gives, with what is here for its places."""
    [options] = [options for each, options in COMMANDS if each == name]
    for place, here in places.items():
        assert place in options
        options = options.replace(place, shlex.quote(here))
    return shlex.split(options)


@pytest.fixture
def before(settings: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The settings of a service on PostgreSQL that has registered people."""
    there = {**settings, "ECT_DATABASE_URL": fresh_postgresql_url()}
    loaded = ect("world", "load", str(world_file(tmp_path)), **there)
    assert loaded.status == 0, loaded.err
    return there


@pytest.fixture
def after(before: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same, on a database that was restored from its backup."""
    url, file = empty_postgresql_url(), str(tmp_path / "ect.dump")
    _run("pg_dump", _documented("pg_dump", SOURCE=address(before["ECT_DATABASE_URL"]), FILE=file))
    _run("pg_restore", _documented("pg_restore", TARGET=address(url), FILE=file))
    return {**before, "ECT_DATABASE_URL": url}


def test_what_was_restored_is_what_was_kept(before: dict[str, str], after: dict[str, str]) -> None:
    """Row by row, and by everything that the runbook looks at."""
    looks = [ect(*look, "--format", "json", **after) for look in LOOKS]

    assert [(ran.status, ran.err) for ran in looks] == [(0, ""), (0, "")]
    assert all(ran.json for ran in looks)
    assert everything_in(after["ECT_DATABASE_URL"]) == everything_in(before["ECT_DATABASE_URL"])


def test_a_restored_service_goes_on(after: dict[str, str]) -> None:
    """Numbers are counted on from where they were, and history from its last line."""
    changed = ect("world", "load", str(_another_world(after)), **after)
    verified = ect("history", "verify", **after)

    assert (changed.status, verified.status) == (0, 0)


def _another_world(settings: dict[str, str]) -> Path:
    file = Path(settings["ECT_TRS_URL"].removeprefix("world:")).with_name("another.json")
    file.write_text('{"schools": [{"urn": "100999", "name": "New School"}]}', encoding="utf-8")
    return file


LOST = [
    ("DELETE FROM history WHERE number = 1", ("history", "verify")),
    ("ALTER TABLE ect_periods DROP CONSTRAINT {exclusion}", ("db", "check", "--declared-only")),
]


@pytest.mark.parametrize(("lost", "look"), LOST)
def test_a_restore_that_is_not_whole_is_noticed(
    after: dict[str, str], lost: LiteralString, look: tuple[str, ...]
) -> None:
    """Lines of history that are missing, and guarantees that are."""
    with psycopg.connect(address(after["ECT_DATABASE_URL"]), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # no triggers
        [(name,)] = connection.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE conrelid = 'ect_periods'::regclass AND contype = 'x'"
        )
        connection.execute(sql.SQL(lost).format(exclusion=sql.Identifier(name)))
    ran = ect(*look, **after)

    assert ran.status == 4
