"""Turns a right answer into the answer that each fault makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from flask import Response

from trs_simulator.bodies import ALERTS, INDUCTION, Body, person_body
from trs_simulator.faults import Fault, FaultKind
from trs_simulator.people import People
from trs_simulator.persons import RESTRICTED_INCLUDES
from trs_simulator.quota import CALLS, too_many_calls
from trs_simulator.responses import TrsResponse, as_json, empty

_PAGE = "<!doctype html><title>Sorry</title><p>This site is being looked after."


class ConnectionDropped(ConnectionError):
    """Tells the server that it must close the connection without another byte."""


def spoilt(fault: Fault, right: Response, trn: str, people: People) -> Response:
    """Return the answer that goes out instead. DELAY and DROP leave it as it is."""
    match fault.kind:
        case FaultKind.SERVER_ERROR:
            return empty(fault.status)
        case FaultKind.RATE_LIMITED:
            return too_many_calls(fault.retry_after, CALLS, 0)
        case FaultKind.HTML:
            return TrsResponse(_PAGE, mimetype="text/html")
        case FaultKind.ANOTHER_PERSON:
            return _another_person(right, trn, people)
        case _:
            return _CHANGES.get(fault.kind, _unchanged)(right)


def _another_person(right: Response, trn: str, people: People) -> Response:
    other = people.someone_else(trn)
    if right.status_code != 200 or other is None:
        return right
    return as_json(person_body(other, people.more_of(other), RESTRICTED_INCLUDES))


def _unchanged(right: Response) -> Response:
    return right


def _truncated(right: Response) -> Response:
    body = right.get_data()
    right.set_data(body[: len(body) // 2])
    return right


def _mislabelled(right: Response) -> Response:
    right.content_type = "text/plain; charset=utf-8"
    return right


def _broken_off(right: Response) -> Response:
    body = right.get_data()

    def half() -> Iterator[bytes]:
        yield body[: len(body) // 2]
        raise ConnectionDropped

    right.response = half()
    right.content_length = len(body)
    return right


def _without_includes(right: Response) -> Response:
    return _rewritten(right, _drop_includes)


def _with_unknown_status(right: Response) -> Response:
    return _rewritten(right, _make_status_unknown)


def _rewritten(right: Response, rewrite: Callable[[Body], None]) -> Response:
    """Change every record in a right answer; other answers stay."""
    if right.status_code != 200:
        return right
    body = json.loads(right.get_data())
    for record in body.get("results", [body]):
        rewrite(record)
    return as_json(body)


def _drop_includes(record: Body) -> None:
    for key in (INDUCTION, ALERTS):
        record.pop(key, None)


def _make_status_unknown(record: Body) -> None:
    induction = record.get(INDUCTION)
    if isinstance(induction, dict):
        induction["status"] = "PassedInScotland"


_CHANGES: dict[FaultKind, Callable[[Response], Response]] = {
    FaultKind.BREAK_OFF: _broken_off,
    FaultKind.TRUNCATED: _truncated,
    FaultKind.WRONG_CONTENT_TYPE: _mislabelled,
    FaultKind.MISSING_INCLUDES: _without_includes,
    FaultKind.UNKNOWN_STATUS: _with_unknown_status,
}
