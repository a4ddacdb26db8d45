"""Tries again only what may pass, a few times, and never past the deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from adapters.trs.connection.deadline import Deadline, Timing
from adapters.trs.faults import Fault, Kind

MOST_RETRIES = 3
RETRIES = {
    Kind.CONNECTION: 3,
    Kind.TIMEOUT: 3,
    Kind.SERVER_ERROR: 3,
    Kind.RATE_LIMITED: 3,
    Kind.MALFORMED: 1,
}

FIRST_PAUSE = 0.1  # seconds; doubled each time
LONGEST_PAUSE = 5.0
SHORTEST_WHEN_LIMITED = 1.0

Answer = TypeVar("Answer")


def persist(
    attempt: Callable[[], Answer | Fault], deadline: Deadline, timing: Timing
) -> Answer | Fault:
    """Returns the first outcome that is no fault, or the last fault."""
    seen: Counter[Kind] = Counter()
    while True:
        outcome = attempt()
        if not isinstance(outcome, Fault):
            return outcome
        seen[outcome.kind] += 1
        if seen.total() > MOST_RETRIES or seen[outcome.kind] > RETRIES.get(outcome.kind, 0):
            return outcome
        pause = pause_after(outcome, seen.total(), timing.chance())
        if pause >= deadline.left():
            return outcome
        timing.sleep(pause)


def pause_after(fault: Fault, tries: int, chance: float) -> float:
    """Returns the seconds TRS asks for, or half to all of a pause that doubles with each try."""
    pause: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)) * (0.5 + chance / 2)
    if fault.kind is not Kind.RATE_LIMITED:
        return pause
    asked_for = _whole_seconds(fault.retry_after)
    return max(SHORTEST_WHEN_LIMITED, pause if asked_for is None else asked_for)


def _whole_seconds(retry_after: str | None) -> float | None:
    """Returns the seconds, or None when missing, garbled or a date.

    A date would need both clocks to agree.
    """
    if retry_after is None or not re.fullmatch(r"[0-9]{1,6}", retry_after.strip()):
        return None
    return float(retry_after)
