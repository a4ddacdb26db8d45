"""Fails at once for some seconds after repeated faults, rather than queue users up."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

FAULTS_IN_A_ROW = 5
SECONDS_OPEN = 10.0


class State(StrEnum):
    """Says whether lookups may go out."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Permit(StrEnum):
    """Gives leave to ask TRS; it is given back with ``settle``."""

    ORDINARY = "ordinary"
    TRIAL = "trial"  # the one lookup that finds out whether TRS is back


class Breaker:
    """Stays closed until several lookups in a row fail, opens, then lets one lookup through.

    Threads share it.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._faults = 0
        self._about: str | None = None
        self._opened_at = 0.0
        self.state = State.CLOSED

    def admit(self) -> Permit | None:
        """Returns a permit to ask TRS, or None when TRS must not be asked now."""
        with self._lock:
            if self.state is State.CLOSED:
                return Permit.ORDINARY
            rested = self._monotonic() - self._opened_at >= SECONDS_OPEN
            if self.state is State.OPEN and rested:
                self.state = State.HALF_OPEN
                return Permit.TRIAL
            return None

    def settle(self, permit: Permit, *, healthy: bool, about: str | None = None) -> None:
        """Records the outcome of a lookup; any answer closes the breaker, whichever permit it had.

        ``about`` names a record whose fault may be its own (TRS answers 500 for some, for ever):
        a person who tries it again and again must not shut all users out, so it counts once.
        """
        with self._lock:
            if healthy:
                self._faults, self._about = 0, None
                self.state = State.CLOSED
                return
            if about is None or about != self._about:
                self._faults += 1
            self._about = about
            if self._should_open(permit):
                self._opened_at = self._monotonic()
                self.state = State.OPEN

    def _should_open(self, permit: Permit) -> bool:
        if self.state is State.CLOSED:
            return self._faults >= FAULTS_IN_A_ROW
        return permit is Permit.TRIAL and self.state is State.HALF_OPEN
