"""The statistics of a year, as they are published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.statistics.counting import Area, CountedEct
from ect_registration.domain.statistics.funding import published_by_funding
from ect_registration.domain.statistics.publication import Row, published
from ect_registration.use_cases.transactions import Ports


def statistics_of(year: AcademicYear, ports: Ports) -> Sequence[Row]:
    """Returns the rows of a year, all counted at one moment, with what must not be published as c.

    Raises Unavailable without a database.
    """
    return published(year, *_counted(year, ports))


def funding_statistics_of(year: AcademicYear, ports: Ports) -> Sequence[Row]:
    """Returns how many ECTs of a year in England are eligible for funding, are not, or may be.

    What TRS said last counts. Raises Unavailable without a database.
    """
    ects, areas = _counted(year, ports)
    total = published(year, ects, areas)[0]["ect_count"]
    return published_by_funding(year, ects, total)


def _counted(
    year: AcademicYear, ports: Ports
) -> tuple[Collection[CountedEct], Mapping[Area, int]]:
    with ports.reading() as uow:
        return uow.statistics.ects_of(year), uow.statistics.areas()
