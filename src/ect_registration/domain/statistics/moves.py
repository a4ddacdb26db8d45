"""Moves: other counts that would look the same to a reader who sees what is published.

A move takes people from some cells and adds them to others, so that totals which do not change
stay what they are. When every cell that a move changes is suppressed, a reader cannot tell the
true counts from those after the move, and no suppressed count among them can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import attrs

from ect_registration.domain.statistics.cells import COUNTRY, PARTS, TOTAL, Cells, Places, Spot

Cell = tuple[int, Spot]  # the number of a layer, and where

# Along one dimension: the numbers that change there, each with one more or less.
Steps = tuple[tuple[int, int], ...]

FEW = 4  # places to try in a region, where it is about the region or the country


@attrs.frozen
class Shape:
    """What changes at a place: layers, and cells of the table of its parts."""

    layers: Steps
    parts: tuple[tuple[int, int, int], ...]  # programme, working pattern, one more or less

    @classmethod
    def of(cls, kind: Steps, of_programme: Steps, of_pattern: Steps) -> Shape:
        """Returns the shape in which programmes and working patterns change together."""
        return cls(
            kind,
            tuple(
                (one, other, first * second)
                for (one, first), (other, second) in product(of_programme, of_pattern)
            ),
        )


@attrs.frozen
class Move:
    """What changes at each place, one more or less."""

    at: tuple[tuple[int, Shape, int], ...]

    def cells(self) -> Iterator[Cell]:
        """Returns every cell that changes."""
        for place, shape, _ in self.at:
            for (layer, _), (programme, pattern, _) in product(shape.layers, shape.parts):
                yield layer, (place, programme, pattern)


NO_MOVE = Move(())


@attrs.frozen
class Moves:
    """Finds moves among the people who are counted."""

    places: Places
    layers: Sequence[Cells]
    kinds: tuple[Steps, ...]  # how one person changes the layers

    def near(self, cell: Cell) -> Iterator[Move]:
        """Returns moves in exchange within a region, or of one person, up to the country."""
        layer, spot = cell
        shapes = _shapes_of(self.kinds, layer, *spot[1:])
        for along in self._near(layer, spot):
            for shape in shapes:
                yield Move(tuple((place, shape, sign) for place, sign in along))

    def far(self, cell: Cell) -> Iterator[Move]:
        """Returns moves in exchange between two regions."""
        layer, spot = cell
        shapes = _shapes_of(self.kinds, layer, *spot[1:])
        for along in self._far(layer, spot):
            for shape in shapes:
                yield Move(tuple((place, shape, sign) for place, sign in along))

    def crossed(self, cell: Cell) -> Iterator[Move]:
        """Returns moves in exchange between parts, of one person here and another elsewhere.

        Only what contains both places sees the exchange; each place sees one person.
        """
        layer, spot = cell
        for one, other in self._pairs(layer, spot):
            here, there = self.places.above(one), self.places.above(other)
            both = [place for place in here if place in there]
            for mine, theirs, exchanged in _crossings(
                self.kinds, layer, spot, shared=spot[0] in both
            ):
                yield Move(
                    (
                        *((place, mine, 1) for place in here if place not in both),
                        *((place, theirs, -1) for place in there if place not in both),
                        *((place, exchanged, 1) for place in both),
                    )
                )

    def _near(self, layer: int, spot: Spot) -> Iterator[Steps]:
        place, programme, pattern = spot
        cells = self.layers[layer]
        for authority in self._inside(layer, spot):
            region = self.places.region_at(authority)
            if authority == place and region is not None:
                for other in self.places.authorities_in(region):
                    if other != place and cells[other, programme, pattern]:
                        yield (place, 1), (other, -1)
            yield tuple((above, 1) for above in self.places.above(authority))

    def _far(self, layer: int, spot: Spot) -> Iterator[Steps]:
        if spot[0] == COUNTRY:
            return
        for authority in self._inside(layer, spot):
            gained = [(above, 1) for above in self.places.above(authority)[:-1]]
            for other in range(1, 1 + self.places.regions):
                if other != self.places.region_at(authority):
                    for far in self._inside(layer, (other, *spot[1:])):
                        lost = [(above, -1) for above in self.places.above(far)[:-1]]
                        yield (*gained, *lost)

    def _pairs(self, layer: int, spot: Spot) -> Iterator[tuple[int, int]]:
        """Returns a local authority where the cell changes, with another one for the exchange."""
        for one in self._inside(layer, spot):
            region = self.places.region_at(one)
            near = self.places.authorities_in(region) if region is not None else []
            far = self._inside(layer, (COUNTRY, TOTAL, TOTAL))
            for other in dict.fromkeys([*near, *far]):
                if other != one:
                    yield one, other

    def _inside(self, layer: int, spot: Spot) -> Sequence[int]:
        """Returns a few local authorities of a place, those with the fewest people first."""
        place, programme, pattern = spot
        if self.places.region_at(place) is not None:
            return [place]
        cells = self.layers[layer]
        regions = range(1, 1 + self.places.regions) if place == COUNTRY else [place]
        found = [
            authority
            for region in regions
            for authority in self.places.authorities_in(region)
            if cells[authority, programme, pattern]
        ]
        return sorted(found, key=lambda authority: cells[authority, programme, pattern])[:FEW]


def _with_total(part: int) -> Steps:
    return (part, 1), (TOTAL, 1)


@cache
def _shapes_of(
    kinds: tuple[Steps, ...], layer: int, programme: int, pattern: int
) -> Sequence[Shape]:
    """Returns the shapes that change this layer in this part of the table."""
    return [
        Shape.of(kind, of_programme, of_pattern)
        for kind, of_programme, of_pattern in product(kinds, _steps(programme), _steps(pattern))
        if any(number == layer for number, _ in kind)
    ]


def _steps(part: int) -> Sequence[Steps]:
    """Returns how a part can change: together with the total, or in exchange for another part."""
    if part == TOTAL:
        return [_with_total(each) for each in range(1, PARTS + 1)]
    return [_with_total(part), *(((part, 1), (each, -1)) for each in _others(part))]


def _others(part: int) -> Sequence[int]:
    return [each for each in range(1, PARTS + 1) if each != part]


@cache
def _crossings(
    kinds: tuple[Steps, ...], layer: int, spot: Spot, *, shared: bool
) -> Sequence[tuple[Shape, Shape, Shape]]:
    """Returns the shapes here, there, and where both are seen, for an exchange between parts.

    ``shared``: both are seen at the place of the spot, where the total does not change then.
    """
    found = []
    for kind in kinds:
        if not any(number == layer for number, _ in kind):
            continue
        for one, other in _exchanges(spot[2], shared=shared):
            exchange = ((one, 1), (other, -1))
            found += [
                tuple(
                    Shape.of(kind, along, steps)
                    for steps in (_with_total(one), _with_total(other), exchange)
                )
                for along in _steps(spot[1])
            ]
        for one, other in _exchanges(spot[1], shared=shared):
            exchange = ((one, 1), (other, -1))
            found += [
                tuple(
                    Shape.of(kind, steps, along)
                    for steps in (_with_total(one), _with_total(other), exchange)
                )
                for along in _steps(spot[2])
            ]
    return [(mine, theirs, exchanged) for mine, theirs, exchanged in found]


def _exchanges(part: int, *, shared: bool) -> Sequence[tuple[int, int]]:
    if part != TOTAL:
        return [(part, other) for other in _others(part)]
    if shared:
        return []
    return [(one, other) for one in range(1, PARTS + 1) for other in _others(one)]
