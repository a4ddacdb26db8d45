"""The day and the moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Time as the service sees it."""

    def today(self) -> date:
        """The day in Europe/London."""

    def now(self) -> datetime:
        """The moment, aware, in UTC. Limits go by it, whatever day ``today`` pretends."""

    def stamp(self) -> datetime:
        """The moment to write beside what happens: now, on the day that ``today`` says."""
