"""Faults on demand: the next so many calls go wrong, or those about one TRN."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from enum import StrEnum

import attrs


class FaultKind(StrEnum):
    """What goes wrong."""

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
    UNKNOWN_STATUS = "unknown_status"  # an induction status that nobody has met


@attrs.frozen
class Fault:
    """One fault, and how often and where it happens."""

    kind: FaultKind
    times: int = 1
    trn: str | None = None  # any, if not given
    seconds: float = 1.0
    status: int = 500
    retry_after: str | None = None


class FaultBook:
    """What was asked for; threads share it. The first that fits is used up first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """From the next call on."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Everything goes right again."""
        with self._lock:
            self._faults.clear()

    def waiting(self) -> list[Fault]:
        """Those not used up."""
        with self._lock:
            return list(self._faults)

    def take(self, trn: str) -> Fault | None:
        """The fault of this call, if any; one time less of it is left."""
        with self._lock:
            for place, fault in enumerate(self._faults):
                if fault.times > 0 and fault.trn in {None, trn}:
                    self._faults[place] = attrs.evolve(fault, times=fault.times - 1)
                    self._faults = [f for f in self._faults if f.times > 0]
                    return fault
        return None


def read_fault(content: object) -> Fault:
    """From JSON. Raises ValueError."""
    if not isinstance(content, Mapping):
        raise ValueError("A fault is a JSON object")
    unknown = set(content) - {field.name for field in attrs.fields(Fault)}
    if unknown:
        raise ValueError(f"Unknown: {', '.join(sorted(map(str, unknown)))}")
    fault = Fault(**{**content, "kind": FaultKind(str(content.get("kind")))})
    for field, types in _TYPES.items():
        if not isinstance(getattr(fault, field), types):
            raise ValueError(f"{field} is of the wrong type")
    return fault


_TYPES: dict[str, tuple[type, ...]] = {
    "times": (int,),
    "trn": (str, type(None)),
    "seconds": (int, float),
    "status": (int,),
    "retry_after": (str, type(None)),
}
