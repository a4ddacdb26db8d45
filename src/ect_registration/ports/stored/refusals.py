"""Where refusals are kept for support, for a time: a part of the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Protocol

from ect_registration.domain.records.refusal import Refusal, RefusalsCounted
from ect_registration.domain.values import Trn


class Refusals(Protocol):
    """What rules refused lately."""

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Adds refusals. One of a person that is there already is not added again.

        Those without a person are all added: each counts. Raises Conflict for an unknown school.
        """

    def about(self, trns: Collection[Trn]) -> Sequence[Refusal]:
        """Returns the refusals of a person with these TRNs, oldest first."""

    def since(self, day: date) -> Sequence[Refusal]:
        """Returns the refusals of persons from this day on, oldest first."""

    def counted_since(self, day: date) -> Sequence[RefusalsCounted]:
        """Returns how often each rule refused on each day from this one on.

        In order of day, rule and role.
        """

    def remove_before(self, day: date) -> int:
        """Removes the refusals of earlier days, and returns the number removed."""
