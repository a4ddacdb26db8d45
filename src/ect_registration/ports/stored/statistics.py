"""What is counted for statistics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.statistics.counting import Area, CountedEct


class Statistics(Protocol):
    """ECTs as they count, at schools in England."""

    def areas(self) -> Mapping[Area, int]:
        """Returns where there are schools, and how many."""

    def ects_of(self, year: AcademicYear) -> Collection[CountedEct]:
        """Returns the ECTs who count in a year, in no order: see ``period_that_counts``.

        Merged TRNs are one person.
        """
