"""Which schools came after which, by the links that GIAS publishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Self

import attrs

from ect_registration.domain.school import School, SchoolStatus
from ect_registration.domain.values import Urn

COUNTING = frozenset(
    {SchoolStatus.OPEN, SchoolStatus.PROPOSED_TO_CLOSE, SchoolStatus.PROPOSED_TO_OPEN}
)


@attrs.frozen
class Link:
    """One row of the links: ``urn`` has a link of this type to ``other``."""

    urn: Urn
    other: Urn
    type: str

    @property
    def succession(self) -> tuple[Urn, Urn] | None:
        """Returns which school was succeeded by which; None for a link of another kind."""
        kind = self.type.strip().casefold()
        if self.urn == self.other:
            return None
        if kind.startswith("successor"):
            return self.urn, self.other
        return (self.other, self.urn) if kind.startswith("predecessor") else None


@attrs.frozen
class Successions:
    """The direct successors of each school. Doubled links, and both sides of one, count once."""

    _after: Mapping[Urn, frozenset[Urn]]

    @classmethod
    def of(cls, links: Iterable[Link]) -> Self:
        """Returns the successions among these links."""
        after: dict[Urn, set[Urn]] = defaultdict(set)
        for link in links:
            if link.succession is not None:
                before, later = link.succession
                after[before].add(later)
        return cls({urn: frozenset(later) for urn, later in after.items()})

    def successors(self, urn: Urn, schools: Mapping[Urn, School]) -> frozenset[Urn]:
        """Returns the first schools after a closed one that are open, or proposed to open.

        Closed ones are followed to what came after them. Unknown schools count for nothing, and
        so does a circle.
        """
        found, waiting, seen = set(), list(self._after.get(urn, ())), {urn}
        while waiting:
            at = waiting.pop()
            if at in seen or at not in schools:
                continue
            seen.add(at)
            if schools[at].status in COUNTING:
                found.add(at)
            else:
                waiting += self._after.get(at, ())
        return frozenset(found)
