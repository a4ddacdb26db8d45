"""What a request waited for a thread counts towards its time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from time import perf_counter

import attrs

from builders import a_world
from ect_registration.domain.sessions import Person
from ect_registration.ports.deadline import NEVER, Deadline
from ect_registration.ports.store import UnitOfWork
from entrypoints.web.app import create_app
from entrypoints.web.platform.requests.longest_answers import PAGE
from entrypoints.web.platform.requests.requests_log import ARRIVED
from integration.web.foundation import OVER_HTTP, memory_ports, sign_in


def _left_after(waited: float) -> Sequence[float]:
    """The seconds that each look of a page is given, after a wait for a thread."""
    ports, left = memory_ports(), []

    def look(deadline: Deadline = NEVER) -> AbstractContextManager[UnitOfWork]:
        left.append(deadline.left())
        return ports.reading(deadline)

    client = create_app(attrs.evolve(ports, reading=look), OVER_HTTP).test_client()
    sign_in(client, ports, Person("user", "Hannah"), a_world().schools[0].urn)
    answer = client.get("/school/ects", environ_overrides={ARRIVED: perf_counter() - waited})
    assert answer.status_code == 200
    return left


def test_a_wait_for_a_thread_is_taken_from_the_time_of_a_page() -> None:
    """All of it counts, from when the request was here; more than there is leaves nothing."""
    half, too_long = _left_after(PAGE / 2), _left_after(60)

    assert half
    assert all(0 < left <= PAGE / 2 for left in half)
    assert set(too_long) == {0}
