"""So many calls a minute for each application user, in fixed windows."""

from __future__ import annotations

import threading

import attrs

from adapters.trs.simulator.responses import Response

WINDOW = 60  # seconds
CALLS = 1000


@attrs.define
class _Window:
    """One user's calls since a moment."""

    ends_at: float
    calls: int = 0


class Quota:
    """Counts; threads share it."""

    def __init__(self, calls: int = CALLS) -> None:
        self._calls = calls
        self._windows: dict[str, _Window] = {}
        self._lock = threading.Lock()

    def used_up(self, user: str, now: float) -> Response | None:
        """Count one call; a response when it is one too many."""
        with self._lock:
            window = self._windows.get(user)
            if window is None or now >= window.ends_at:
                window = self._windows[user] = _Window(now + WINDOW)
            window.calls += 1
            if window.calls <= self._calls:
                return None
        return too_many_calls(str(int(window.ends_at - now)), self._calls, window.ends_at)


def too_many_calls(retry_after: str | None, calls: int, ends_at: float) -> Response:
    """429. A window's last second says 0; a fault of ours may say anything or nothing."""
    headers = [
        ("Content-Type", "application/problem+json"),
        ("X-RateLimit-Limit", str(calls)),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", str(int(ends_at))),
    ]
    if retry_after is not None:
        headers.append(("Retry-After", retry_after))
    body = (
        '{"title": "API calls quota exceeded", "status": 429, "detail": '
        f'"A maximum of {calls} calls per {WINDOW} seconds are permitted."}}'
    )
    return Response(429, tuple(headers), body.encode())
