"""Where announcements to schools wait to be read: a part of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from ect_registration.domain.records.announcement import Announcement, AnnouncementId, Unread
from ect_registration.domain.values import Urn


class Announcements(Protocol):
    """What schools are to be told of their own records."""

    def add(self, announcements: Iterable[Announcement]) -> None:
        """Adds announcements, unread. Raises Conflict when an id is taken."""

    def unread(self, urn: Urn) -> Sequence[Unread]:
        """Returns what nobody at the school has read yet, oldest first."""

    def read(self, id: AnnouncementId, urn: Urn, user: str, at: datetime) -> bool:
        """Marks an announcement to this school as read; says whether it was unread.

        Nothing happens for one that is unknown, another school's, or read already.
        """
