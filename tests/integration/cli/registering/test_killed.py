"""Killed in the middle of a submission: nothing half done is left, and nobody is held up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from integration.cli.terminal import ect, environment
from integration.cli.town import (
    MAYA,
    MERGED,
    NEWCOMER,
    OMAR,
    RETAINED,
    VETERAN,
    a_registration,
)
from integration.postgresql import temporary_postgresql_url

PROGRAM = Path(__file__).parents[1] / "paused_submission.py"
TRANSFER = a_registration(trn=OMAR, start_date="2025-09-08")


@pytest.fixture(params=["sqlite", "postgresql"])
def told(request, settings, town):
    """The settings, with the town in a database of either kind."""
    if request.param == "sqlite":
        yield settings
        return
    with temporary_postgresql_url() as url:
        on_postgresql = settings | {"ECT_DATABASE_URL": url}
        assert ect("world", "load", str(town), **on_postgresql).status == 0
        yield on_postgresql


def pages(told):
    """Everybody at both schools, as the schools see them."""
    return [
        ect("ects", "--school", school, "--format", "json", **told).json
        for school in (VETERAN, NEWCOMER)
    ]


def killed_before_the_commit(document, told):
    """Begin to submit, and kill the process when all is written and nothing kept."""
    with subprocess.Popen(
        [sys.executable, PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(told),
    ) as process:
        process.stdin.write(json.dumps(document).encode())
        process.stdin.close()
        said = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        return said, process.wait()


@pytest.mark.parametrize("document", [a_registration(), TRANSFER], ids=["new", "transfer"])
def test_a_submission_killed_before_its_end_leaves_nothing(told, document):
    """No record, no ended period elsewhere; guarantees hold, and the same goes through then."""
    before = pages(told)
    ended = killed_before_the_commit(document, told)
    after = pages(told)
    checked = ect("db", "check", "--format", "json", **told)
    again = ect("register-ect", "--from", "-", stdin=document, **told)

    assert ended == (b"about to commit\n", -signal.SIGKILL)
    assert after == before
    assert (checked.status, {row["in_force"] for row in checked.json}) == (0, {True})
    assert (again.status, again.json["outcome"]) == (0, "registered")


KEYS = list(a_registration())
PEOPLE = (MAYA, OMAR, MERGED)
FILE = "\r\n".join(
    [
        ",".join(KEYS),
        *(
            ",".join(
                str(value or "")
                for value in a_registration(
                    trn=trn, email=f"{trn}@example.org", start_date="2025-09-08"
                ).values()
            )
            for trn in PEOPLE
        ),
    ]
).encode()


def killed_at(statement, told, *command, stdin=b""):
    """Run a command in a process that is killed at this statement; say if it was."""
    child = os.fork()
    if child == 0:
        left = iter(range(statement, 0, -1))

        def count(*_):
            if next(left, 0) <= 1:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(sa.Engine, "before_cursor_execute", count)
        sa.event.listen(sa.Engine, "commit", count)
        os._exit(ect(*command, stdin=stdin, **told).status)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_a_file_that_is_cut_off_at_any_statement_and_given_again_registers_nobody_twice(told):
    """However often it is cut off, and wherever: in the end everybody is registered once."""
    statement = 1
    while killed_at(statement, told, "bulk", "register-ects", "-", stdin=FILE):
        here = [each["trn"] for each in pages(told)[1]]
        assert sorted(here) in ([], sorted([MAYA, OMAR, RETAINED]))
        statement += 1
    ran = ect("bulk", "register-ects", "-", stdin=FILE, **told)
    here = [each["trn"] for each in pages(told)[1]]

    assert statement > 10
    assert (ran.status, ran.json["done_before"]) == (0, len(PEOPLE))
    assert sorted(here) == sorted([MAYA, OMAR, RETAINED])
    assert ect("history", "verify", **told).status == 0


def test_a_transfer_and_its_undoing_are_whole_or_not_there_wherever_they_are_killed(told):
    """A command that is killed at any statement leaves the state before it, or the state after."""
    begun = pages(told)
    seen = states(told, "register-ect", "--from", "-", stdin=TRANSFER)
    [ect_here] = [each for each in seen[-1][1] if each["trn"] == OMAR]
    undone = states(told, "undo", "ect", ect_here["id"], "--school", NEWCOMER, "--as", "Ada Obi")

    assert (seen[0], len(seen)) == (begun, 2)
    assert (undone[0], len(undone)) == (seen[-1], 2)
    assert ect("history", "verify", **told).status == 0
    assert {row["in_force"] for row in ect("db", "check", "--format", "json", **told).json} == {
        True
    }


def states(told, *command, stdin=b""):
    """The states of both schools that are seen while a command is killed ever later, in turn."""
    seen, statement = [pages(told)], 1
    while killed_at(statement, told, *command, stdin=stdin):
        statement += 1
        if seen[-1] != (now := pages(told)):
            seen.append(now)
    assert statement > 10
    return seen if seen[-1] == (now := pages(told)) else [*seen, now]
