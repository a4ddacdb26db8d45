"""The cells of the published table: places by programmes by working patterns, with totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import attrs

PARTS = 3  # programmes, and working patterns, without their total
TOTAL = 0
COUNTRY = 0

Spot = tuple[int, int, int]  # place, programme, working pattern; 0 is the total of each
Cells = dict[Spot, int]


@attrs.frozen
class Places:
    """The country, then its regions, then their local authorities, as numbers in this order."""

    region_of: Sequence[int]  # by local authority, both counted from 0
    regions: int

    def authority(self, number: int) -> int:
        """Returns the place of a local authority."""
        return 1 + self.regions + number

    def region_at(self, place: int) -> int | None:
        """Returns the place of a local authority's region; None for other places."""
        number = place - 1 - self.regions
        return None if number < 0 else 1 + self.region_of[number]

    def authorities_in(self, region: int) -> Sequence[int]:
        """Returns the places of a region's local authorities."""
        return [
            self.authority(number)
            for number, found in enumerate(self.region_of)
            if 1 + found == region
        ]

    def all(self) -> Sequence[int]:
        """Returns every place."""
        return range(1 + self.regions + len(self.region_of))

    def above(self, authority: int) -> Sequence[int]:
        """Returns a local authority with the places that contain it."""
        region = self.region_at(authority)
        return (authority, COUNTRY) if region is None else (authority, region, COUNTRY)

    def cells_with(self, spot: Spot) -> Iterator[Spot]:
        """Returns every cell in which a person at this spot counts."""
        place, programme, pattern = spot
        yield from product(self.above(place), (programme, TOTAL), (pattern, TOTAL))

    def empty(self) -> Cells:
        """Returns every cell, each with a count of 0."""
        return dict.fromkeys(product(self.all(), range(PARTS + 1), range(PARTS + 1)), 0)
