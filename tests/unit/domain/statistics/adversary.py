"""Readers who try to work out what is suppressed, knowing everything but the counts themselves.

They see the published rows alone. They know that totals are sums, that an ECT either has a mentor
or has none, and that a suppressed count is at least one, since a zero would have been published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import inf

import attrs

from ect_registration.domain.statistics.publication import SUPPRESSED

PRIME = 2**61 - 1  # sums are solved in whole numbers modulo this

Name = tuple[str, str, str, str]  # what is counted, where, programme, working pattern
Equation = Mapping[Name, int]  # these, so many times each, come to nothing

ECTS, WITH, WITHOUT, MENTORS = "ect_count", "ects_with_mentor_count", "without", "mentor_count"
PROGRAMMES = ("Provider-led", "School-led", "Not known")
PATTERNS = ("Full time", "Part time", "Not known")


def place_of(row) -> str:
    """A name for the row's place."""
    parts = (row["geographic_level"], row["region_name"], row["la_name"], row["old_la_code"])
    return "/".join(parts)


@attrs.define
class Reader:
    """What a reader knows of a table."""

    counts: dict[Name, int | None]
    parents: dict[str, str | None]

    @classmethod
    def of(cls, rows) -> Reader:
        """Read the published rows."""
        counts = {}
        parents = {}
        for row in rows:
            place = place_of(row)
            national, region = "National///", f"Regional/{row['region_name']}//"
            parents[place] = {"National": None, "Regional": national}.get(
                row["geographic_level"], region
            )
            for what in (ECTS, WITH, MENTORS):
                shown = row[what]
                name = (what, place, row["programme"], row["working_pattern"])
                counts[name] = None if shown == SUPPRESSED else int(shown)
        for what, place, one, other in [name for name in counts if name[0] == ECTS]:
            ects, mentored = counts[what, place, one, other], counts[WITH, place, one, other]
            known = ects is not None and mentored is not None
            counts[WITHOUT, place, one, other] = ects - mentored if known else None
        return cls(counts, parents)

    def equations(self, *, mentors_count_once: bool) -> Iterator[Equation]:
        """Every sum that holds."""
        layers = [ECTS, WITH, WITHOUT, *([MENTORS] if mentors_count_once else [])]
        for what, place in product(layers, self.parents):
            for one in ("Total", *PROGRAMMES):
                yield {(what, place, one, "Total"): -1} | {
                    (what, place, one, each): 1 for each in PATTERNS
                }
            for other in ("Total", *PATTERNS):
                yield {(what, place, "Total", other): -1} | {
                    (what, place, each, other): 1 for each in PROGRAMMES
                }
            inside = [each for each, parent in self.parents.items() if parent == place]
            for one, other in product(("Total", *PROGRAMMES), ("Total", *PATTERNS)):
                if inside:
                    yield {(what, place, one, other): -1} | {
                        (what, each, one, other): 1 for each in inside
                    }
        for what, *spot in self.counts:
            if what == ECTS:
                yield {(ECTS, *spot): -1, (WITH, *spot): 1, (WITHOUT, *spot): 1}

    def worked_out_by_subtraction(self) -> set[Name]:
        """The suppressed counts that follow from the others, however many sums it takes.

        Mentors are taken to count once, as most do: subtraction would then work.
        """
        hidden = [name for name, count in self.counts.items() if count is None]
        number = {name: place for place, name in enumerate(hidden)}
        rows = [
            {number[name]: times % PRIME for name, times in equation.items() if name in number}
            for equation in self.equations(mentors_count_once=True)
        ]
        solved = _reduced(rows)
        return {hidden[pivot] for pivot, row in solved.items() if len(row) == 1}

    def worked_out_by_bounds(self) -> set[Name]:
        """The suppressed counts of which only one value is possible, looking at each sum alone."""
        least = {
            name: (0 if name[0] == WITHOUT else 1) if count is None else count
            for name, count in self.counts.items()
        }
        most = {name: inf if count is None else count for name, count in self.counts.items()}
        equations = list(self.equations(mentors_count_once=False))
        changed = True
        while changed:
            changed = max(_tightened(equation, least, most) for equation in equations)
        return {
            name
            for name, count in self.counts.items()
            if count is None and least[name] == most[name]
        }


def _reduced(rows: Sequence[dict[int, int]]) -> dict[int, dict[int, int]]:
    """Each row's leading unknown with the row, every other row without it."""
    solved: dict[int, dict[int, int]] = {}
    for given in rows:
        row = dict(given)
        for pivot in [each for each in row if each in solved]:
            _subtract(row, solved[pivot], row.get(pivot, 0))
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, PRIME)
        row = {each: times * inverse % PRIME for each, times in row.items()}
        for other in solved.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        solved[pivot] = row
    return solved


def _subtract(row: dict[int, int], other: Mapping[int, int], times: int) -> None:
    for each, factor in other.items():
        left = (row.get(each, 0) - times * factor) % PRIME
        if left:
            row[each] = left
        else:
            row.pop(each, None)


def _tightened(equation: Equation, least: dict[Name, float], most: dict[Name, float]) -> bool:
    """Say whether a sum says more about one of its parts than was known."""
    changed = False
    for name, times in equation.items():
        rest = [(each, factor * -times) for each, factor in equation.items() if each != name]
        low = sum(f * (least if f > 0 else most)[each] for each, f in rest)
        high = sum(f * (most if f > 0 else least)[each] for each, f in rest)
        if low > least[name]:
            least[name], changed = low, True
        if high < most[name]:
            most[name], changed = high, True
    return changed
