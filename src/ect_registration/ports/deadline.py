"""When a user who waits has to have an answer, whatever it is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import attrs


@attrs.frozen
class Deadline:
    """A moment for everything that one request waits for; without one, there is no end.

    Ports count what they wait for against it: other units of work, connections, statements, the
    Teaching Record System. What is not done by then is given up as Unavailable or Contention.
    """

    ends_at: float = math.inf  # on the monotonic clock
    monotonic: Callable[[], float] = attrs.field(default=time.monotonic, repr=False, eq=False)

    @classmethod
    def after(cls, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> Deadline:
        """Returns the deadline that is so many seconds away."""
        return cls(monotonic() + seconds, monotonic)

    def within(self, seconds: float) -> Deadline:
        """Returns this deadline, or one that is so many seconds away if that is sooner."""
        return attrs.evolve(self, ends_at=min(self.ends_at, self.monotonic() + seconds))

    def left(self) -> float:
        """Returns the seconds left, 0 when it has passed; infinity without an end."""
        return max(0.0, self.ends_at - self.monotonic())

    @property
    def is_over(self) -> bool:
        """Says whether nothing is left."""
        return self.left() <= 0


NEVER = Deadline()  # for commands: the operator can stop one
