"""Units of work that note which methods of a store are called."""

from __future__ import annotations

from contextlib import contextmanager

import attrs

from ect_registration.ports.deadline import NEVER


@attrs.define
class Recorded:
    """A part of a unit of work that notes which of its methods are called."""

    part: object
    name: str
    calls: set[str]

    def __getattr__(self, method: str) -> object:
        """Note the method, and pass it on."""
        self.calls.add(f"{self.name}.{method}")
        return getattr(self.part, method)


@attrs.define
class RecordingUnit:
    """A unit of work whose parts note what is called."""

    unit: object
    calls: set[str]

    def __getattr__(self, name: str) -> object:
        """Return a part that notes its calls; what is done to the unit itself is none."""
        found = getattr(self.unit, name)
        if name in {"hold", "savepoint", "commit"}:
            return found
        return Recorded(found, name, self.calls)


def recorded(begin, calls):
    """Return a way to begin units of work that add what is called to ``calls``."""

    @contextmanager
    def open_unit(deadline=NEVER):
        with begin(deadline) as unit:
            yield RecordingUnit(unit, calls)

    return open_unit
