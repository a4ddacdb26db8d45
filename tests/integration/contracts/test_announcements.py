"""What a school is told of its own records, until a user there has read it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import attrs

from builders import NOW, TODAY, URN, a_mentor, an_ect
from ect_registration.domain.records.announcement import (
    Announced,
    Announcement,
    AnnouncementId,
    Unread,
)
from ect_registration.domain.values import Urn
from integration.contracts.steps import OTHER_URN, keep, outcome, registered, seen, taken_on


def an_announcement(about: UUID, **changes: object) -> Announcement:
    """A transfer that ended this period."""
    announcement = Announcement(
        AnnouncementId(uuid4()), URN, Announced.TRANSFERRED, about, date(2025, 10, 24), NOW
    )
    return attrs.evolve(announcement, **changes)


def _unread(store, urn=URN):
    return seen(store, lambda uow: list(uow.announcements.to_tell(urn, TODAY, 5).unread))


def test_announcements_are_told_oldest_first_with_whom_they_are_about(store):
    """Of ECTs and mentors, at their own school."""
    ect, mentor = registered(store, an_ect()), taken_on(store, a_mentor())
    later = an_announcement(
        mentor.id, what=Announced.TRANSFER_UNDONE, last_day=None, written_at=NOW + timedelta(1)
    )
    first = an_announcement(ect.id)
    keep(store, lambda uow: uow.announcements.add([later, first]))

    assert _unread(store) == [
        Unread(first, ect.teacher.name, is_mentor=False),
        Unread(later, mentor.teacher.name, is_mentor=True),
    ]
    assert _unread(store, OTHER_URN) == []


def test_an_announcement_is_read_once_and_at_its_school_alone(store):
    """Whoever is first is the one who read it."""
    told = an_announcement(registered(store, an_ect()).id)
    keep(store, lambda uow: uow.announcements.add([told]))
    marked = []
    for urn in (OTHER_URN, URN, URN):
        keep(
            store,
            lambda uow, urn=urn: marked.append(
                uow.announcements.read(told.id, urn, "user-1", NOW)
            ),
        )

    assert marked == [False, True, False]
    assert _unread(store) == []


def test_an_announcement_needs_a_known_school_and_an_id_of_its_own(store):
    """Anything else is refused."""
    told = an_announcement(registered(store, an_ect()).id)
    nowhere = attrs.evolve(told, school=Urn("999999"))

    assert outcome(store, lambda uow: uow.announcements.add([nowhere])) == "conflict"
    assert outcome(store, lambda uow: uow.announcements.add([told, told])) == "conflict"
