"""What is suppressed so far, and what suppressing more would cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from math import inf

import attrs

from ect_registration.domain.policy import SMALLEST_COUNT
from ect_registration.domain.statistics.cells import COUNTRY, TOTAL, Cells, Places, Spot
from ect_registration.domain.statistics.moves import NO_MOVE, Cell, Move, Shape

# What it costs to suppress a count that is not small: of the country most, since most read it.
OF_COUNTRY, OF_REGION, OF_AUTHORITY = 12.0, 3.0, 1.0
TIMES_OF_A_TOTAL = 3.0  # of programmes, and again of working patterns
A_PERSON = 1e-6  # of two choices the smaller count is suppressed


def is_small(count: int) -> bool:
    """Says whether a count could point at a person; a count of 0 points at no person."""
    return 0 < count < SMALLEST_COUNT.value


@attrs.frozen(eq=False)
class Hiding:
    """The moves that readers cannot see, since every count that they change is suppressed."""

    layers: Sequence[Cells]
    published: Collection[int]  # the layers that readers see
    places: Places
    _moves: list[Move] = attrs.field(init=False, factory=list)
    _changed: Counter[Cell] = attrs.field(init=False, factory=Counter)  # by how many moves
    _prices: dict[int, dict[tuple[Shape, int], float]] = attrs.field(init=False, factory=dict)

    def protects(self, cell: Cell) -> bool:
        """Says whether a move that no reader can see changes the cell."""
        return self._changed[cell] > 0

    def cheapest(
        self, moves: Iterable[Move], so_far: tuple[float, Move] = (inf, NO_MOVE)
    ) -> tuple[float, Move]:
        """Returns the cheapest move, either way round, with its price."""
        best, found = so_far
        for move in moves:
            for sign in (1, -1):
                price = 0.0
                for place, shape, change in move.at:
                    price += self._price(place, shape, sign * change)
                    if price >= best:
                        break
                else:
                    best, found = price, move
            if not best:
                break
        return best, found

    def _price(self, place: int, shape: Shape, sign: int) -> float:
        """Returns what a shape costs at one place; what cannot be is infinitely dear."""
        prices = self._prices.setdefault(place, {})
        key = shape, sign
        price = prices.get(key)
        if price is None:
            price = prices[key] = sum(
                self._price_of_layer(layer, place, shape, sign * change)
                for layer, change in shape.layers
            )
        return price

    def _price_of_layer(self, layer: int, place: int, shape: Shape, sign: int) -> float:
        """Returns what it costs to change one layer.

        A suppressed count is at least one, since a zero is published.
        """
        cells, price = self.layers[layer], 0.0
        least = 1 if layer in self.published else 0
        for programme, pattern, change in shape.parts:
            spot = place, programme, pattern
            count = cells[spot]
            if count < least or count + sign * change < least:
                return inf
            if least and not is_small(count) and not self._changed[layer, spot]:
                price += self._weight(spot) + A_PERSON * count
        return price

    def _weight(self, spot: Spot) -> float:
        place, *parts = spot
        totals = TIMES_OF_A_TOTAL ** parts.count(TOTAL)
        if place == COUNTRY:
            return OF_COUNTRY * totals
        return (OF_REGION if self.places.region_at(place) is None else OF_AUTHORITY) * totals

    def take(self, move: Move) -> None:
        """Suppresses what a move changes."""
        self._moves.append(move)
        self._changed.update(move.cells())
        for place, _, _ in move.at:
            self._prices.pop(place, None)

    def give_up_what_is_superfluous(self, small: Iterable[Cell]) -> None:
        """Drops each move without which every small count is still protected."""
        needed = set(small)
        for move in list(self._moves):
            cells = list(move.cells())
            if all(self._changed[cell] > 1 for cell in cells if cell in needed):
                self._moves.remove(move)
                self._changed.subtract(cells)

    def suppressed(self) -> Collection[Cell]:
        """Returns the published cells that are small, or that a move changes."""
        return {
            (layer, spot)
            for layer in self.published
            for spot, count in self.layers[layer].items()
            if is_small(count) or self._changed[layer, spot] > 0
        }
