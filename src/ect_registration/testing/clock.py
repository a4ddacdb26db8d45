"""A clock that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import attrs


@attrs.frozen
class FixedClock:
    """Always says noon, in UTC, on one day."""

    day: date

    def today(self) -> date:
        """Return the fixed day."""
        return self.day

    def now(self) -> datetime:
        """Return noon of the fixed day."""
        return datetime.combine(self.day, time(12), UTC)

    def stamp(self) -> datetime:
        """Return noon of the fixed day, which is what history gets."""
        return self.now()
