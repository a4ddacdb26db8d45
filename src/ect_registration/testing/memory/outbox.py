"""Notices that wait, in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

import attrs

from ect_registration.domain.notice import (
    KeptNotice,
    Notice,
    NoticeId,
    NoticeState,
    Recipient,
)
from ect_registration.ports.errors import Conflict
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryOutbox:
    """Notices by id, in the order of writing."""

    _work: Work

    def add(self, notices: Iterable[Notice]) -> None:
        """Adds notices. Raises Conflict when an id is taken or the school is unknown."""
        with self._work.writing() as state:
            for notice in notices:
                if notice.id in state.notices:
                    raise Conflict("the id of another notice")
                must_be_known("school", notice.school, state.schools)
                state.notices[notice.id] = KeptNotice(notice, due_at=notice.written_at)

    def claim(self, now: datetime, until: datetime) -> KeptNotice | None:
        """Returns the waiting notice with the earliest due moment, counted and put off."""
        with self._work.writing() as state:
            due = self._all(lambda kept: _waits(kept) and kept.due_at <= now)
            if not due:
                return None
            found = min(due, key=lambda kept: kept.due_at)
            claimed = attrs.evolve(found, tries=found.tries + 1, due_at=until)
            state.notices[found.notice.id] = claimed
            return claimed

    def settle(self, id: NoticeId, state: NoticeState, at: datetime, why: str = "") -> None:
        """Records what became of a notice, unless that is recorded already."""
        self._change(
            lambda kept: kept.notice.id == id and _waits(kept),
            lambda kept: attrs.evolve(kept, state=state, settled_at=at, why=why),
        )

    def postpone(self, id: NoticeId, due_at: datetime, why: str) -> None:
        """Puts a waiting notice off."""
        self._change(
            lambda kept: kept.notice.id == id and _waits(kept),
            lambda kept: attrs.evolve(kept, due_at=due_at, why=why),
        )

    def try_again(self, about: UUID, due_at: datetime) -> int:
        """Lets refused notices to this person wait again."""
        return self._change(
            lambda kept: kept.notice.about == about and is_refused(kept),
            lambda kept: KeptNotice(kept.notice, due_at),
        )

    def in_states(self, states: Collection[NoticeState], most: int) -> Sequence[KeptNotice]:
        """Returns notices in the order of writing."""
        return self._all(lambda kept: kept.state in states)[:most]

    def number_in(self, state: NoticeState) -> int:
        """Returns how many notices are in a state."""
        return len(self._all(lambda kept: kept.state is state))

    def address_of_user(self, user: str) -> str | None:
        """Returns the address of the user's latest session."""
        return self._work.state.user_addresses.get(user) or None

    def remove_written_until(self, moment: datetime) -> int:
        """Removes notices written at that moment or before."""
        with self._work.writing() as state:
            gone = self._all(lambda kept: kept.notice.written_at <= moment)
            for kept in gone:
                del state.notices[kept.notice.id]
            return len(gone)

    def _all(self, wanted: Callable[[KeptNotice], bool]) -> Sequence[KeptNotice]:
        return [kept for kept in self._work.state.notices.values() if wanted(kept)]

    def _change(
        self,
        wanted: Callable[[KeptNotice], bool],
        change: Callable[[KeptNotice], KeptNotice],
    ) -> int:
        with self._work.writing() as state:
            found = self._all(wanted)
            for kept in found:
                state.notices[kept.notice.id] = change(kept)
            return len(found)


def _waits(kept: KeptNotice) -> bool:
    return kept.state is NoticeState.WAITING


def is_refused(kept: KeptNotice) -> bool:
    """Says whether a notice to a person was refused for good."""
    return kept.state is NoticeState.REFUSED and kept.notice.to is Recipient.PERSON
