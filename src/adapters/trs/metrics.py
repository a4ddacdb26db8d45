"""What a client counts and times, for whoever exports it."""

from __future__ import annotations

from typing import Protocol


class Metrics(Protocol):
    """Told after the fact. Nothing about anybody passes here."""

    def looked_up(self, operation: str, outcome: str, seconds: float) -> None:
        """One lookup: ``found``, one of NoMatch's values or one of the kinds of fault."""

    def breaker_is(self, state: str) -> None:
        """``closed``, ``open`` or ``half_open``, at each change."""


class NoMetrics:
    """Nobody counts."""

    def looked_up(self, operation: str, outcome: str, seconds: float) -> None:
        """Nothing."""

    def breaker_is(self, state: str) -> None:
        """Nothing."""
