"""Keeps calls of TRS so far apart that no minute has too many of them, retries included."""

from __future__ import annotations

import attrs
import httpx

from adapters.trs.connection.deadline import Patience, Timing

MOST_CALLS_OF_A_LOOKUP = 8  # a record and the one it was merged into, each with three retries


@attrs.define
class Pace:
    """Lets one caller go on at even intervals: it never makes up for time that was lost."""

    calls_a_minute: int
    timing: Timing
    _next: float = attrs.field(init=False, default=float("-inf"))

    @property
    def interval(self) -> float:
        """Returns the seconds between two calls."""
        return 60 / self.calls_a_minute

    def wait(self) -> None:
        """Sleeps until the next call may begin."""
        early = self._next - self.timing.monotonic()
        if early > 0:
            self.timing.sleep(early)
        self._next = self.timing.monotonic() + self.interval


def patient(patience: Patience, pace: Pace) -> Patience:
    """Returns limits under which a lookup may wait for its turn as often as it calls."""
    waits = MOST_CALLS_OF_A_LOOKUP * pace.interval
    return attrs.evolve(patience, whole=patience.whole + waits)


@attrs.frozen
class PacedTransport(httpx.BaseTransport):
    """Waits for its turn before each request."""

    _transport: httpx.BaseTransport
    _pace: Pace

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the response to a request that was sent in its turn."""
        self._pace.wait()
        return self._transport.handle_request(request)

    def close(self) -> None:
        """Closes every connection."""
        self._transport.close()
