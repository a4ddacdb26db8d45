"""The day and the moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")  # where every day is a day


def day_in_london(moment: datetime) -> date:
    """Returns the day that it is in London at a moment."""
    return moment.astimezone(LONDON).date()


class Clock(Protocol):
    """Time as the service sees it."""

    def today(self) -> date:
        """Returns the day in Europe/London."""

    def now(self) -> datetime:
        """Returns the moment, aware, in UTC. Limits use it, whatever day ``today`` pretends."""

    def stamp(self) -> datetime:
        """Returns the moment to write in history: now, on the day that ``today`` says."""
