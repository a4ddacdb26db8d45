"""Says how long this thread may wait for the database, and for what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

import attrs

from ect_registration.ports.deadline import NEVER, Deadline

PATIENCE = 30  # seconds that a unit of work without a deadline waits for another
# For commands: no page waits for them, and loading or purging may take a database minutes. A
# database that says nothing for longer has lost the statement.
LONGEST_STATEMENT = 600.0
SHORTEST_TO_CONNECT = 2.0  # seconds; no driver waits for less
LONGEST_TO_CONNECT = 5.0


@attrs.frozen
class Waiting:
    """Holds the deadline of a unit of work, and its patience with other units."""

    deadline: Deadline = NEVER
    patience: float = PATIENCE
    longest: float = LONGEST_STATEMENT

    def for_others(self) -> float:
        """Returns the seconds to wait for a connection, a lock or the only writer."""
        return min(self.patience, self.deadline.left())

    def for_a_statement(self) -> float:
        """Returns the seconds that one statement may take."""
        return min(self.longest, self.deadline.left())


UNLIMITED = Waiting(patience=inf, longest=inf)  # for migrations, which set limits of their own
_NO_DEADLINE = Waiting()
_current: ContextVar[Waiting] = ContextVar("database_waiting")


@contextmanager
def waiting_at_most(waiting: Waiting) -> Iterator[None]:
    """Lets this thread connect and begin within these limits, inside the block."""
    token = _current.set(waiting)
    try:
        yield
    finally:
        _current.reset(token)


def current_waiting() -> Waiting:
    """Returns the limits of this thread."""
    return _current.get(_NO_DEADLINE)
