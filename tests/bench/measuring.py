"""Measuring: medians of interleaved runs, so that a busy machine troubles both sides alike."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import attrs


@attrs.frozen
class Measure:
    """One figure and the most it may be."""

    name: str
    value: float
    limit: float
    unit: str = "times the floor"
    note: str = ""

    @property
    def holds(self) -> bool:
        """Within its limit."""
        return self.value <= self.limit

    def __str__(self) -> str:
        verdict = "ok  " if self.holds else "OVER"
        note = f"  ({self.note})" if self.note else ""
        return f"{verdict} {self.value:9.2f} of {self.limit:g} {self.unit}: {self.name}{note}"


def interleaved(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """The median seconds of each, taken in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for run, seconds in zip((first, second), times, strict=True):
            began = perf_counter()
            run()
            seconds.append(perf_counter() - began)
    return median(times[0]), median(times[1])
