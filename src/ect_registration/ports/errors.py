"""What a port may fail with. Nothing else leaves an adapter, except our own bugs."""

from __future__ import annotations

import attrs


class Conflict(Exception):
    """A guarantee of the store forbids this change. It ends the unit of work: decide again."""


class Contention(Exception):
    """Another unit of work was in the way. It ends this one; the same again may well succeed."""


@attrs.define
class Unavailable(Exception):
    """Something we depend on is out of reach. ``what`` names it; ``why`` is for operators."""

    what: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.what} is not available{': ' if self.why else ''}{self.why}"
