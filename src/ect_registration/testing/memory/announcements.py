"""Announcements to schools, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import attrs

from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.announcement import Announcement, AnnouncementId, Unread
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import State, Work


@attrs.frozen
class MemoryAnnouncements:
    """Announcements by id, and which of them are read."""

    _work: Work

    def add(self, announcements: Iterable[Announcement]) -> None:
        """Adds announcements, unread."""
        with self._work.writing() as state:
            for each in announcements:
                must_be_known("school", each.school, state.schools)
                if each.id in state.announcements:
                    raise Conflict("the id of another announcement")
                state.announcements[each.id] = each

    def unread(self, urn: Urn) -> Sequence[Unread]:
        """Returns what is unread, in the order of moments and then of writing."""
        state = self._work.state
        here = (each for each in state.announcements.values() if each.school == urn)
        unread = [each for each in here if each.id not in state.read_by]
        in_order = sorted(unread, key=lambda each: each.written_at)
        return [_unread(state, each) for each in in_order]

    def read(self, id: AnnouncementId, urn: Urn, user: str, at: datetime) -> bool:
        """Marks an announcement as read."""
        with self._work.writing() as state:
            announcement = state.announcements.get(id)
            if announcement is None or announcement.school != urn or id in state.read_by:
                return False
            state.read_by[id] = (user, at)
            return True


def _unread(state: State, announcement: Announcement) -> Unread:
    ect = state.ects.get(EctId(announcement.about))
    if ect is not None:
        return Unread(announcement, ect.teacher.name, is_mentor=False)
    mentor = state.mentors[MentorId(announcement.about)]
    return Unread(announcement, mentor.teacher.name, is_mentor=True)
