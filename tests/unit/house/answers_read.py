"""Finds which answers a gate decides on, by calling it with a case that notes what is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Gate

# Facts of a case that are looked up for an answer.
LOOKED_UP = {"training_year": "start_date", "email_holders": "email"}


@attrs.frozen
class NotingDraft:
    """A draft that notes which of its answers are read."""

    draft: Any
    read: set[str]

    def __getattr__(self, name: str) -> Any:
        """Note the answer, and return it."""
        self.read.add(name)
        return getattr(self.draft, name)


def answers_read(gate: Gate, case: EctCase) -> set[str]:
    """Returns the names of the answers on which a gate decides, and on which it applies."""
    return {
        name
        for decides in (gate.check, gate.applies)
        for name in _read_by(decides, case)
        if name in {field.name for field in attrs.fields(type(case.draft))}
    }


def _read_by(decides: Callable[[EctCase], object], case: EctCase) -> set[str]:
    read: set[str] = set()

    class NotingCase(type(case)):  # type: ignore[misc] - a class that is known at run time only
        """A case that notes which answers its facts were looked up for."""

        def __getattribute__(self, name: str) -> Any:
            if name in LOOKED_UP:
                read.add(LOOKED_UP[name])
            return super().__getattribute__(name)

    facts = {field.name: getattr(case, field.name) for field in attrs.fields(type(case))}
    decides(NotingCase(**{**facts, "draft": NotingDraft(case.draft, read)}))
    return read
