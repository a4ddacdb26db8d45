"""What a port may fail with. Nothing else leaves an adapter, except our own bugs.

The text of an error names a guarantee, a dependency or a reason. It is logged, so it never holds
a value.
"""

from __future__ import annotations

import attrs


class Conflict(Exception):
    """A guarantee of the store forbids this change. It ends the unit of work: decide again."""


class Unstorable(Conflict):
    """The store can never hold a value of this change: deciding again does not help."""


class Contention(Exception):
    """Another unit of work held what this one needs. Try again in a fresh unit of work."""


@attrs.define
class Unavailable(Exception):
    """Something we depend on is out of reach. ``what`` names it; ``why`` is for operators."""

    what: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.what} is not available{': ' if self.why else ''}{self.why}"


class NotShown(Unavailable):
    """What we depend on answers, but cannot show this one record: others it may well show."""


class Busy(Unavailable):
    """Other work kept the store busy for too long: the caller may try again in a minute."""

    def __str__(self) -> str:
        return f"the {self.what} is busy"


class Rejected(Unavailable):
    """The store refuses this change every time, and no rule explains it: a bug, not an outage.

    ``why`` names the guarantee. It is a kind of Unavailable, because nothing was written, but
    trying again later does not help.
    """

    def __str__(self) -> str:
        return f"{self.what} rejects this change every time{': ' if self.why else ''}{self.why}"
