"""Ends that follow the closing day of a school when that is corrected."""

from __future__ import annotations

from datetime import date
from typing import Self

import attrs

from ect_registration.domain.rules.operating.schools import Outlook, what_becomes_of_ends
from ect_registration.domain.school import School, SchoolStatus
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.gias.closing import correct_closing, ended_on
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class CorrectedDay:
    """Another closing day of a school where records have ended on the one before."""

    school: School
    wrong: date

    @classmethod
    def of(cls, before: School | None, after: School, uow: UnitOfWork) -> Self | None:
        """Compares a school with what it will be; None where no end follows.

        Ends on any other day than the closing day follow nothing: an operator gave that day.
        """
        if before is None or {before.status, after.status} != {SchoolStatus.CLOSED}:
            return None
        wrong = before.closed_on
        if wrong is None or wrong == after.closed_on or not ended_on(after.urn, wrong, uow):
            return None
        return cls(after, wrong)

    def outlook(self, today: date) -> Outlook:
        """Returns what becomes of the records that have ended."""
        return what_becomes_of_ends(self.school, self.wrong, today)

    def follow(self, user: str, ports: Ports, uow: UnitOfWork) -> None:
        """Moves the ends to the corrected day, in a unit of work that holds everything."""
        last_day = self.outlook(ports.clock.today()).last_day
        if last_day is not None:
            correct_closing(self.school.urn, self.wrong, last_day, user, ports, uow)
