"""Whatever a request waits for, it is given up at its deadline."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest

from builders import a_session
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.errors import Contention, Unavailable
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.store import MemoryStore
from ect_registration.use_cases.signing_in.sessions import look_up_session, use_session
from ect_registration.use_cases.transactions import LONGEST_TO_TRY, TRIES, transact
from unit.use_cases.service import Service


@attrs.define
class Hands:
    """A clock that is moved by hand."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """The time on it."""
        return self.seconds


def test_without_an_end_everything_is_left() -> None:
    """Commands have no deadline."""
    assert (NEVER.left(), NEVER.is_over) == (float("inf"), False)


def test_a_deadline_comes_nearer_and_passes() -> None:
    """Nothing is left then, and never less."""
    hands = Hands(100.0)
    deadline = Deadline.after(5, hands)
    left = [deadline.left()]
    for hands.seconds in (104.0, 105.0, 200.0):
        left.append(deadline.left())

    assert left == [5.0, 1.0, 0.0, 0.0]
    assert deadline.is_over


def test_the_sooner_of_two_deadlines_holds() -> None:
    """A part may take less than the whole, never more."""
    hands = Hands()
    deadline = Deadline.after(5, hands)

    assert [deadline.within(seconds).left() for seconds in (1, 60)] == [1.0, 5.0]


def _tried(service: Service, deadline: Deadline, each: float, hands: Hands) -> int:
    """How often work is tried that others are always in the way of, and that takes so long."""
    tries = 0

    def work(_: object) -> None:
        nonlocal tries
        tries += 1
        hands.seconds += each
        raise Contention

    with pytest.raises(Unavailable, match="busy"):
        transact(service.ports.within(deadline), work)
    return tries


def test_nothing_is_tried_again_after_the_deadline(service: Service) -> None:
    """Two seconds each: the third try is the last in five seconds."""
    hands = Hands()

    assert _tried(service, Deadline.after(5, hands), 2, hands) == 3


def test_a_command_gives_up_too(service: Service) -> None:
    """It waits for longer, but not for as long as forty tries could take."""
    hands = Hands()
    forever = Deadline(monotonic=hands)

    assert _tried(service, forever, 30, hands) == LONGEST_TO_TRY / 30
    assert _tried(service, forever, 0, hands) == TRIES


def test_a_unit_of_work_waits_for_its_turn_until_the_deadline() -> None:
    """However patient the store is."""
    store = MemoryStore()
    with (
        store.unit_of_work() as uow,
        pytest.raises(Contention),
        store.unit_of_work(Deadline.after(0.01)),
    ):
        uow.commit()


def test_a_page_does_not_wait_to_note_that_a_session_was_used(service: Service) -> None:
    """The next use notes it; the session goes on all the same."""
    session = a_session(used_at=service.clock.now() - timedelta(minutes=2))
    service.do(lambda uow: uow.sessions.add(session))
    with service.store.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        meanwhile = use_session(session, service.ports)
    noted = look_up_session(session.key, service.ports)
    afterwards = use_session(session, service.ports)

    assert meanwhile == noted == session
    assert afterwards.used_at == service.clock.now()
