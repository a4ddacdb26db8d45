"""Refusals, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import attrs

from ect_registration.domain.records.refusal import Refusal, RefusalsCounted
from ect_registration.domain.values import Trn
from ect_registration.testing.memory.guarantees import must_be_known
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryRefusals:
    """Refusals in the order of writing."""

    _work: Work

    def add(self, refusals: Iterable[Refusal]) -> None:
        """Adds refusals, except those of a person that are there already."""
        with self._work.writing() as state:
            for each in refusals:
                if each.person is not None:
                    must_be_known("school", each.person.school, state.schools)
                if each.person is None or each not in state.refusals:
                    state.refusals.append(each)

    def about(self, trns: Collection[Trn]) -> Sequence[Refusal]:
        """Returns the refusals of these TRNs by day, then in the order of writing."""
        kept = self._work.state.refusals
        return _in_order(each for each in kept if each.person and each.person.trn in trns)

    def since(self, day: date) -> Sequence[Refusal]:
        """Returns the refusals of persons by day, then in the order of writing."""
        kept = self._work.state.refusals
        return _in_order(each for each in kept if each.person and each.day >= day)

    def counted_since(self, day: date) -> Sequence[RefusalsCounted]:
        """Counts the refusals, with a person or without."""
        kept = (each for each in self._work.state.refusals if each.day >= day)
        counted = Counter((each.day, each.rule, each.role) for each in kept)
        return [RefusalsCounted(*key, number) for key, number in sorted(counted.items())]

    def remove_before(self, day: date) -> int:
        """Removes the refusals of earlier days."""
        with self._work.writing() as state:
            kept = [each for each in state.refusals if each.day >= day]
            removed = len(state.refusals) - len(kept)
            state.refusals = kept
            return removed


def _in_order(found: Iterable[Refusal]) -> Sequence[Refusal]:
    return sorted(found, key=lambda each: each.day)
