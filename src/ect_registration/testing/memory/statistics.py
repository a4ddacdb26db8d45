"""What is counted for statistics, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.outputs.statistics import counted, period_that_counts
from ect_registration.domain.school import School
from ect_registration.domain.statistics.counting import Area, CountedEct
from ect_registration.domain.values import Trn
from ect_registration.testing.memory.state import Work


@attrs.frozen
class MemoryStatistics:
    """Counts the ECTs and mentors in memory."""

    _work: Work

    def areas(self) -> Mapping[Area, int]:
        """Returns the areas of schools in England, and how many are in each."""
        schools = self._work.state.schools.values()
        return Counter(_area(school) for school in schools if school.in_england)

    def ects_of(self, year: AcademicYear) -> Collection[CountedEct]:
        """Returns the ECTs who count in a year at schools in England."""
        state = self._work.state
        people: dict[Trn, list[EctAtSchool]] = {}
        for ect in state.ects.values():
            if not ect.withdrawn:
                people.setdefault(self._person(ect.teacher.trn), []).append(ect)
        found = (period_that_counts(periods, year) for periods in people.values())
        return [
            counted(period, year, _area(school), self._person)
            for period in found
            if period is not None and (school := state.schools[period.school]).in_england
        ]

    def _person(self, trn: Trn) -> Trn:
        return min(self._work.state.one_person(trn))


def _area(school: School) -> Area:
    return Area(
        region=school.region,
        region_code=school.region_code,
        local_authority=school.local_authority,
        la_code=school.la_code,
        new_la_code=school.new_la_code,
    )
