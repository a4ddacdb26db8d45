"""How the service finds out whether what it depends on is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import attrs

from ect_registration.domain.values import Urn
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.ports import Ports

FRESH = 60.0  # seconds; a platform asks often, and TRS counts our requests

Check = Callable[[], object]  # raises Unavailable


@attrs.frozen
class HealthChecks:
    """Each check raises Unavailable when something is wrong."""

    database: Check
    trs: Check


def checks_of(ports: Ports) -> HealthChecks:
    """What the ports alone can tell: the database answers."""

    def database() -> None:
        with ports.reading() as uow:
            uow.schools.find(Urn("000000"))

    return HealthChecks(database=database, trs=lambda: None)


class InTheBackground:
    """A check that keeps nobody waiting: what it found last, looked at afresh meanwhile."""

    def __init__(self, check: Check, seconds: float = FRESH) -> None:
        self._check, self._seconds = check, seconds
        self._looking = threading.Lock()
        self._until = 0.0
        self._trouble: Unavailable | None = None

    def __call__(self) -> None:
        """Raises Unavailable if the last look did."""
        if time.monotonic() >= self._until and self._looking.acquire(blocking=False):
            threading.Thread(target=self._look, daemon=True).start()
        if self._trouble is not None:
            raise self._trouble

    def _look(self) -> None:
        try:
            self._check()
            self._trouble = None
        except Unavailable as trouble:
            self._trouble = trouble
        finally:
            self._until = time.monotonic() + self._seconds
            self._looking.release()
