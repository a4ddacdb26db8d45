"""Notices wait in the outbox, and each goes to one sender at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import attrs
import pytest

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
from ect_registration.ports.errors import Conflict, Contention
from ect_registration.ports.store import UnitOfWork
from ect_registration.testing.examples import NOW, URN, a_session
from ect_registration.testing.steps import (
    Action,
    Store,
    keep,
    seen,
)

LATER = NOW + timedelta(minutes=1)
EVERY = list(NoticeState)
ABOUT = UUID("00000000-0000-4000-8000-000000000001")


def a_notice(**changes: Any) -> Notice:
    """Returns a notice to an ECT who was registered this morning."""
    notice = Notice(
        id=NoticeId(uuid4()),
        happened=Happening.REGISTERED,
        role=Role.ECT,
        to=Recipient.PERSON,
        school=URN,
        written_at=NOW,
        about=ABOUT,
    )
    return attrs.evolve(notice, **changes)


def adding(*notices: Notice) -> Action:
    """Returns the step that adds these notices."""
    return lambda uow: uow.outbox.add(notices)


def _kept(store: Store) -> list[KeptNotice]:
    return list(seen(store, lambda uow: uow.outbox.in_states(EVERY, 100)))


def _claim(store: Store) -> NoticeId | None:
    """Claim a notice as a sender does, again while others are in the way."""
    while True:
        try:
            with store.unit_of_work() as uow:
                claimed = uow.outbox.claim(NOW, LATER)
                uow.commit()
                return None if claimed is None else claimed.notice.id
        except Contention:
            continue


def settled(notice: Notice, state: NoticeState, why: str = "") -> Action:
    """Returns the step that records what became of a notice."""
    return lambda uow: uow.outbox.settle(notice.id, state, LATER, why)


def _claiming(uow: UnitOfWork) -> KeptNotice | None:
    return uow.outbox.claim(NOW, LATER)


class KeptNotices:
    """Notices wait in the outbox, and each goes to one sender at a time."""

    def test_a_notice_comes_back_as_it_was_written(self, store: Store) -> None:
        """A new notice waits, and is due when it was written."""
        notice = a_notice()
        receipt = a_notice(
            happened=Happening.UPLOADED,
            to=Recipient.USER,
            about=None,
            user="user-1",
            registrations=12,
        )
        assigned = a_notice(happened=Happening.ASSIGNED, role=Role.MENTOR, ect=uuid4())
        written = [notice, receipt, assigned]
        keep(store, adding(*written))

        assert _kept(store) == [KeptNotice(each, NOW) for each in written]
        assert seen(store, lambda uow: uow.outbox.number_in(NoticeState.WAITING)) == 3

    def test_notices_are_kept_with_what_they_tell(self, store: Store) -> None:
        """Work that is discarded sends no notice."""
        with store.unit_of_work() as uow:
            uow.outbox.add([a_notice()])

        assert _kept(store) == []

    def test_an_id_is_taken_once_and_the_school_is_known(self, store: Store) -> None:
        """The id is the reference under which a notice is looked up."""
        notice = a_notice()
        keep(store, adding(notice))

        for wrong in (notice, a_notice(school=Urn("999999"))):
            with pytest.raises(Conflict):
                keep(store, adding(wrong))

    def test_the_notice_that_has_been_due_for_longest_is_claimed_first(self, store: Store) -> None:
        """A claim counts as a try, and no other sender gets the notice before it runs out."""
        late, early = a_notice(), a_notice(written_at=NOW - timedelta(hours=1))
        not_yet = a_notice(written_at=LATER)
        keep(store, adding(late, early, not_yet))
        claimed = [_claim(store) for _ in range(3)]

        assert claimed == [early.id, late.id, None]
        assert _kept(store)[:2] == [
            KeptNotice(late, LATER, tries=1),
            KeptNotice(early, LATER, tries=1),
        ]

        with store.unit_of_work() as uow:
            again = uow.outbox.claim(LATER, LATER)

        assert again is not None
        assert again.tries == (1 if again.notice == not_yet else 2)

    def test_a_claim_that_is_not_kept_is_none(self, store: Store) -> None:
        """Other senders find the notice due."""
        notice = a_notice()
        keep(store, adding(notice))
        with store.unit_of_work() as uow:
            uow.outbox.claim(NOW, LATER)

        assert _claim(store) == notice.id

    def test_several_senders_never_claim_one_notice_twice(self, store: Store) -> None:
        """Eight senders at once share the notices out."""
        notices = [a_notice() for _ in range(24)]
        keep(store, adding(*notices))
        with ThreadPoolExecutor(8) as senders:
            claimed = list(senders.map(partial(_claim), [store] * 32))

        assert sorted(filter(None, claimed)) == sorted(notice.id for notice in notices)

    def test_what_became_of_a_notice_is_kept_once(self, store: Store) -> None:
        """A slower sender does not overwrite it, and it is not claimed again."""
        notice = a_notice()
        keep(store, adding(notice), _claiming, settled(notice, NoticeState.SENT))
        keep(store, settled(notice, NoticeState.REFUSED, "too late"))
        keep(store, lambda uow: uow.outbox.postpone(notice.id, NOW, "too late"))

        assert _kept(store) == [KeptNotice(notice, LATER, NoticeState.SENT, 1, LATER)]
        assert _claim(store) is None

    def test_a_postponed_notice_waits_until_then(self, store: Store) -> None:
        """The reason for a postponed notice is kept for operators."""
        notice = a_notice()
        keep(store, adding(notice), lambda uow: uow.outbox.postpone(notice.id, LATER, "away"))

        assert _kept(store) == [KeptNotice(notice, LATER, why="away")]
        assert _claim(store) is None

    def test_refused_notices_to_one_person_can_be_tried_again(self, store: Store) -> None:
        """Their notices wait as if never tried; those to other people stay refused."""
        mine, other = a_notice(), a_notice(about=uuid4())
        keep(store, adding(mine, other), _claiming, _claiming)
        for notice in (mine, other):
            keep(store, settled(notice, NoticeState.REFUSED, "no such address"))
        with store.unit_of_work() as uow:
            number = uow.outbox.try_again(ABOUT, LATER)
            uow.commit()

        assert number == 1
        assert [kept.state for kept in _kept(store)] == ["waiting", "refused"]
        assert _kept(store)[0] == KeptNotice(mine, LATER)

    def test_receipts_go_to_the_address_that_a_user_last_signed_in_with(
        self, store: Store
    ) -> None:
        """A user who never signed in, or without an address, has none."""
        for user, email in (
            ("user-1", "old@example.org"),
            ("user-1", "new@example.org"),
            ("b", ""),
        ):
            session = a_session(user=user, email=email)
            keep(store, lambda uow, session=session: uow.sessions.add(session))  # type: ignore[misc]

        def addresses(uow: UnitOfWork) -> list[str | None]:
            return [uow.outbox.address_of_user(user) for user in ("user-1", "b", "nobody")]

        assert seen(store, addresses) == ["new@example.org", None, None]

    def test_old_notices_are_removed(self, store: Store) -> None:
        """Notices written at that moment or before are removed."""
        old, new = a_notice(), a_notice(written_at=LATER)
        keep(store, adding(old, new))
        with store.unit_of_work() as uow:
            removed = uow.outbox.remove_written_until(NOW)
            uow.commit()

        assert removed == 1
        assert [kept.notice for kept in _kept(store)] == [new]
