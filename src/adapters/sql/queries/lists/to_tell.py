"""Finds what a school is told on its first page, by one statement: a page may take few."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from adapters.sql.queries.lookups import number_of
from adapters.sql.tables.announcements import announcements
from adapters.sql.tables.notices import notices
from adapters.sql.tables.offers import schools
from adapters.sql.tables.people import ect_periods, mentor_periods, teachers
from ect_registration.domain.notice import NoticeState, Recipient, Role
from ect_registration.domain.records.announcement import Announced

ANNOUNCED, REFUSED, WITHOUT_ADDRESS = "announced", "refused", "without_address"
REFUSED_TO_PERSON = (notices.c.state == NoticeState.REFUSED) & (
    notices.c.recipient == Recipient.PERSON
)

_HERE = number_of(schools.c.urn, "of_urn")
_MOST = sa.bindparam("most", type_=sa.BigInteger())
_NAME = sa.func.coalesce(teachers.c.corrected_name, teachers.c.trs_name).label("name")


def _numbered(*in_order: sa.ColumnElement[Any]) -> sa.Label[int]:
    return sa.func.row_number().over(order_by=in_order).label("place")


_later = announcements.alias("later")
_is_undone = sa.exists().where(
    _later.c.school_id == announcements.c.school_id,
    _later.c.about == announcements.c.about,
    _later.c.what == Announced.TRANSFER_UNDONE,
    sa.tuple_(_later.c.written_at, _later.c.id)
    > sa.tuple_(announcements.c.written_at, announcements.c.id),
)
_announced = (
    sa.select(
        sa.literal(ANNOUNCED).label("kind"),
        _numbered(announcements.c.written_at, announcements.c.id),
        sa.case((mentor_periods.c.id.is_not(None), Role.MENTOR), else_=Role.ECT).label("role"),
        announcements.c.about,
        _NAME,
        sa.literal(0).label("many"),
        announcements.c.public_id,
        announcements.c.what,
        announcements.c.last_day,
        announcements.c.written_at,
        sa.func.coalesce(ect_periods.c.finished_on, mentor_periods.c.finished_on).label(
            "last_day_now"
        ),
    )
    .outerjoin(ect_periods, ect_periods.c.public_id == announcements.c.about)
    .outerjoin(mentor_periods, mentor_periods.c.public_id == announcements.c.about)
    .join(
        teachers,
        teachers.c.id == sa.func.coalesce(ect_periods.c.teacher_id, mentor_periods.c.teacher_id),
    )
    .where(
        announcements.c.school_id == _HERE,
        announcements.c.read_at.is_(None),
        ~sa.func.coalesce(ect_periods.c.withdrawn, mentor_periods.c.withdrawn),
        ~_is_undone,
    )
)
_OF_ANNOUNCEMENTS = (sa.null(), sa.null(), sa.null(), sa.null(), sa.null())


def _refused_to(role: Role, periods: sa.Table) -> sa.Select[*tuple[Any, ...]]:
    """Returns whose notices were refused, of those whose period at the school stands."""
    return (
        sa.select(sa.func.min(notices.c.id).label("first"), notices.c.role, notices.c.about, _NAME)
        .join(periods, periods.c.public_id == notices.c.about)
        .join(teachers, teachers.c.id == periods.c.teacher_id)
        .where(
            REFUSED_TO_PERSON,
            notices.c.role == role,
            notices.c.school_id == _HERE,
            ~periods.c.withdrawn,
            periods.c.email.is_not(None),
        )
        .group_by(notices.c.role, notices.c.about, teachers.c.corrected_name, teachers.c.trs_name)
    )


_each_refused = sa.union_all(
    _refused_to(Role.ECT, ect_periods), _refused_to(Role.MENTOR, mentor_periods)
).subquery("each_refused")
_refused = (
    sa.select(_each_refused).order_by(_each_refused.c.first).limit(_MOST).subquery("refused")
)
_mentors = (
    sa.select(
        _numbered(mentor_periods.c.started_on, mentor_periods.c.id),
        mentor_periods.c.public_id.label("about"),
        _NAME,
        sa.func.count().over().label("many"),
    )
    .join(teachers, teachers.c.id == mentor_periods.c.teacher_id)
    .where(
        mentor_periods.c.school_id == _HERE,
        mentor_periods.c.email.is_(None),
        ~mentor_periods.c.withdrawn,
        sa.or_(
            mentor_periods.c.finished_on.is_(None),
            mentor_periods.c.finished_on >= sa.bindparam("today", type_=sa.Date()),
        ),
    )
    .subquery("mentors")
)

# The first part gives the columns their names and types.
TO_TELL = sa.union_all(
    _announced,
    sa.select(
        sa.literal(REFUSED),
        _refused.c.first,
        _refused.c.role,
        _refused.c.about,
        _refused.c.name,
        sa.literal(0),
        *_OF_ANNOUNCEMENTS,
    ),
    sa.select(
        sa.literal(WITHOUT_ADDRESS),
        _mentors.c.place,
        sa.literal(Role.MENTOR),
        _mentors.c.about,
        _mentors.c.name,
        _mentors.c.many,
        *_OF_ANNOUNCEMENTS,
    ).where(_mentors.c.place <= _MOST),
).order_by("place")
