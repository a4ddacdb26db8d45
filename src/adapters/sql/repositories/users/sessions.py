"""Stores sessions and of users' names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Transaction
from adapters.sql.queries.lookups import number_if_given, number_of
from adapters.sql.queries.rows import Row, Values, school_from_row
from adapters.sql.queries.upserts import upsert
from adapters.sql.tables.offers import schools
from adapters.sql.tables.sessions import sessions, users
from ect_registration.domain.sessions import Session, SessionId
from ect_registration.domain.values import Urn

_SELECT = (
    sa.select(
        sessions.c.public_id,
        sessions.c.key_hash,
        users.c.user_id.label("user"),
        users.c.name.label("user_name"),
        sessions.c.school_urns,
        sessions.c.signed_in_as,
        sessions.c.why_not,
        sessions.c.proof,
        sessions.c.begun_at,
        sessions.c.used_at,
        *[column for column in schools.c if column.name != "id"],
    )
    .join(users, users.c.id == sessions.c.user_id)
    .outerjoin(schools, schools.c.id == sessions.c.school_id)
)
_THIS = sessions.c.key_hash == sa.bindparam("of_key")
_FIND = _SELECT.where(_THIS)
_EVERYBODY = _SELECT.order_by(sessions.c.used_at.desc(), sessions.c.id)

_SAVE_USER = upsert(users, "user_id")
_ADD = (
    sa.insert(sessions)
    .inline()
    .values(
        user_id=number_of(users.c.user_id, "of_user"),
        school_id=number_if_given(schools.c.urn, "of_urn"),
    )
)
_USE = (
    sa.update(sessions)
    .where(_THIS, sessions.c.used_at < sa.bindparam("moment"))
    .values(used_at=sa.bindparam("moment"))
)
_REMOVE = sa.delete(sessions).where(sessions.c.public_id == sa.bindparam("of_id"))
_REMOVE_OVER = sa.delete(sessions).where(
    (sessions.c.used_at <= sa.bindparam("used")) | (sessions.c.begun_at <= sa.bindparam("begun"))
)
_NAMES = sa.select(users.c.user_id, users.c.name).where(
    users.c.user_id.in_(sa.bindparam("of_users", expanding=True))
)


@attrs.frozen
class SqlSessions:
    """Stores sessions by key, and names by user."""

    _transaction: Transaction

    def add(self, session: Session) -> None:
        """Adds a session; raises Conflict when the key or the id is taken."""
        user = {
            "user_id": session.user,
            "name": session.name,
            "signed_in_at": session.begun_at,
            "email": session.email,
        }
        self._transaction.write(_SAVE_USER, user)
        self._transaction.write(_ADD, _to_row(session))

    def find(self, key: str) -> Session | None:
        """Returns the session, even an expired one, with the school as it is now."""
        row = self._transaction.row(_FIND, {"of_key": key})
        return None if row is None else _from_row(row)

    def everybody(self) -> Sequence[Session]:
        """Returns every session, latest use first."""
        return [_from_row(row) for row in self._transaction.rows(_EVERYBODY)]

    def use(self, key: str, moment: datetime) -> None:
        """Records a use of the session, unless a later one is recorded already."""
        self._transaction.write(_USE, {"of_key": key, "moment": moment})

    def remove(self, id: SessionId) -> bool:
        """Removes a session, and says whether it was there."""
        return self._transaction.write(_REMOVE, {"of_id": id}) == 1

    def remove_over(self, used: datetime, begun: datetime) -> int:
        """Removes the sessions last used, or begun, at these moments or before."""
        return self._transaction.write(_REMOVE_OVER, {"used": used, "begun": begun})

    def names(self, users: Collection[str]) -> Mapping[str, str]:
        """Returns the names of those users who have ever signed in."""
        rows = self._transaction.rows(_NAMES, {"of_users": list(users)})
        return {row.user_id: row.name for row in rows}


def _from_row(row: Row) -> Session:
    return Session(
        id=SessionId(row.public_id),
        key=row.key_hash,
        user=row.user,
        name=row.user_name,
        begun_at=row.begun_at,
        used_at=row.used_at,
        school=None if row.urn is None else school_from_row(row),
        schools=tuple(Urn(urn) for urn in row.school_urns.split()),
        signed_in_as=row.signed_in_as,
        why_not=row.why_not,
        proof=row.proof,
    )


def _to_row(session: Session) -> Values:
    return {
        "public_id": session.id,
        "key_hash": session.key,
        "of_user": session.user,
        "of_urn": session.school and session.school.urn.digits,
        "school_urns": " ".join(urn.digits for urn in session.schools),
        "signed_in_as": session.signed_in_as,
        "why_not": session.why_not,
        "proof": session.proof,
        "begun_at": session.begun_at,
        "used_at": session.used_at,
    }
