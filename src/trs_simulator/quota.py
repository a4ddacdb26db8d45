"""Limits the calls a minute for each application user, in fixed windows."""

from __future__ import annotations

import json
import threading

import attrs
from flask import Response, abort

from trs_simulator.responses import TrsResponse

WINDOW = 60  # seconds
CALLS = 1000


@attrs.define
class _Window:
    """Counts the calls of one user until a moment."""

    ends_at: float
    calls: int = 0


class Quota:
    """Counts calls; threads share it."""

    def __init__(self, calls: int = CALLS) -> None:
        self._calls = calls
        self._windows: dict[str, _Window] = {}
        self._lock = threading.Lock()

    def count(self, user: str, now: float) -> None:
        """Count one call. Aborts with 429 when it is one too many."""
        with self._lock:
            window = self._windows.get(user)
            if window is None or now >= window.ends_at:
                window = self._windows[user] = _Window(now + WINDOW)
            window.calls += 1
            too_many = window.calls > self._calls
        if too_many:
            abort(too_many_calls(str(int(window.ends_at - now)), self._calls, window.ends_at))


def too_many_calls(retry_after: str | None, calls: int, ends_at: float) -> Response:
    """Return 429. The last second of a window says 0; a fault may say anything or nothing."""
    detail = f"A maximum of {calls} calls per {WINDOW} seconds are permitted."
    content = {"title": "API calls quota exceeded", "status": 429, "detail": detail}
    headers = {
        "X-RateLimit-Limit": str(calls),
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": str(int(ends_at)),
    }
    if retry_after is not None:
        headers["Retry-After"] = retry_after
    return TrsResponse(json.dumps(content), 429, headers, content_type="application/problem+json")
