"""What happened, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import attrs

from ect_registration.domain.records.history import Change
from ect_registration.domain.records.history_chain import (
    Chain,
    Head,
    Link,
    chain_of,
    line_of,
    sealed,
)
from ect_registration.domain.values import Urn
from ect_registration.testing.memory.guarantees import must_be_known_if_given
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryHistory:
    """A list that only grows."""

    _work: Work

    def add(self, changes: Iterable[Change]) -> None:
        """Adds changes in the order given."""
        with self._work.writing() as state:
            for change in changes:
                must_be_known_if_given("school", change.school, state.schools)
                state.history.append(change)

    def of_school(self, urn: Urn) -> Sequence[Change]:
        """Returns the changes oldest first, as they were written."""
        return [change for change in self._work.state.history if change.school == urn]

    def about(self, urn: Urn, id: UUID) -> Sequence[Change]:
        """Returns the changes oldest first, as they were written."""
        state = self._work.state
        schools = {urn, *state.successions}
        return [
            change for change in state.history if change.about == id and change.school in schools
        ]

    def chains(self) -> Sequence[Chain]:
        """Returns every chain, by name."""
        names = sorted({chain_of(change.school) for change in self._work.state.history})
        return [Chain(name, _head_of(self._links(name))) for name in names]

    def links(self, chain: str, after: int | None, most: int) -> Sequence[Link]:
        """Returns lines of a chain, by number."""
        return self._links(chain)[after or 0 :][:most]

    def _links(self, chain: str) -> list[Link]:
        """Seals the lines when they are read, as history in memory cannot be altered."""
        head, links = Head(), []
        for change in self._work.state.history:
            if chain_of(change.school) == chain:
                line = line_of(change)
                head = sealed(head, line)
                links.append(Link(head.number, head.seal, line))
        return links


def _head_of(links: Sequence[Link]) -> Head:
    return Head(links[-1].number, links[-1].seal)
