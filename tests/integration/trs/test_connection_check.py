"""What ``ect doctor`` is told of the connection to TRS."""

from __future__ import annotations

import httpx
import pytest

from integration.trs.support import (
    TRN,
    Script,
    StillTime,
    a_body,
    problem,
    records_on,
    records_over,
    reply,
)
from trs_simulator.app import simulator_app

CHECKS = ["address", "key", "version", "clock"]
UNKNOWN = problem(404, 10001)


def _check(*replies, **options):
    """The verdicts, by check; the script is asked once."""
    script = Script(replies)
    findings = records_over(script, **options).connection_check()

    assert ([finding.check for finding in findings], len(script.requests)) == (CHECKS, 1)
    return {finding.check: finding.ok for finding in findings}


@pytest.mark.parametrize(
    ("answer", "address", "key", "version"),
    [
        (UNKNOWN, True, True, True),
        (reply(401), True, False, True),
        (reply(403), True, False, True),
        (problem(403, 10040), True, False, True),
        (reply(404), True, None, False),
        (reply(400), True, None, True),
        (reply(429), True, True, True),
        (reply(500), False, None, None),
        (reply(200, b"<html>"), False, None, None),
        (reply(302), False, None, None),
        (httpx.ConnectError("refused"), False, None, None),
        (httpx.ReadTimeout("late"), False, None, None),
    ],
)
def test_each_answer_tells_what_is_wrong(answer, address, key, version):
    """One request, no retries; what an answer cannot tell is left open."""
    found = _check(answer)

    assert (found["address"], found["key"], found["version"]) == (address, key, version)


def test_everything_is_right_with_a_simulator():
    """Nobody's record is read."""
    simulator = simulator_app([])
    findings = records_on(simulator).connection_check()

    assert [finding.ok for finding in findings[:3]] == [True, True, True]


@pytest.mark.parametrize(
    ("person", "version", "ok"),
    [
        (UNKNOWN, "20250905", False),
        (problem(404, 10058), "20250905", False),
        (UNKNOWN, "20260612", True),
    ],
)
def test_an_old_version_works_and_should_not_be_used(person, version, ok):
    """It has other words for gone and moved."""
    assert _check(person, api_version=version)["version"] == ok


@pytest.mark.parametrize(
    ("date", "ok"),
    [
        ("Thu, 01 Jan 1970 00:16:40 GMT", True),
        ("Thu, 01 Jan 1970 00:17:40 GMT", True),
        ("Thu, 01 Jan 1970 00:17:41 GMT", False),
        ("Thu, 01 Jan 1970 00:15:39 GMT", False),
        ("today", None),
        (None, None),
    ],
)
def test_clocks_may_differ_by_a_minute(date, ok):
    """Ours says 1000 seconds since 1970."""
    told = {} if date is None else {"Date": date}
    answer = reply(404, {"errorCode": 10001}, **told)

    assert _check(answer, timing=StillTime().timing)["clock"] == ok


def test_a_record_may_be_named():
    """Then it is that one that is asked for."""
    script = Script([reply(200, a_body())])
    findings = records_over(script).connection_check(TRN)

    assert (script.requests[0].url.path, findings[0].ok) == (f"/v3/persons/{TRN}", True)
