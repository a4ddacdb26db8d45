"""Stores announcements to schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_of
from adapters.sql.queries.teacher_rows import teacher_from_row
from adapters.sql.tables.announcements import announcements
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import ect_periods, mentor_periods, teachers
from ect_registration.domain.records.announcement import (
    Announced,
    Announcement,
    AnnouncementId,
    Unread,
)
from ect_registration.domain.values import Urn

_ADD = sa.insert(announcements).inline().values(school_id=number_of(schools.c.urn, "of_urn"))
_UNREAD = (
    sa.select(
        announcements,
        schools.c.urn,
        teachers.c.trn,
        teachers.c.trs_name,
        teachers.c.corrected_name,
        mentor_periods.c.id.is_not(None).label("is_mentor"),
    )
    .join(schools, schools.c.id == announcements.c.school_id)
    .outerjoin(ect_periods, ect_periods.c.public_id == announcements.c.about)
    .outerjoin(mentor_periods, mentor_periods.c.public_id == announcements.c.about)
    .join(
        teachers,
        teachers.c.id == sa.func.coalesce(ect_periods.c.teacher_id, mentor_periods.c.teacher_id),
    )
    .where(schools.c.urn == sa.bindparam("of_urn"), announcements.c.read_at.is_(None))
    .order_by(announcements.c.written_at, announcements.c.id)
)
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

    def unread(self, urn: Urn) -> Sequence[Unread]:
        """Returns what is unread at the school by moment, then in the order of writing."""
        rows = self._transaction.rows(_UNREAD, {"of_urn": urn.digits})
        return [
            Unread(
                Announcement(
                    id=AnnouncementId(row.public_id),
                    school=Urn(row.urn),
                    what=Announced(row.what),
                    about=row.about,
                    last_day=row.last_day,
                    written_at=row.written_at,
                ),
                name=teacher_from_row(row).name,
                is_mentor=bool(row.is_mentor),
            )
            for row in rows
        ]

    def read(self, id: AnnouncementId, urn: Urn, user: str, at: datetime) -> bool:
        """Marks the announcement as read where it is unread."""
        values = {"of_id": id, "of_urn": urn.digits, "read_by": user, "read_at": at}
        return self._transaction.write(_READ, values) == 1
