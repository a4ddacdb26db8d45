"""What happened, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import attrs

from adapters.memory.guarantees import must_be_known_if_given
from adapters.memory.state import Work
from ect_registration.domain.history import Change
from ect_registration.domain.values import Urn


@attrs.frozen
class MemoryHistory:
    """A list that only grows."""

    _work: Work

    def add(self, changes: Iterable[Change]) -> None:
        """In the order given."""
        with self._work.writing() as state:
            for change in changes:
                must_be_known_if_given("school", change.school, state.schools)
                state.history.append(change)

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Oldest first, as they were written."""
        return [change for change in self._work.state.history if change.school == urn]

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """Oldest first, as they were written."""
        return [change for change in self.of_school(urn) if change.about == id]
