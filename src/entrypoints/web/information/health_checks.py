"""Checks of what the service depends on: the database and TRS."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import attrs

from ect_registration.domain.values import Urn
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.transactions import Ports

FRESH = 60.0  # seconds; a platform asks often, and TRS counts our requests
LONGEST = 5.0  # seconds for the database to answer
PATIENCE = 1.0  # seconds that the first who ask wait for an answer

Check = Callable[[], object]  # raises Unavailable, or returns a note, or None


@attrs.frozen
class HealthChecks:
    """Each check raises Unavailable when something is wrong."""

    database: Check
    trs: Check


class LastFound:
    """The result of the last health check; before the first, that all is well."""

    def __init__(self, found: str) -> None:
        self._found = found

    def replace(self, found: str) -> str:
        """Returns what was found before, and keeps what is found now."""
        before, self._found = self._found, found
        return before


def checks_of(ports: Ports) -> HealthChecks:
    """Returns the checks that the ports allow: that the database answers."""

    def database() -> None:
        with ports.reading(deadline=Deadline.after(LONGEST)) as uow:
            uow.schools.find(Urn("000000"))

    return HealthChecks(database=database, trs=lambda: None)


class InTheBackground:
    """A check that runs in the background and answers with its last result.

    Only before the first result does a caller wait for a moment.
    """

    def __init__(self, check: Check, seconds: float = FRESH, patience: float = PATIENCE) -> None:
        self._check, self._seconds, self._patience = check, seconds, patience
        self._looking, self._looked = threading.Lock(), threading.Event()
        self._until = 0.0
        self._trouble: Unavailable | None = None

    def __call__(self) -> None:
        """Raises Unavailable if the last check failed, or the first has not finished."""
        if time.monotonic() >= self._until and self._looking.acquire(blocking=False):
            threading.Thread(target=self._look, daemon=True).start()
        if not self._looked.wait(self._patience):
            raise Unavailable("an answer", "nothing has been found yet")
        if self._trouble is not None:
            raise self._trouble

    def _look(self) -> None:
        try:
            self._check()
            self._trouble = None
        except Unavailable as trouble:
            self._trouble = trouble
        except Exception as bug:  # noqa: BLE001 - whatever it is, the check did not succeed
            self._trouble = Unavailable("an answer", type(bug).__name__)
        finally:
            self._until = time.monotonic() + self._seconds
            self._looked.set()
            self._looking.release()
