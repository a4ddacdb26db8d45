"""Where the service keeps who is signed in: a part of its store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ect_registration.domain.sessions import Session, SessionId


class Sessions(Protocol):
    """Who is signed in, and what users are called."""

    def add(self, session: Session) -> None:
        """What the user is called is kept beside it, from now on. Conflict: the key is taken."""

    def find(self, key: str) -> Session | None:
        """Expired ones too, with the school as it is now."""

    def everybody(self) -> Sequence[Session]:
        """Latest use first."""

    def use(self, key: str, moment: datetime) -> None:
        """It was used then. Nothing happens when it is gone, or was used later than that."""

    def remove(self, id: SessionId) -> bool:
        """Whether it was there."""

    def remove_over(self, used: datetime, begun: datetime) -> int:
        """Those last used, or begun, at these moments or before."""

    def names(self, users: Collection[str]) -> Mapping[str, str]:
        """What those among them who have ever signed in were called when they last did."""
