"""What a school is told of its own records, until a user there has read it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import attrs

from builders import NOW, TODAY, URN, a_mentor, an_ect
from ect_registration.domain.calendar import Period
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
        Unread(first, ect.teacher.name, is_mentor=False, last_day=None),
        Unread(later, mentor.teacher.name, is_mentor=True, last_day=None),
    ]
    assert _unread(store, OTHER_URN) == []


def test_the_last_day_is_that_of_the_record_by_now(store):
    """It may have moved since the announcement was written."""
    left = Period(date(2025, 9, 1), date(2025, 11, 2))
    ect = registered(store, an_ect(period=left))
    mentor = taken_on(store, a_mentor(period=left))
    told = [an_announcement(each.id) for each in (ect, mentor)]
    keep(store, lambda uow: uow.announcements.add(told))

    assert [each.last_day for each in _unread(store)] == [left.finished_on] * 2
    assert [each.announcement.last_day for each in _unread(store)] == [date(2025, 10, 24)] * 2


def test_nothing_is_told_of_a_period_that_was_withdrawn(store):
    """Such as one that the school has undone itself: it has no last day there."""
    ect = registered(store, an_ect(withdrawn=True))
    mentor = taken_on(store, a_mentor(withdrawn=True))
    told = [an_announcement(each.id) for each in (ect, mentor)]
    keep(store, lambda uow: uow.announcements.add(told))

    assert _unread(store) == []


def test_only_the_latest_undoing_of_transfers_is_told(store):
    """A second transfer that was undone, too, leaves one line about the record."""
    ect = registered(store, an_ect())
    first, second = (
        an_announcement(ect.id, what=Announced.TRANSFER_UNDONE, written_at=NOW + timedelta(day))
        for day in (1, 2)
    )
    keep(store, lambda uow: uow.announcements.add([second, first]))

    assert [each.announcement for each in _unread(store)] == [second]


def test_a_transfer_that_was_undone_is_told_no_more(store):
    """Its undoing is, at the same moment too; another transfer after that is told again."""
    ect, mentor = registered(store, an_ect()), taken_on(store, a_mentor())
    over, other = an_announcement(ect.id), an_announcement(mentor.id)
    undone = an_announcement(ect.id, what=Announced.TRANSFER_UNDONE, last_day=None)
    again = an_announcement(ect.id, written_at=NOW + timedelta(1))
    keep(store, lambda uow: uow.announcements.add([over, other, undone]))
    first = [each.announcement for each in _unread(store)]
    keep(store, lambda uow: uow.announcements.add([again]))
    then = [each.announcement for each in _unread(store)]
    keep(store, lambda uow: uow.announcements.read(undone.id, URN, "user-1", NOW))

    assert first == [other, undone]
    assert then == [other, undone, again]
    assert [each.announcement for each in _unread(store)] == [other, again]


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
