"""The failure table where it is about connections and statuses."""

from __future__ import annotations

from typing import Any

import httpx

from ect_registration.domain.people.teacher import NoMatch
from integration.trs.support import ANOTHER_TRN, TRN, problem, reply
from integration.trs.table.rows import ECHO, FOUND, GOOD, MERGED, PAGE, RETAINED, UNAVAILABLE, Row


def _limited(*told: str) -> httpx.Response:
    headers = {"Retry_After": told[0]} if told else {}
    body = {"title": "API calls quota exceeded", "status": 429, "detail": ECHO}
    return reply(429, body, Content_Type="application/problem+json", **headers)


def _moved(location: str | None) -> httpx.Response:
    return reply(308) if location is None else reply(308, Location=location)


def _not_found(**more: Any) -> httpx.Response:
    return problem(404, 10001, detail=ECHO, **more)


OUT_OF_REACH = [
    Row("nobody listens", [httpx.ConnectError("refused")], UNAVAILABLE, calls=4),
    Row("no connection in time", [httpx.ConnectTimeout("late")], UNAVAILABLE, calls=4),
    Row("no answer in time", [httpx.ReadTimeout("late")], UNAVAILABLE, calls=4),
    Row("no free connection of ours", [httpx.PoolTimeout("late")], UNAVAILABLE, calls=4),
    Row("the connection breaks", [httpx.ReadError("reset")], UNAVAILABLE, calls=4),
    Row("half an answer", [httpx.RemoteProtocolError("closed")], UNAVAILABLE, calls=4),
    Row("a socket fails", [ConnectionResetError()], UNAVAILABLE, calls=4),
    Row("late once", [httpx.ReadTimeout("late"), GOOD], FOUND, calls=2, slept=[0.1]),
    Row("ever longer pauses", [reply(503)], UNAVAILABLE, calls=4, slept=[0.1, 0.2, 0.4]),
]

FAILING = [
    *(Row(f"{status} empty", [reply(status)], UNAVAILABLE, calls=4) for status in (500, 502, 599)),
    Row("503 with a page", [reply(503, PAGE)], UNAVAILABLE, calls=4),
    Row("500 that says not found", [problem(500, 10001)], UNAVAILABLE, calls=4),
    Row("failed twice", [reply(500), reply(504), GOOD], FOUND, calls=3),
]

LIMITED = [
    Row("429, wait 3", [_limited("3"), GOOD], FOUND, calls=2, slept=[3]),
    Row("429, wait 0", [_limited("0"), GOOD], FOUND, calls=2, slept=[1]),
    Row("429, silent", [_limited(), GOOD], FOUND, calls=2, slept=[1]),
    Row("429, garbled", [_limited("soon"), GOOD], FOUND, calls=2, slept=[1]),
    Row("429, negative", [_limited("-5"), GOOD], FOUND, calls=2, slept=[1]),
    Row(
        "429, a date",
        [_limited("Wed, 10 Sep 2025 09:00:00 GMT"), GOOD],
        FOUND,
        calls=2,
        slept=[1],
    ),
    Row("429, too long", [_limited("5")], UNAVAILABLE, calls=1, slept=[]),
    Row("429, absurdly long", [_limited("9" * 400), GOOD], FOUND, calls=2, slept=[1]),
    Row("429, for ever", [_limited("1")], UNAVAILABLE, calls=4, slept=[1, 1, 1]),
]

MISCONFIGURED = [
    Row("401 empty", [reply(401)], UNAVAILABLE),
    Row("403 empty", [reply(403)], UNAVAILABLE),
    Row("403 restricted key", [problem(403, 10040, detail="")], UNAVAILABLE),
    Row("400 from the framework", [reply(400, {"title": "Bad Request"})], UNAVAILABLE),
    Row(
        "400 that repeats a secret",
        [reply(400, {"errors": {"dateOfBirth": [ECHO]}})],
        UNAVAILABLE,
    ),
    Row("404 empty", [reply(404)], UNAVAILABLE),
    Row("404 with a page", [reply(404, PAGE)], UNAVAILABLE),
    Row("404 of a framework", [reply(404, {"title": "Not Found"})], UNAVAILABLE),
    Row("404 with another code", [problem(404, 10031)], UNAVAILABLE),
    Row("404 with a code in words", [reply(404, {"errorCode": "10001"})], UNAVAILABLE),
    Row("404 with a list", [reply(404, [10001])], UNAVAILABLE),
    Row("404 with nonsense", [reply(404, b"\xff{")], UNAVAILABLE),
]

