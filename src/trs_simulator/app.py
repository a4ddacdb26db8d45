"""Builds the simulator as a Flask application."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from ect_registration.domain.values import Trn
from ect_registration.domain.world import TrsPerson
from trs_simulator.admin import admin
from trs_simulator.endpoints import ENDPOINTS, VERSIONS, Endpoint
from trs_simulator.fault_responses import ConnectionDropped, spoilt
from trs_simulator.faults import FaultBook, FaultKind
from trs_simulator.keys import DEMO_KEYS, Key, KeyRing
from trs_simulator.people import More, People
from trs_simulator.persons import Call
from trs_simulator.quota import CALLS, Quota
from trs_simulator.responses import TrsResponse, empty

LARGEST_REQUEST = 1_000_000  # bytes; 500 people in one search are 40,000


class Simulator(Flask):
    """Simulates TRS; ``faults`` makes it misbehave, and ``calls`` counts requests to endpoints."""

    response_class = TrsResponse

    def __init__(
        self,
        people: People,
        keys: KeyRing,
        clock: Callable[[], float],
        quota: Quota,
        pause: Callable[[float], object] | None,
    ) -> None:
        super().__init__(__name__, static_folder=None)
        self.faults = FaultBook()
        self.calls: Counter[str] = Counter()
        self.stopping = threading.Event()  # a delay ends when the server does
        self._people, self._keys, self._clock, self._quota = people, keys, clock, quota
        self._pause = pause or self.stopping.wait
        # A dropped connection is an exception that the server must see.
        self.config.update(PROPAGATE_EXCEPTIONS=True, MAX_CONTENT_LENGTH=LARGEST_REQUEST)
        self.url_map.strict_slashes = self.url_map.merge_slashes = False
        self.register_error_handler(HTTPException, _refused)
        self.after_request(self._dated)
        self.add_url_rule("/health", view_func=_health)
        self.register_blueprint(admin(self.faults, self.calls))
        for name, endpoint in ENDPOINTS.items():
            self.add_url_rule(endpoint.path, name, self._endpoint, methods=[endpoint.method])

    def _endpoint(self, trn: str = "") -> Response:
        """Answer a request to an endpoint of TRS, with the fault that waits for it, if any."""
        name = str(request.endpoint)
        endpoint = ENDPOINTS[name]
        version = request.headers.get("X-Api-Version", VERSIONS[0])  # without one: the oldest
        if version not in VERSIONS or version < endpoint.since:
            return empty(404)
        self.calls[name] += 1
        trn = trn.strip()
        fault = self.faults.take(trn)
        if fault is not None and fault.kind is FaultKind.DELAY:
            self._pause(fault.seconds)
        if fault is not None and fault.kind is FaultKind.DROP:
            raise ConnectionDropped
        right = self._right(endpoint, version, trn)
        return right if fault is None else spoilt(fault, right, trn, self._people)

    def _right(self, endpoint: Endpoint, version: str, trn: str) -> Response:
        """Check who calls, then the role, then the quota, then answer as TRS would."""
        now = self._clock()
        key = self._keys.holder(request.headers.get("Authorization", ""), now)
        if key is None:
            return empty(401)
        if endpoint.roles is not None and not endpoint.roles & key.roles:
            return empty(403)
        try:
            self._quota.count(key.user, now)
            return endpoint.answer(Call(trn, version, key, self._people))
        except HTTPException as refusal:
            return _refused(refusal)

    def _dated(self, response: Response) -> Response:
        response.date = datetime.fromtimestamp(self._clock(), UTC)
        return response


def simulator_app(
    people: Iterable[TrsPerson],
    *,
    keys: Iterable[Key] = DEMO_KEYS,
    more: Mapping[Trn, More] | None = None,
    clock: Callable[[], float] = time.time,
    calls_a_minute: int = CALLS,
    pause: Callable[[float], object] | None = None,
) -> Simulator:
    """Return a TRS with these people on record that accepts these keys.

    ``more`` adds to a record what a world cannot say; ``clock`` returns seconds since 1970;
    ``pause`` is what a delay does.
    """
    return Simulator(
        People(people, more or {}), KeyRing(keys), clock, Quota(calls_a_minute), pause
    )


def _refused(error: HTTPException) -> Response:
    """Return the response that an endpoint aborted with, or an empty 404 for no such address."""
    response = error.response
    return response if isinstance(response, Response) else empty(404)


def _health() -> Response:
    return TrsResponse("OK", mimetype="text/plain")
