"""Stores announcements to schools."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction
from adapters.sql.queries.lists.to_tell import ANNOUNCED, REFUSED, TO_TELL, WITHOUT_ADDRESS
from adapters.sql.queries.lookups import number_of
from adapters.sql.tables.announcements import announcements
from adapters.sql.tables.offers import schools
from ect_registration.domain.notice import Role, Undelivered, Unreached
from ect_registration.domain.records.announcement import (
    Announced,
    Announcement,
    AnnouncementId,
    ToTell,
    Unread,
)
from ect_registration.domain.values import Urn

_ADD = sa.insert(announcements).inline().values(school_id=number_of(schools.c.urn, "of_urn"))
_READ = sa.update(announcements).where(
    announcements.c.public_id == sa.bindparam("of_id"),
    announcements.c.school_id == number_of(schools.c.urn, "of_urn"),
    announcements.c.read_at.is_(None),
)


@attrs.frozen
class SqlAnnouncements:
    """Stores announcements by public id."""

    _transaction: Transaction

    def add(self, announcements: Iterable[Announcement]) -> None:
        """Adds the announcements in the order given."""
        self._transaction.write_all(
            _ADD,
            [
                {
                    "public_id": each.id,
                    "of_urn": each.school.digits,
                    "what": each.what,
                    "about": each.about,
                    "last_day": each.last_day,
                    "written_at": each.written_at,
                }
                for each in announcements
            ],
        )

    def to_tell(self, urn: Urn, today: date, most: int) -> ToTell:
        """Returns unread announcements and the people emails do not reach, by one statement."""
        values = {"of_urn": urn.digits, "today": today, "most": most}
        of_kind: dict[str, list[Row]] = {ANNOUNCED: [], REFUSED: [], WITHOUT_ADDRESS: []}
        for row in self._transaction.rows(TO_TELL, values):
            of_kind[row.kind].append(row)
        mentors = of_kind[WITHOUT_ADDRESS]
        return ToTell(
            [_unread(row, urn) for row in of_kind[ANNOUNCED]],
            Unreached(
                [_person(row) for row in of_kind[REFUSED]],
                [_person(row) for row in mentors],
                mentors[0].many if mentors else 0,
            ),
        )

    def read(self, id: AnnouncementId, urn: Urn, user: str, at: datetime) -> bool:
        """Marks the announcement as read where it is unread."""
        values = {"of_id": id, "of_urn": urn.digits, "read_by": user, "read_at": at}
        return self._transaction.write(_READ, values) == 1


def _unread(row: Row, urn: Urn) -> Unread:
    announcement = Announcement(
        id=AnnouncementId(row.public_id),
        school=urn,
        what=Announced(row.what),
        about=row.about,
        last_day=row.last_day,
        written_at=row.written_at,
    )
    return Unread(announcement, row.name, row.role == Role.MENTOR, row.last_day_now)


def _person(row: Row) -> Undelivered:
    return Undelivered(Role(row.role), row.about, row.name)
