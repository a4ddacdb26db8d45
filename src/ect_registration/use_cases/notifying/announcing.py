"""Telling a school what another school's registration did to a record of its own."""

from __future__ import annotations

from datetime import date, datetime

from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.records.announcement import (
    Announced,
    Announcement,
    AnnouncementId,
    ToTell,
)
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.transactions import Actor, NewId, Ports, transact

MOST_UNREACHED = 5  # on a page; a corrected address makes room for the next


def announce_end(
    row: EctAtSchool | MentorAtSchool, at: datetime, new_id: NewId, uow: UnitOfWork
) -> None:
    """Tells the school of a record that a registration elsewhere has ended it."""
    _announce(Announced.TRANSFERRED, row, at, new_id, uow)


def announce_return(row: EctAtSchool | MentorAtSchool, ports: Ports, uow: UnitOfWork) -> None:
    """Tells the school of a record that the registration elsewhere was undone."""
    _announce(Announced.TRANSFER_UNDONE, row, ports.clock.stamp(), ports.new_id, uow)


def to_tell(school: Urn, today: date, uow: UnitOfWork) -> ToTell:
    """Returns what stands among the things to do at a school, besides what its ECTs need.

    A few people are named whose addresses take no emails, and mentors without one; a person is
    not named any more when the address was changed.
    """
    return uow.announcements.to_tell(school, today, MOST_UNREACHED)


def mark_as_read(id: AnnouncementId, actor: Actor, ports: Ports) -> bool:
    """Marks an announcement to the user's school as read; says whether it was unread."""

    def work(uow: UnitOfWork) -> bool:
        was_unread = uow.announcements.read(id, actor.school, actor.user, ports.clock.now())
        uow.commit()
        return was_unread

    return transact(ports, work)


def _announce(
    what: Announced,
    row: EctAtSchool | MentorAtSchool,
    at: datetime,
    new_id: NewId,
    uow: UnitOfWork,
) -> None:
    announcement = Announcement(
        id=AnnouncementId(new_id()),
        school=row.school,
        what=what,
        about=row.id,
        last_day=row.period.finished_on,
        written_at=at,
    )
    uow.announcements.add([announcement])
