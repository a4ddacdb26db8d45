"""Says how long a lookup may take: one end for everything that it involves."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import attrs


@attrs.frozen
class Timing:
    """Holds the clocks, the sleep and the chance that a client uses; tests bring their own."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time  # seconds since 1970
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random  # for jitter


@attrs.frozen
class Patience:
    """Holds the time limits of one lookup, in seconds."""

    whole: float  # retries, pauses and the hop to a merged record included
    connect: float
    read: float


# For runs that no page waits for: they may use up the calls of a minute on the way.
UNATTENDED = Patience(whole=120, connect=5, read=30)


def page_patience(whole: float) -> Patience:
    """Returns limits that leave time for a second try while a person waits for a page."""
    return Patience(whole=whole, connect=whole * 0.4, read=whole * 0.6)


@attrs.frozen
class Deadline:
    """Holds a moment on the monotonic clock, and the limits of the steps on the way to it."""

    ends_at: float
    patience: Patience
    monotonic: Callable[[], float]

    @classmethod
    def starting_now(cls, patience: Patience, timing: Timing) -> Deadline:
        """Returns a deadline at the end of this patience, counted from now."""
        return cls(timing.monotonic() + patience.whole, patience, timing.monotonic)

    def left(self) -> float:
        """Returns the seconds left, zero or less when the deadline has passed."""
        return self.ends_at - self.monotonic()


_current: ContextVar[Deadline | None] = ContextVar("trs_deadline", default=None)


@contextmanager
def keeping_to(deadline: Deadline) -> Iterator[None]:
    """Lets this thread talk to TRS until the deadline, within this block."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


def current_deadline() -> Deadline | None:
    """Returns the thread's deadline, or None when the thread is not talking to TRS."""
    return _current.get()
