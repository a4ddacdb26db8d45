"""Announcements to schools, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import attrs

from ect_registration.domain.notice import KeptNotice, Role, Undelivered, Unreached
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.announcement import (
    Announced,
    Announcement,
    AnnouncementId,
    ToTell,
    Unread,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Conflict
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.outbox import is_refused
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

    def to_tell(self, urn: Urn, today: date, most: int) -> ToTell:
        """Returns unread announcements and the people that the school's emails do not reach."""
        return ToTell(self._unread(urn), _unreached(self._work.state, urn, today, most))

    def _unread(self, urn: Urn) -> Sequence[Unread]:
        """Returns what is unread, in the order of moments and then of writing."""
        state = self._work.state
        here = [each for each in state.announcements.values() if each.school == urn]
        in_order = sorted(here, key=lambda each: each.written_at)
        unread = (
            _unread(state, each)
            for place, each in enumerate(in_order, start=1)
            if each.id not in state.read_by and not _is_undone(each, in_order[place:])
        )
        return [each for each in unread if each is not None]

    def read(self, id: AnnouncementId, urn: Urn, user: str, at: datetime) -> bool:
        """Marks an announcement as read."""
        with self._work.writing() as state:
            announcement = state.announcements.get(id)
            if announcement is None or announcement.school != urn or id in state.read_by:
                return False
            state.read_by[id] = (user, at)
            return True


def _is_undone(announcement: Announcement, later: Iterable[Announcement]) -> bool:
    undone = (Announced.TRANSFER_UNDONE, announcement.about)
    return any((each.what, each.about) == undone for each in later)


def _unread(state: State, announcement: Announcement) -> Unread | None:
    """Returns an announcement with the person it is about; None when the period is withdrawn."""
    ect = state.ects.get(EctId(announcement.about))
    row = state.mentors[MentorId(announcement.about)] if ect is None else ect
    if row.withdrawn:
        return None
    return Unread(announcement, row.teacher.name, ect is None, row.period.finished_on)


def _unreached(state: State, urn: Urn, today: date, most: int) -> Unreached:
    refused = [kept for kept in state.notices.values() if kept.notice.school == urn]
    found = dict.fromkeys(filter(None, (_whom(state, kept) for kept in refused)))
    mentors = sorted(
        (
            mentor
            for mentor in state.mentors.values()
            if (mentor.school, mentor.email, mentor.withdrawn) == (urn, None, False)
            and mentor.period.is_open(today)
        ),
        key=lambda mentor: mentor.period.started_on,
    )
    first = [Undelivered(Role.MENTOR, each.id, each.teacher.name) for each in mentors[:most]]
    return Unreached(list(found)[:most], first, len(mentors))


def _whom(state: State, kept: KeptNotice) -> Undelivered | None:
    """Returns the person of a notice that was refused, while they have that address."""
    if not is_refused(kept):
        return None
    role, about = kept.notice.role, kept.notice.about
    periods = state.ects if role is Role.ECT else state.mentors
    period = next((each for id, each in periods.items() if id == about), None)
    if period is None or period.withdrawn or period.email is None:
        return None
    return Undelivered(role, period.id, period.teacher.name)
