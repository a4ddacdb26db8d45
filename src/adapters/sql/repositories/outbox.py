"""Stores the notices that wait to be sent, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import attrs
import sqlalchemy as sa

from adapters.sql.connection.transaction import Row, Transaction, Values
from adapters.sql.queries.lists.to_tell import REFUSED_TO_PERSON
from adapters.sql.queries.lookups import number_of
from adapters.sql.tables.notices import LONGEST_REASON, notices
from adapters.sql.tables.offers import schools
from adapters.sql.tables.sessions import users
from ect_registration.domain.notice import (
    Happening,
    KeptNotice,
    Notice,
    NoticeId,
    NoticeState,
    Recipient,
    Role,
)
from ect_registration.domain.values import Urn

_ADD = sa.insert(notices).inline().values(school_id=number_of(schools.c.urn, "of_urn"))

_WAITS = notices.c.state == NoticeState.WAITING
_THIS = (notices.c.public_id == sa.bindparam("of_id")) & _WAITS

# Rows that another sender is claiming at this moment are skipped; SQLite has one writer anyway.
_DUE = (
    sa.select(notices.c.id)
    .where(_WAITS, notices.c.due_at <= sa.bindparam("now"))
    .order_by(notices.c.due_at, notices.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = (
    sa.update(notices)
    .where(notices.c.id == _DUE, _WAITS)
    .values(tries=notices.c.tries + 1, due_at=sa.bindparam("until"))
    .returning(notices.c.public_id)
)
_SETTLE = (
    sa.update(notices)
    .where(_THIS)
    .values(state=sa.bindparam("of_state"), settled_at=sa.bindparam("at"), why=sa.bindparam("of"))
)
_POSTPONE = (
    sa.update(notices).where(_THIS).values(due_at=sa.bindparam("until"), why=sa.bindparam("of"))
)
_TRY_AGAIN = (
    sa.update(notices)
    .where(notices.c.about == sa.bindparam("of_about"), REFUSED_TO_PERSON)
    .values(
        state=NoticeState.WAITING,
        due_at=sa.bindparam("until"),
        tries=0,
        settled_at=None,
        why="",
    )
)
_SELECT = (
    sa.select(notices, schools.c.urn)
    .join(schools, schools.c.id == notices.c.school_id)
    .order_by(notices.c.id)
)
_WITH_ID = _SELECT.where(notices.c.public_id == sa.bindparam("of_id"))
_IN_STATES = _SELECT.where(notices.c.state.in_(sa.bindparam("of_states", expanding=True))).limit(
    sa.bindparam("most")
)
_NUMBER = (
    sa.select(sa.func.count()).select_from(notices).where(notices.c.state == sa.bindparam("of"))
)


_ADDRESS = sa.select(users.c.email).where(users.c.user_id == sa.bindparam("of_user"))
_REMOVE = sa.delete(notices).where(notices.c.written_at <= sa.bindparam("moment"))


@attrs.frozen
class SqlOutbox:
    """Stores notices in one table, in the transaction of what they tell."""

    _transaction: Transaction

    def add(self, notices: Iterable[Notice]) -> None:
        """Adds notices in the order given, due when they were written."""
        self._transaction.write_all(_ADD, [_to_row(notice) for notice in notices])

    def claim(self, now: datetime, until: datetime) -> KeptNotice | None:
        """Returns the notice due for longest that no other transaction is claiming."""
        claimed = self._transaction.written(_CLAIM, [{"now": now, "until": until}])
        if not claimed:
            return None
        row = self._transaction.row(_WITH_ID, {"of_id": claimed[0].public_id})
        return None if row is None else _from_row(row)

    def settle(self, id: NoticeId, state: NoticeState, at: datetime, why: str = "") -> None:
        """Records what became of a notice, unless that is recorded already."""
        values = {"of_id": id, "of_state": state, "at": at, "of": why[:LONGEST_REASON]}
        self._transaction.write(_SETTLE, values)

    def postpone(self, id: NoticeId, due_at: datetime, why: str) -> None:
        """Puts a waiting notice off."""
        values = {"of_id": id, "until": due_at, "of": why[:LONGEST_REASON]}
        self._transaction.write(_POSTPONE, values)

    def try_again(self, about: UUID, due_at: datetime) -> int:
        """Lets the refused notices to a person wait again, as if they had never been tried."""
        return self._transaction.write(_TRY_AGAIN, {"of_about": about, "until": due_at})

    def in_states(self, states: Collection[NoticeState], most: int) -> Sequence[KeptNotice]:
        """Returns notices in the order of writing."""
        values = {"of_states": list(states), "most": most}
        return [_from_row(row) for row in self._transaction.rows(_IN_STATES, values)]

    def number_in(self, state: NoticeState) -> int:
        """Returns how many notices are in a state."""
        row = self._transaction.row(_NUMBER, {"of": state})
        return 0 if row is None else int(row[0])

    def address_of_user(self, user: str) -> str | None:
        """Returns the address that the user last signed in with."""
        row = self._transaction.row(_ADDRESS, {"of_user": user})
        return None if row is None else (row.email or None)

    def remove_written_until(self, moment: datetime) -> int:
        """Removes notices written at that moment or before."""
        return self._transaction.write(_REMOVE, {"moment": moment})


def _to_row(notice: Notice) -> Values:
    return {
        "public_id": notice.id,
        "happened": notice.happened,
        "role": notice.role,
        "recipient": notice.to,
        "of_urn": notice.school.digits,
        "about": notice.about,
        "ect": notice.ect,
        "user_id": notice.user,
        "registrations": notice.registrations,
        "written_at": notice.written_at,
        "due_at": notice.written_at,
        "state": NoticeState.WAITING,
        "tries": 0,
        "why": "",
    }


def _from_row(row: Row) -> KeptNotice:
    notice = Notice(
        id=NoticeId(row.public_id),
        happened=Happening(row.happened),
        role=Role(row.role),
        to=Recipient(row.recipient),
        school=Urn(row.urn),
        written_at=row.written_at,
        about=row.about,
        ect=row.ect,
        user=row.user_id,
        registrations=row.registrations,
    )
    return KeptNotice(
        notice, row.due_at, NoticeState(row.state), row.tries, row.settled_at, row.why
    )
