"""When each person was last looked up in TRS, and the people operators have to check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

import attrs

from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.trs_lookup import TrsLookup
from ect_registration.domain.rules.school_year.following import Concern
from ect_registration.domain.values import Trn


@attrs.frozen
class Concerned:
    """A person that operators have to check, since TRS was asked at that moment."""

    teacher: Teacher
    concern: Concern
    asked_at: datetime


class TrsLookups(Protocol):
    """Lookups in TRS that no school asked for, to keep records up to date with it.

    People with an ECT or mentor period that is open wait for one. So do ECTs with an outcome of
    TRS and a period that ended within a year: TRS may take the outcome back.
    """

    def never_asked(self, today: date, after: Trn | None, most: int) -> Sequence[Trn]:
        """Returns people waiting who were never looked up, by TRN, from after this one on."""

    def asked_before(self, moment: datetime, today: date, most: int) -> Sequence[Trn]:
        """Returns people waiting who were last looked up before the moment, longest ago first."""

    def waiting(self, moment: datetime, today: date) -> int:
        """Returns the number of people who were never looked up, or last before the moment."""

    def last(self, trn: Trn) -> TrsLookup | None:
        """Returns the latest lookup of the teacher with this very TRN; None if never."""

    def note(self, trn: Trn, asked_at: datetime, concern: Concern | None) -> None:
        """Keeps that the teacher with this very TRN was looked up, in place of what was kept.

        Does nothing for a person the service does not know.
        """

    def concerns(self, today: date) -> Sequence[Concerned]:
        """Returns people waiting whose last lookup concerns operators, by TRN."""
