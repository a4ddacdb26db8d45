"""The setting that closes the pages for maintenance, with when they are expected back."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs

from ect_registration.ports.clock import LONDON
from entrypoints.settings.config import Settings, SettingsError

NAME = "ECT_MAINTENANCE"
OTHERWISE, SHORTEST = 300, 60  # seconds until browsers and programs should try again


@attrs.frozen
class Maintenance:
    """The pages are closed, perhaps until a moment that is known."""

    until: datetime | None = None

    def expected_at(self, now: datetime) -> datetime | None:
        """Returns when the pages are expected back; None when that has passed, or is not known."""
        return self.until if self.until is not None and self.until > now else None

    def retry_after(self, now: datetime) -> int:
        """Returns the seconds after which to try again."""
        expected = self.expected_at(now)
        if expected is None:
            return OTHERWISE
        return max(SHORTEST, int((expected - now).total_seconds()))


def maintenance(settings: Settings) -> Maintenance | None:
    """Returns whether the pages are closed, and until when. Raises SettingsError."""
    text = settings.with_default(NAME)
    match text.lower():
        case "false":
            return None
        case "true":
            return Maintenance()
        case _:
            return Maintenance(_moment(text))


def _moment(text: str) -> datetime:
    """Returns a moment on the clocks of the United Kingdom."""
    try:
        local = datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=LONDON)
    except ValueError:
        wanted = "must be true, false, or when it ends, like 2026-12-01T18:00"
        raise SettingsError(NAME, wanted) from None
    return local.astimezone(UTC)
