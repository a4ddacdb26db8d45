"""Counts what is kept for a while only, for those who watch the service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from adapters.sql.connection.errors import speaking_our_errors
from adapters.sql.store import SqlStore
from adapters.sql.tables.notices import notices
from adapters.sql.tables.records import journeys
from adapters.sql.tables.sessions import sessions
from ect_registration.domain.notice import NoticeState
from ect_registration.domain.policy import JOURNEY_LIFE, SESSION_IDLE, SESSION_IN_ALL

# Written out, so that the index of those that wait is used.
_IS_WAITING = notices.c.state == sa.literal_column(f"'{NoticeState.WAITING}'")


def counts(store: SqlStore, now: datetime) -> Mapping[str, int]:
    """Returns how many drafts are unfinished, users signed in and notices waiting, by name.

    Raises Unavailable.
    """
    drafts = sa.select(sa.func.count()).where(
        journeys.c.used_at > _before(now, JOURNEY_LIFE.value),
        journeys.c.registered_ect_id.is_(None),
        journeys.c.registered_mentor_id.is_(None),
    )
    users = sa.select(sa.func.count()).where(
        sessions.c.used_at > _before(now, SESSION_IDLE.value),
        sessions.c.begun_at > _before(now, SESSION_IN_ALL.value),
    )
    waiting = sa.select(sa.func.count()).where(_IS_WAITING)
    with speaking_our_errors(), store.reading_engine.connect() as connection:
        return {
            "drafts": connection.scalars(drafts).one(),
            "sessions": connection.scalars(users).one(),
            "notices": connection.scalars(waiting).one(),
        }


def _before(now: datetime, life: timedelta) -> datetime:
    return now - life
