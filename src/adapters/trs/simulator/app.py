"""The simulator as a WSGI application."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment

from adapters.trs.simulator import persons
from adapters.trs.simulator.admin import ADMIN, administer
from adapters.trs.simulator.fault_responses import ConnectionDropped, spoilt
from adapters.trs.simulator.faults import Fault, FaultBook, FaultKind
from adapters.trs.simulator.find import find
from adapters.trs.simulator.keys import APPROPRIATE_BODY, DEMO_KEYS, GET_PERSON, Key, KeyRing
from adapters.trs.simulator.people import More, People
from adapters.trs.simulator.quota import CALLS, Quota
from adapters.trs.simulator.responses import Response
from adapters.trs.simulator.versions import Endpoint, Route, route
from ect_registration.domain.values import Trn
from ect_registration.domain.world import TrsPerson

_ROLES = {
    Endpoint.PERSON: frozenset({GET_PERSON, APPROPRIATE_BODY}),
    Endpoint.FIND: frozenset({GET_PERSON}),
}


class Simulator:
    """TRS in small. ``faults`` makes it misbehave; ``calls`` counts what was asked of it."""

    def __init__(
        self,
        people: People,
        keys: KeyRing,
        clock: Callable[[], float],
        quota: Quota,
        pause: Callable[[float], object] | None,
    ) -> None:
        self.faults = FaultBook()
        self.calls: Counter[str] = Counter()
        self.stopping = threading.Event()  # a delay ends when the server does
        self._people, self._keys, self._clock, self._quota = people, keys, clock, quota
        self._pause = pause or self.stopping.wait

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request. Raises ConnectionDropped when it is to end without an answer."""
        path = str(environ.get("PATH_INFO", ""))
        if path == "/health":
            text = (("Content-Type", "text/plain; charset=utf-8"),)
            return _send(Response(200, text, b"OK"), self._clock(), start_response)
        if path.startswith(ADMIN):
            response = administer(environ, self.faults, self.calls)
            return _send(response, self._clock(), start_response)
        version = environ.get("HTTP_X_API_VERSION")
        found = route(str(environ["REQUEST_METHOD"]), path, version)
        if found is None:
            return _send(Response(404), self._clock(), start_response)
        self.calls[found.endpoint.value] += 1
        return self._answer(found, environ, start_response)

    def _answer(
        self, found: Route, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        fault = self.faults.take(found.trn)
        if fault is not None and fault.kind is FaultKind.DELAY:
            self._pause(fault.seconds)
        if fault is not None and fault.kind is FaultKind.DROP:
            raise ConnectionDropped
        response = self._right(found, environ)
        if fault is not None:
            response = spoilt(fault, response, found.trn, self._people)
        sent = _send(response, self._clock(), start_response)
        return _broken_off(response.body) if _breaks_off(fault) else sent

    def _right(self, found: Route, environ: WSGIEnvironment) -> Response:
        """Who calls, then what for, then how often, then the answer."""
        now = self._clock()
        key = self._keys.holder(str(environ.get("HTTP_AUTHORIZATION", "")), now)
        if key is None:
            return Response(401)
        needed = _ROLES.get(found.endpoint)
        if needed is not None and not needed & key.roles:
            return Response(403)
        return self._quota.used_up(key.user, now) or self._endpoint(found, environ, key)

    def _endpoint(self, found: Route, environ: WSGIEnvironment, key: Key) -> Response:
        match found.endpoint:
            case Endpoint.PERSON:
                return persons.person(found, _query(environ), key, self._people)
            case Endpoint.TRNS:
                return persons.trn(found, self._people)
            case Endpoint.FIND:
                length = int(environ.get("CONTENT_LENGTH") or 0)
                return find(environ["wsgi.input"].read(length), found.version, self._people)


def simulator_app(
    people: Iterable[TrsPerson],
    *,
    keys: Iterable[Key] = DEMO_KEYS,
    more: Mapping[Trn, More] | None = None,
    clock: Callable[[], float] = time.time,
    calls_a_minute: int = CALLS,
    pause: Callable[[float], object] | None = None,
) -> Simulator:
    """TRS with these people on record and these keys given out.

    ``more`` adds to a record what a world has no words for; ``clock`` tells seconds since 1970;
    ``pause`` is what a delay does.
    """
    return Simulator(
        People(people, more or {}), KeyRing(keys), clock, Quota(calls_a_minute), pause
    )


def _query(environ: WSGIEnvironment) -> persons.Query:
    """Names without case; of a name that comes twice, the first."""
    query: persons.Query = {}
    pairs = parse_qsl(str(environ.get("QUERY_STRING", "")), keep_blank_values=True)
    for name, value in pairs:
        query.setdefault(name.lower(), value)
    return query


def _send(response: Response, now: float, start_response: StartResponse) -> list[bytes]:
    headers = [*response.headers, ("Date", formatdate(now, usegmt=True))]
    if response.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(response.body))))
    start_response(f"{response.status} {HTTPStatus(response.status).phrase}", headers)
    return [response.body]


def _breaks_off(fault: Fault | None) -> bool:
    return fault is not None and fault.kind is FaultKind.BREAK_OFF


def _broken_off(body: bytes) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    raise ConnectionDropped
