"""The statistics of a year, as they are published."""

from __future__ import annotations

from collections.abc import Sequence

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.statistics.funding import published_by_funding
from ect_registration.domain.statistics.publication import Row, published
from ect_registration.use_cases.transactions import Ports


def statistics_of(year: AcademicYear, ports: Ports) -> Sequence[Row]:
    """Returns the rows of a year, all counted at one moment, with what must not be published as c.

    Raises Unavailable without a database.
    """
    with ports.reading() as uow:
        ects, areas = uow.statistics.ects_of(year), uow.statistics.areas()
    return published(year, ects, areas)


def funding_statistics_of(year: AcademicYear, ports: Ports) -> Sequence[Row]:
    """Returns how many ECTs of a year in England are eligible for funding, are not, or may be.

    What TRS said last counts. Raises Unavailable without a database.
    """
    with ports.reading() as uow:
        ects, areas = uow.statistics.ects_of(year), uow.statistics.areas()
    total = published(year, ects, areas)[0]["ect_count"]
    return published_by_funding(year, ects, total)
