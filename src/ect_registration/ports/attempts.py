"""Where the service keeps what is counted: a part of its store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ect_registration.domain.attempts import Attempt, Attempted, AttemptId
from ect_registration.domain.values import Trn


class Attempts(Protocol):
    """What was tried lately, to be counted."""

    def add(self, attempt: Attempt) -> None:
        """Conflict: the id is taken."""

    def by(self, what: Attempted, key: str, after: datetime) -> Sequence[datetime]:
        """The moments later than that one, oldest first."""

    def on(self, trn: Trn, after: datetime) -> Sequence[datetime]:
        """The moments of wrong facts on a person, by anybody, later than that one, oldest first.

        The person has this TRN: every TRN that is kept as merged with it counts as well.
        """

    def about(self, trn: Trn) -> Sequence[Attempt]:
        """Everything that is kept about a TRN, oldest first."""

    def remove(self, id: AttemptId) -> int:
        """The answer is how many there were: none, when it is gone already."""

    def forget_wrong_facts(self, key: str, trn: Trn) -> int:
        """Those of one user on the person with this TRN, as for ``on``; the answer is how many."""

    def remove_until(self, moment: datetime) -> int:
        """Those of that moment or before; the answer is how many."""
