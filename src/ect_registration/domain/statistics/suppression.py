"""Which counts are suppressed: small ones, and others from which one could be worked out."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from ect_registration.domain.statistics.cells import Cells, Places, Spot
from ect_registration.domain.statistics.counting import Counts
from ect_registration.domain.statistics.hiding import OF_COUNTRY, Hiding, is_small
from ect_registration.domain.statistics.moves import Cell, Move, Moves, Steps

ECTS, WITH_MENTOR, WITHOUT_MENTOR = range(3)  # layers
MENTORS = 0  # the one layer of the other table

# One who has a mentor instead of none; an ECT more without a mentor, or with one.
KINDS_OF_ECTS: tuple[Steps, ...] = (
    ((WITH_MENTOR, 1), (WITHOUT_MENTOR, -1)),
    ((ECTS, 1), (WITHOUT_MENTOR, 1)),
    ((ECTS, 1), (WITH_MENTOR, 1)),
)
KINDS_OF_MENTORS: tuple[Steps, ...] = (((MENTORS, 1),),)


@attrs.frozen
class Suppressed:
    """The cells whose counts are not published."""

    ects: Collection[Spot]
    with_mentor: Collection[Spot]
    mentors: Collection[Spot]


def suppressed_in(counts: Counts, places: Places) -> Suppressed:
    """Returns the cells to suppress, so that no small count can be worked out from the others.

    ECTs without a mentor are a count too, although it is not published: it is the difference of
    two that are. Mentors are protected as if each counted in one cell only, which most do.
    """
    without = {spot: ects - counts.with_mentor[spot] for spot, ects in counts.ects.items()}
    layers = (counts.ects, counts.with_mentor, without)
    of_ects = _protect(layers, (ECTS, WITH_MENTOR), KINDS_OF_ECTS, places)
    of_mentors = _protect((counts.mentors,), (MENTORS,), KINDS_OF_MENTORS, places)
    return Suppressed(
        ects={spot for layer, spot in of_ects if layer == ECTS},
        with_mentor={spot for layer, spot in of_ects if layer == WITH_MENTOR},
        mentors={spot for _, spot in of_mentors},
    )


def _protect(
    layers: tuple[Cells, ...],
    published: Collection[int],
    kinds: tuple[Steps, ...],
    places: Places,
) -> Collection[Cell]:
    """Returns the published cells to suppress: a move hides each small count, and few others.

    Where there are several moves, the one that hides the fewest counts that are still published
    is taken; in the end those are given up that others have made superfluous.
    """
    small = [
        (layer, spot)
        for layer, cells in enumerate(layers)
        for spot, count in cells.items()
        if is_small(count)
    ]
    moves, hiding = Moves(places, layers, kinds), Hiding(layers, published, places)
    for cell in sorted(small, key=lambda cell: (cell[1][0], cell)):
        if not hiding.protects(cell):
            hiding.take(_cheapest(cell, moves, hiding))
    hiding.give_up_what_is_superfluous(small)
    return hiding.suppressed()


def _cheapest(cell: Cell, moves: Moves, hiding: Hiding) -> Move:
    """Returns the move that changes this cell and hides the fewest other counts.

    The many moves that are hardly ever the best are looked at only where a count of the country
    would be hidden otherwise.
    """
    cheapest = hiding.cheapest(moves.near(cell))
    for others in (moves.far, moves.crossed):
        if cheapest[0] >= OF_COUNTRY:
            cheapest = hiding.cheapest(others(cell), cheapest)
    return cheapest[1]
