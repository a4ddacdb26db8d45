"""What each fault makes of a right answer."""

from __future__ import annotations

import json
from collections.abc import Callable

import attrs

from adapters.trs.simulator.bodies import ALERTS, INDUCTION, Body, person_body
from adapters.trs.simulator.faults import Fault, FaultKind
from adapters.trs.simulator.people import People
from adapters.trs.simulator.persons import RESTRICTED_INCLUDES
from adapters.trs.simulator.quota import CALLS, too_many_calls
from adapters.trs.simulator.responses import Response, as_json

_HTML = (("Content-Type", "text/html; charset=utf-8"),)
_TEXT = (("Content-Type", "text/plain; charset=utf-8"),)
_PAGE = b"<!doctype html><title>Sorry</title><p>This site is being looked after."


class ConnectionDropped(ConnectionError):
    """The server is to close the connection without another byte."""


@attrs.frozen
class _Scene:
    """A fault, and the right answer it happens to."""

    fault: Fault
    right: Response
    trn: str
    people: People


def spoilt(fault: Fault, right: Response, trn: str, people: People) -> Response:
    """The answer that goes out instead. DELAY, DROP and BREAK_OFF leave it as it is."""
    scene = _Scene(fault, right, trn, people)
    return _SPOILERS.get(fault.kind, _as_it_is)(scene)


def _as_it_is(scene: _Scene) -> Response:
    return scene.right


def _failed(scene: _Scene) -> Response:
    return Response(scene.fault.status)


def _limited(scene: _Scene) -> Response:
    return too_many_calls(scene.fault.retry_after, CALLS, 0)


def _truncated(scene: _Scene) -> Response:
    body = scene.right.body
    return attrs.evolve(scene.right, body=body[: len(body) // 2])


def _page(_: _Scene) -> Response:
    return Response(200, _HTML, _PAGE)


def _mislabelled(scene: _Scene) -> Response:
    return attrs.evolve(scene.right, headers=_TEXT)


def _without_includes(scene: _Scene) -> Response:
    return _rewritten(scene.right, _drop_includes)


def _with_unknown_status(scene: _Scene) -> Response:
    return _rewritten(scene.right, _make_status_unknown)


def _someone_else(scene: _Scene) -> Response:
    other = scene.people.someone_else(scene.trn)
    if scene.right.status != 200 or other is None:
        return scene.right
    return as_json(person_body(other, scene.people.more_of(other), RESTRICTED_INCLUDES))


def _rewritten(right: Response, rewrite: Callable[[Body], None]) -> Response:
    """Every record in a right answer, changed; other answers stay."""
    if right.status != 200:
        return right
    body = json.loads(right.body)
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


_SPOILERS: dict[FaultKind, Callable[[_Scene], Response]] = {
    FaultKind.SERVER_ERROR: _failed,
    FaultKind.RATE_LIMITED: _limited,
    FaultKind.TRUNCATED: _truncated,
    FaultKind.HTML: _page,
    FaultKind.WRONG_CONTENT_TYPE: _mislabelled,
    FaultKind.MISSING_INCLUDES: _without_includes,
    FaultKind.ANOTHER_PERSON: _someone_else,
    FaultKind.UNKNOWN_STATUS: _with_unknown_status,
}
