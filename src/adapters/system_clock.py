"""Tells the day and the moment from the system's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs

from ect_registration.ports.clock import LONDON


class SystemClock:
    """Tells the present day and moment."""

    def today(self) -> date:
        """Returns the day in Europe/London."""
        return datetime.now(LONDON).date()

    def now(self) -> datetime:
        """Returns the moment, aware, in UTC."""
        return datetime.now(UTC)

    def stamp(self) -> datetime:
        """Returns the moment itself."""
        return self.now()


@attrs.frozen
class FixedDayClock:
    """Says that it is the same day for ever, while limits still go by the real moment."""

    day: date

    def today(self) -> date:
        """Returns the fixed day."""
        return self.day

    def now(self) -> datetime:
        """Returns the real moment, aware, in UTC."""
        return datetime.now(UTC)

    def stamp(self) -> datetime:
        """Returns the time of day in London, put on that day and told in UTC."""
        time_of_day = datetime.now(LONDON).time()
        return datetime.combine(self.day, time_of_day, LONDON).astimezone(UTC)
