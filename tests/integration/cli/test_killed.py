"""Killed in the middle of a submission: nothing half done is left, and nobody is held up."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from integration.cli.terminal import ect, environment
from integration.cli.town import NEWCOMER, OMAR, VETERAN, a_registration
from integration.postgresql import temporary_postgresql_url

PROGRAM = Path(__file__).with_name("paused_submission.py")
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
