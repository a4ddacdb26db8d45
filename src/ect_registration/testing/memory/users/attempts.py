"""What was tried lately, in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import attrs

from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.values import Trn
from ect_registration.ports.errors import Conflict
from ect_registration.ports.stored.holds import Hold
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryAttempts:
    """Attempts by id."""

    _work: Work

    def add(self, attempt: Attempt) -> None:
        """Adds an attempt. Raises Conflict when its id is taken."""
        counted = [Hold.counter(attempt.what, attempt.key)]
        about = [] if attempt.trn is None else [Hold.person(attempt.trn)]
        with self._work.writing(*counted, *about) as state:
            if attempt.id in state.attempts:
                raise Conflict("the id of another attempt")
            state.attempts[attempt.id] = attempt

    def by(self, what: Attempted, key: str, after: datetime) -> Sequence[datetime]:
        """Returns the moments, oldest first."""
        return self._moments(
            lambda attempt: (attempt.what, attempt.key) == (what, key) and attempt.at > after
        )

    def on(self, trn: Trn, after: datetime) -> Sequence[datetime]:
        """Returns the moments on every TRN of the person, oldest first."""
        theirs = self._work.state.one_person(trn)
        return self._moments(lambda attempt: attempt.trn in theirs and attempt.at > after)

    def about(self, trn: Trn) -> Sequence[Attempt]:
        """Returns the attempts, oldest first."""
        about = [a for a in self._work.state.attempts.values() if a.trn == trn]
        return sorted(about, key=lambda attempt: attempt.at)

    def remove(self, id: AttemptId) -> int:
        """Removes an attempt. Does nothing when it is gone already."""
        return self._remove(lambda attempt: attempt.id == id)

    def forget_wrong_facts(self, key: str, trn: Trn) -> int:
        """Removes one user's wrong facts, on every TRN of the person."""
        theirs = self._work.state.one_person(trn)
        return self._remove(lambda attempt: attempt.key == key and attempt.trn in theirs)

    def remove_until(self, moment: datetime) -> int:
        """Removes the attempts of that moment or before."""
        return self._remove(lambda attempt: attempt.at <= moment)

    def _moments(self, wanted: Callable[[Attempt], bool]) -> Sequence[datetime]:
        return sorted(a.at for a in self._work.state.attempts.values() if wanted(a))

    def _remove(self, unwanted: Callable[[Attempt], bool]) -> int:
        with self._work.writing() as state:
            gone = [attempt.id for attempt in state.attempts.values() if unwanted(attempt)]
            for id in gone:
                del state.attempts[id]
            return len(gone)
