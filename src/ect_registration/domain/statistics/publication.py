"""The statistics as they are published: one tidy table, in the form of DfE's statistics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import product

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import WorkingPattern
from ect_registration.domain.people.training import Programme
from ect_registration.domain.statistics.cells import COUNTRY, Cells, Spot
from ect_registration.domain.statistics.counting import (
    NOT_KNOWN,
    PATTERNS,
    PROGRAMMES,
    Area,
    CountedEct,
    Geography,
    counts_of,
)
from ect_registration.domain.statistics.suppression import suppressed_in

COLUMNS = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "old_la_code",
    "la_name",
    "programme",
    "working_pattern",
    "ect_count",
    "mentor_count",
    "ects_with_mentor_count",
)
SUPPRESSED = "c"
OF_ENGLAND = {"country_code": "E92000001", "country_name": "England"}

_NAMES: Mapping[Programme | WorkingPattern | None, str] = {
    Programme.PROVIDER_LED: "Provider-led",
    Programme.SCHOOL_LED: "School-led",
    WorkingPattern.FULL_TIME: "Full time",
    WorkingPattern.PART_TIME: "Part time",
    None: NOT_KNOWN,
}
_PROGRAMMES = ("Total", *(_NAMES[each] for each in PROGRAMMES))
_PATTERNS = ("Total", *(_NAMES[each] for each in PATTERNS))

Row = Mapping[str, str | int]


def published(
    year: AcademicYear, ects: Collection[CountedEct], areas: Mapping[Area, int]
) -> Sequence[Row]:
    """Returns the rows of a year: country, regions, local authorities, each with every part."""
    geography = Geography.of(areas)
    counts = counts_of(ects, geography)
    hidden = suppressed_in(counts, geography.places)
    columns = (
        ("ect_count", _shown(counts.ects, hidden.ects)),
        ("mentor_count", _shown(counts.mentors, hidden.mentors)),
        ("ects_with_mentor_count", _shown(counts.with_mentor, hidden.with_mentor)),
    )
    parts = product(enumerate(_PROGRAMMES), enumerate(_PATTERNS))
    cells = [((one, other), (first, second)) for (one, first), (other, second) in parts]
    return [
        {
            **of_time(year),
            **place,
            "programme": names[0],
            "working_pattern": names[1],
            **{name: shown((number, *at)) for name, shown in columns},
        }
        for number, place in _places(geography)
        for at, names in cells
    ]


def _shown(cells: Cells, hidden: Collection[Spot]) -> Callable[[Spot], str | int]:
    return lambda spot: SUPPRESSED if spot in hidden else cells[spot]


def of_time(year: AcademicYear) -> Row:
    """Returns the columns that say which year was counted."""
    return {
        "time_period": f"{year.starts_in}{(year.starts_in + 1) % 100:02}",
        "time_identifier": "Academic year",
    }


def _places(geography: Geography) -> Iterator[tuple[int, Row]]:
    """Yields every place in order, with what is published of it."""
    yield COUNTRY, _place("National", Area(), named=False)
    for number, region in enumerate(geography.regions, start=1):
        yield number, _place("Regional", region, named=False)
    for number, authority in enumerate(geography.authorities):
        place = geography.places.authority(number)
        yield place, _place("Local authority", authority, named=True)


def _place(level: str, area: Area, *, named: bool) -> Row:
    in_region = level != "National"
    return {
        "geographic_level": level,
        **OF_ENGLAND,
        "region_code": area.region_code or "",
        "region_name": (area.region or NOT_KNOWN) if in_region else "",
        "new_la_code": area.new_la_code or "",
        "old_la_code": area.la_code or "",
        "la_name": (area.local_authority or NOT_KNOWN) if named else "",
    }
