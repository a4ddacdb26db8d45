"""What is counted: ECTs and their mentors, by place, programme and working pattern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

import attrs

from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.people.training import Programme
from ect_registration.domain.statistics.cells import Cells, Places, Spot

NOT_KNOWN = "Not known"


@attrs.frozen
class Area:
    """Where a school is: as Get information about schools has it, with absent parts."""

    region: str | None = None
    region_code: str | None = None
    local_authority: str | None = None
    la_code: str | None = None
    new_la_code: str | None = None

    @property
    def key(self) -> Hashable:
        """Returns what makes it the same local authority, whatever is said of it elsewhere."""
        if self.la_code is not None:
            return "code", self.la_code
        if self.local_authority is not None:
            return "name", self.local_authority
        return "region", self.region


@attrs.frozen
class CountedEct:
    """An ECT who counts in a year, at the school of their latest period up to its end."""

    area: Area
    programme: Programme | None
    working_pattern: WorkingPattern | None
    mentors: frozenset[str]  # TRNs, one for each person
    funding: Funding = Funding.NOT_KNOWN  # as far as TRS was asked


PROGRAMMES: Sequence[Programme | None] = (Programme.PROVIDER_LED, Programme.SCHOOL_LED, None)
PATTERNS: Sequence[WorkingPattern | None] = (
    WorkingPattern.FULL_TIME,
    WorkingPattern.PART_TIME,
    None,
)
_PROGRAMME_AT = {each: place for place, each in enumerate(PROGRAMMES, start=1)}
_PATTERN_AT = {each: place for place, each in enumerate(PATTERNS, start=1)}


@attrs.frozen
class Geography:
    """Regions and their local authorities, in the order in which they are published."""

    regions: Sequence[Area]
    authorities: Sequence[Area]
    places: Places
    _at: Mapping[Hashable, int]

    @classmethod
    def of(cls, areas: Mapping[Area, int]) -> Geography:
        """Returns the areas of schools, each with the number of its schools.

        What most schools of a local authority say of it is taken to be right.
        """
        said: dict[Hashable, Counter[Area]] = {}
        for area, schools in areas.items():
            said.setdefault(area.key, Counter())[area] += schools
        named = {key: _most_said(found) for key, found in said.items()}
        regions = sorted({_region_of(area) for area in named.values()}, key=_in_order)
        keys = sorted(named, key=lambda key: _in_order(named[key]))
        authorities = [named[key] for key in keys]
        places = Places([regions.index(_region_of(area)) for area in authorities], len(regions))
        at = {key: places.authority(number) for number, key in enumerate(keys)}
        return cls(regions, authorities, places, at)

    def place_of(self, area: Area) -> int:
        """Returns the place of the local authority of an area."""
        return self._at[area.key]


def _most_said(found: Counter[Area]) -> Area:
    return max(sorted(found, key=_in_order), key=lambda area: found[area])


def _region_of(area: Area) -> Area:
    return Area(area.region, area.region_code)


def _in_order(area: Area) -> tuple[tuple[bool, str], ...]:
    """Orders areas by their codes and names; what is not known comes last."""
    parts = (
        area.region_code,
        area.region,
        area.new_la_code,
        area.la_code,
        area.local_authority,
    )
    return tuple((part is None, part or "") for part in parts)


@attrs.frozen
class Counts:
    """Every count of a year: of ECTs, of those with a mentor, and of their mentors."""

    ects: Cells
    with_mentor: Cells
    mentors: Cells


def counts_of(ects: Iterable[CountedEct], geography: Geography) -> Counts:
    """Counts ECTs and mentors in every cell, totals included; a mentor counts once in each."""
    places = geography.places
    counted, mentored = places.empty(), places.empty()
    people: dict[Spot, set[str]] = {}
    for ect in ects:
        spot = (
            geography.place_of(ect.area),
            _PROGRAMME_AT[ect.programme],
            _PATTERN_AT[ect.working_pattern],
        )
        for cell in places.cells_with(spot):
            counted[cell] += 1
            if ect.mentors:
                mentored[cell] += 1
                people.setdefault(cell, set()).update(ect.mentors)
    mentors = places.empty() | {cell: len(found) for cell, found in people.items()}
    return Counts(counted, mentored, mentors)
