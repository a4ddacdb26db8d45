"""The day and the moment, from the system's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import attrs

LONDON = ZoneInfo("Europe/London")


class SystemClock:
    """Now."""

    def today(self) -> date:
        """The day in Europe/London."""
        return datetime.now(LONDON).date()

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC)

    def stamp(self) -> datetime:
        """The moment itself."""
        return self.now()


@attrs.frozen
class FixedDayClock:
    """The same day for ever. Limits still go by the real moment."""

    day: date

    def today(self) -> date:
        """The fixed day."""
        return self.day

    def now(self) -> datetime:
        """The real moment, aware, in UTC."""
        return datetime.now(UTC)

    def stamp(self) -> datetime:
        """The time of day in London, put on that day and told in UTC."""
        time_of_day = datetime.now(LONDON).time()
        return datetime.combine(self.day, time_of_day, LONDON).astimezone(UTC)
