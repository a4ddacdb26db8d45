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
        """Adds an attempt. Raises Conflict when its id is taken."""

    def by(self, what: Attempted, key: str, after: datetime) -> Sequence[datetime]:
        """Returns the moments later than ``after`` for this key, oldest first."""

    def on(self, trn: Trn, after: datetime) -> Sequence[datetime]:
        """Returns when any user gave wrong facts on a person, later than ``after``, oldest first.

        The person has this TRN: every TRN that is kept as merged with it counts as well.
        """

    def about(self, trn: Trn) -> Sequence[Attempt]:
        """Returns every attempt that is kept about a TRN, oldest first."""

    def remove(self, id: AttemptId) -> int:
        """Removes an attempt and returns the number removed: 0 when it is gone already."""

    def forget_wrong_facts(self, key: str, trn: Trn) -> int:
        """Removes one user's wrong facts on a person and returns the number removed.

        The person has this TRN, or one merged with it, as for ``on``.
        """

    def remove_until(self, moment: datetime) -> int:
        """Removes the attempts of that moment or before, and returns the number removed."""
