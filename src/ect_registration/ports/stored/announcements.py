"""Where announcements to schools wait to be read: a part of the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from ect_registration.domain.records.announcement import Announcement, AnnouncementId, ToTell
from ect_registration.domain.values import Urn


class Announcements(Protocol):
    """What schools are to be told of their own records."""

    def add(self, announcements: Iterable[Announcement]) -> None:
        """Adds announcements, unread. Raises Conflict when an id is taken."""

    def to_tell(self, urn: Urn, today: date, most: int) -> ToTell:
        """Returns what no user at the school has read yet, and the people emails do not reach.

        Each announcement comes with the last day that its period has by now. One is left out
        where the undoing of a transfer of the same period was announced after it. There are up to
        ``most`` of each kind of person. Those who were refused a notice come by first notice, each
        once and only while they have an address; mentors who are here without one come by first
        day. Withdrawn periods are left out, among the announcements, too.
        """

    def read(self, id: AnnouncementId, urn: Urn, user: str, at: datetime) -> bool:
        """Marks an announcement to this school as read; says whether it was unread.

        Nothing happens for one that is unknown, another school's, or read already.
        """
