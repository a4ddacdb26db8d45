"""How long a lookup may take: one end for everything that it involves."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import attrs


@attrs.frozen
class Timing:
    """The clocks, the sleep and the chance that a client goes by; tests bring their own."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time  # seconds since 1970
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random  # for jitter


@attrs.frozen
class Patience:
    """The time limits of one lookup, in seconds."""

    whole: float  # retries, pauses and the hop to a merged record included
    connect: float
    read: float


def page_patience(whole: float) -> Patience:
    """Somebody waits for a page: leave time for a second try within the whole."""
    return Patience(whole=whole, connect=whole * 0.4, read=whole * 0.6)


@attrs.frozen
class Deadline:
    """A moment on the monotonic clock, and the limits of the steps on the way to it."""

    ends_at: float
    patience: Patience
    monotonic: Callable[[], float]

    @classmethod
    def starting_now(cls, patience: Patience, timing: Timing) -> Deadline:
        """The whole of this patience, counted from now."""
        return cls(timing.monotonic() + patience.whole, patience, timing.monotonic)

    def left(self) -> float:
        """Seconds; zero or less when it has passed."""
        return self.ends_at - self.monotonic()


_current: ContextVar[Deadline | None] = ContextVar("trs_deadline", default=None)


@contextmanager
def keeping_to(deadline: Deadline) -> Iterator[None]:
    """Within this block, this thread talks to TRS and has until the deadline."""
    token = _current.set(deadline)
    try:
        yield
    finally:
        _current.reset(token)


def current_deadline() -> Deadline | None:
    """None when this thread is not talking to TRS."""
    return _current.get()
