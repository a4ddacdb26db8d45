"""No other unit of work changes what one holds until that one ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.values import Trn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import MOST_AT_ONCE, Hold
from ect_registration.testing.examples import ECT_TRN, NOW, URN, a_journey
from ect_registration.testing.steps import Action, Store, keep, persistently, seen

OLD, RETAINED = Trn("3000001"), Trn("3000002")
LONG_AGO = NOW.replace(year=2000)
COUNTER = Hold.counter(Attempted.SIGN_IN, "user-1")


def _counting_once(uow: UnitOfWork) -> None:
    """Adds an attempt if there are fewer than three: a limit, as the rules keep it."""
    before = uow.attempts.by(Attempted.SIGN_IN, "user-1", LONG_AGO)
    if len(before) < 3:
        uow.attempts.add(_attempt(Attempted.SIGN_IN, "user-1"))


class HoldingRecords:
    """No other unit of work changes what one holds until that one ends."""

    def test_who_holds_the_same_takes_turns(self, store: Store) -> None:
        """Threads that count under one hold never exceed a limit."""

        def count(_: int) -> None:
            persistently(store, _counting_once, holds=[COUNTER])

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(count, range(12)))
        counted = seen(store, lambda uow: uow.attempts.by(Attempted.SIGN_IN, "user-1", LONG_AGO))

        assert len(counted) == 3

    def test_whatever_the_order_given_nobody_waits_in_a_circle(self, store: Store) -> None:
        """All units of work hold in one order, so that none waits for ever."""
        holds = [Hold.person(Trn(f"{number}")) for number in range(4000001, 4000009)]
        holds += [Hold.school(URN), COUNTER, Hold.journey(a_journey().id)]

        def hold(turn: int) -> None:
            keep(store, holds=holds[turn % 11 :] + holds[: turn % 11])

        with ThreadPoolExecutor(4) as threads:
            done = list(threads.map(hold, range(24)))

        assert done == [None] * 24

    def test_a_person_is_held_under_every_trn(self, store: Store) -> None:
        """Two who hold one person, each by another TRN, take turns."""
        keep(store, lambda uow: uow.teachers.merge(OLD, RETAINED))

        def count(turn: int) -> None:
            user, trn = f"user-{turn % 2}", (OLD, RETAINED)[turn % 2]
            holds = [Hold.counter(Attempted.WRONG_FACT, user), Hold.person(trn)]
            persistently(store, _guessing(user, trn), holds=holds)

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(count, range(8)))

        assert len(seen(store, lambda uow: uow.attempts.on(OLD, LONG_AGO))) == 3

    def test_holding_again_changes_nothing(self, store: Store) -> None:
        """What is held already is left out, wherever it comes in the order."""
        with store.unit_of_work() as uow:
            uow.hold([COUNTER, Hold.person(ECT_TRN)])
            uow.hold([COUNTER])
            uow.hold([])
            uow.commit()

    def test_who_holds_everything_needs_no_more(self, store: Store) -> None:
        """Everything is held first, and then nothing is missing."""
        with store.unit_of_work() as uow:
            uow.hold([Hold.EVERYTHING, Hold.person(ECT_TRN)])
            uow.hold([COUNTER])
            uow.commit()

    def test_what_comes_too_late_is_refused(self, store: Store) -> None:
        """Two units of work could wait for each other; a person is held after a school."""
        with store.unit_of_work() as uow:
            uow.hold([Hold.person(ECT_TRN)])
            with pytest.raises(RuntimeError, match="school has to be held earlier"):
                uow.hold([Hold.school(URN)])

    def test_too_many_are_refused(self, store: Store) -> None:
        """A store has room for some thousands of holds, of all units of work together."""
        people = [Hold.person(Trn(f"{number}")) for number in range(4000000, 4000000 + 1001)]
        with store.unit_of_work() as uow:
            uow.hold(people[:MOST_AT_ONCE])
        with store.unit_of_work() as uow, pytest.raises(RuntimeError, match="hold everything"):
            uow.hold(people)

    def test_a_reader_holds_nothing(self, store: Store) -> None:
        """No unit of work waits for one that only reads."""
        with store.reading() as uow:
            uow.hold([Hold.person(ECT_TRN)])
            keep(store, holds=[Hold.person(ECT_TRN)])


def _guessing(user: str, trn: Trn) -> Action:
    """Returns an action that adds a wrong fact, if there are fewer than three on the person."""

    def guess(uow: UnitOfWork) -> None:
        if len(uow.attempts.on(trn, LONG_AGO)) < 3:
            uow.attempts.add(_attempt(Attempted.WRONG_FACT, user, trn))

    return guess


def _attempt(what: Attempted, user: str, trn: Trn | None = None) -> Attempt:
    return Attempt(AttemptId(uuid4()), what, user, NOW, trn)