NOT_FOUND = [
    Row(
        "404 with 10001",
        [_not_found()],
        NoMatch.TRN_NOT_FOUND,
        by_number=NoMatch.DETAILS_DO_NOT_MATCH,
    ),
    Row(
        "410",
        [problem(410, 10058)],
        NoMatch.TRN_NOT_FOUND,
        by_number=NoMatch.DETAILS_DO_NOT_MATCH,
    ),
    Row(
        "410 without a code",
        [reply(410)],
        NoMatch.TRN_NOT_FOUND,
        by_number=NoMatch.DETAILS_DO_NOT_MATCH,
    ),
    Row(
        "404 with 10058, of an old version",
        [problem(404, 10058, title=f"Record {TRN} is not active.")],
        NoMatch.TRN_NOT_FOUND,
        by_number=NoMatch.DETAILS_DO_NOT_MATCH,
    ),
]

MERGERS = [
    Row("308", [_moved(f"/v3/persons/{ANOTHER_TRN}"), RETAINED], MERGED, calls=2),
    Row(
        "308, whole address",
        [_moved(f"https://trs.example/v3/persons/{ANOTHER_TRN}"), RETAINED],
        MERGED,
        calls=2,
    ),
    Row(
        "404 with 10059, of an old version",
        [
            problem(404, 10059, title=f"Record {TRN} has been merged with {ANOTHER_TRN}."),
            RETAINED,
        ],
        MERGED,
        calls=2,
    ),
    Row(
        "410 with 10059",
        [
            problem(410, 10059, title=f"Record {TRN} has been merged with {ANOTHER_TRN}."),
            RETAINED,
        ],
        MERGED,
        calls=2,
    ),
    Row("404 with 10059, unreadable", [problem(404, 10059, title="Merged.")], UNAVAILABLE),
    Row("404 with 10059, untitled", [problem(404, 10059, title=7)], UNAVAILABLE),
    Row(
        "308, then nobody",
        [_moved(f"/v3/persons/{ANOTHER_TRN}"), _not_found()],
        NoMatch.TRN_NOT_FOUND,
        calls=2,
        by_number=NoMatch.DETAILS_DO_NOT_MATCH,
    ),
    Row(
        "308, then the old record again",
        [_moved(f"/v3/persons/{ANOTHER_TRN}"), GOOD],
        UNAVAILABLE,
        calls=2,
    ),
    Row(
        "308 twice",
        [_moved(f"/v3/persons/{ANOTHER_TRN}"), _moved("/v3/persons/3000003")],
        UNAVAILABLE,
        calls=2,
    ),
    Row("308 to itself", [_moved(f"/v3/persons/{TRN}")], UNAVAILABLE),
    Row("308 to nowhere", [_moved(None)], UNAVAILABLE),
    Row("308 to another host", [_moved("https://evil.example/v3/persons/3000002")], UNAVAILABLE),
    Row("308 beside our host", [_moved("//evil.example/v3/persons/3000002")], UNAVAILABLE),
    Row(
        "308 to a longer host", [_moved("https://trs.example.org/v3/persons/3000002")], UNAVAILABLE
    ),
    Row("308 to http", [_moved("http://trs.example/v3/persons/3000002")], UNAVAILABLE),
    Row("308 with a query", [_moved("/v3/persons/3000002?x=1")], UNAVAILABLE),
    Row("308 to six digits", [_moved("/v3/persons/300000")], UNAVAILABLE),
    Row("308 to another place", [_moved("/v3/trns/3000002")], UNAVAILABLE),
    Row("308 upwards", [_moved("/v3/persons/../3000002")], UNAVAILABLE),
]

NOT_AGREED = [
    *(
        Row(f"{status}", [reply(status, Location="/v3/persons/3000002")], UNAVAILABLE)
        for status in (201, 202, 204, 206, 301, 302, 303, 304, 307, 402, 418, 600)
    ),
]
