"""Makes faults on demand: the next so many calls go wrong, or those about one TRN."""

from __future__ import annotations

import threading
from enum import StrEnum

import attrs
from attrs.validators import instance_of, optional


class FaultKind(StrEnum):
    """Says what goes wrong."""

    DELAY = "delay"  # seconds, then the right answer
    DROP = "drop"  # the connection, before an answer
    BREAK_OFF = "break_off"  # the connection, in the middle of an answer
    SERVER_ERROR = "server_error"  # status, 500 if not given
    RATE_LIMITED = "rate_limited"  # retry_after, absent if not given
    TRUNCATED = "truncated"  # a body that stops in the middle, though its length is right
    HTML = "html"  # a page instead of a record
    WRONG_CONTENT_TYPE = "wrong_content_type"
    MISSING_INCLUDES = "missing_includes"
    ANOTHER_PERSON = "another_person"
    UNKNOWN_STATUS = "unknown_status"  # an induction status that is in no contract


@attrs.frozen
class Fault:
    """Describes one fault, and how often and where it happens."""

    kind: FaultKind = attrs.field(converter=FaultKind)
    times: int = attrs.field(default=1, validator=instance_of(int))
    trn: str | None = attrs.field(default=None, validator=optional(instance_of(str)))  # or any
    seconds: float = attrs.field(default=1.0, validator=instance_of((int, float)))
    status: int = attrs.field(default=500, validator=instance_of(int))
    retry_after: str | None = attrs.field(default=None, validator=optional(instance_of(str)))


class FaultBook:
    """Holds the faults asked for, shared by threads; the first that fits is used up first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Make this fault happen from the next call on."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Remove every fault."""
        with self._lock:
            self._faults.clear()

    def waiting(self) -> list[Fault]:
        """Return the faults that are not used up."""
        with self._lock:
            return list(self._faults)

    def take(self, trn: str) -> Fault | None:
        """Return the fault of this call, if any; one time less of it is left."""
        with self._lock:
            for place, fault in enumerate(self._faults):
                if fault.times > 0 and fault.trn in {None, trn}:
                    self._faults[place] = attrs.evolve(fault, times=fault.times - 1)
                    self._faults = [f for f in self._faults if f.times > 0]
                    return fault
        return None


def read_fault(content: object) -> Fault:
    """Read a fault from JSON. Raises ValueError with the reason."""
    if not isinstance(content, dict):
        raise ValueError("A fault must be a JSON object")
    names = {field.name for field in attrs.fields(Fault)}
    if not {"kind"} <= set(content) <= names:
        raise ValueError(f"A fault must have a kind, and may have {', '.join(sorted(names))}")
    try:
        return Fault(**content)
    except TypeError as error:
        raise ValueError(str(error.args[0])) from None
