"""Where the service keeps who is signed in: a part of its store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ect_registration.domain.sessions import Session, SessionId


class Sessions(Protocol):
    """Who is signed in, and what users are called."""

    def add(self, session: Session) -> None:
        """Adds a session and keeps the user's name beside it.

        Raises Conflict when the key is taken.
        """

    def find(self, key: str) -> Session | None:
        """Returns a session, expired or not, with its school as it is now."""

    def everybody(self) -> Sequence[Session]:
        """Returns every session, latest use first."""

    def use(self, key: str, moment: datetime) -> None:
        """Sets when a session was last used.

        Does nothing when it is gone, or was used later than that.
        """

    def remove(self, id: SessionId) -> bool:
        """Removes a session and says whether it was there."""

    def remove_over(self, used: datetime, begun: datetime) -> int:
        """Removes sessions last used or begun at these moments or before; returns the number."""

    def names(self, users: Collection[str]) -> Mapping[str, str]:
        """Returns, for the users who have ever signed in, their names when they last did."""
