"""Says who is on record; a world says little of each person, and a test may say more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

import attrs

from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.domain.world import TrsPerson


@attrs.frozen
class MoreAlert:
    """Describes an alert with what a world has no words for; the end need not be a date."""

    category: str
    started_on: date | None = None
    ends: str | None = None
    details: str | None = None


@attrs.frozen
class PreviousName:
    """Holds a name that a person had."""

    first: str
    middle: str
    last: str


@attrs.frozen
class More:
    """Holds what a record can have beyond a world's words."""

    induction_started_on: date | None = None
    induction_completed_on: date | None = None
    exemption_reasons: tuple[str, ...] = ()
    alerts: tuple[MoreAlert, ...] = ()
    previous_names: tuple[PreviousName, ...] = ()
    mandatory_qualifications: tuple[tuple[str, date], ...] = ()
    eyts_from: date | None = None
    email: str | None = None
    # What employers told the Teachers' Pension Scheme; matched, never shown.
    employment_numbers: tuple[NationalInsuranceNumber, ...] = attrs.field(default=(), repr=False)


NOTHING_MORE = More()


class Absent(Enum):
    """Says why there is no active record."""

    UNKNOWN = "unknown"
    DEACTIVATED = "deactivated"


@attrs.frozen
class MergedInto:
    """Names the active record at the end of a chain of mergers."""

    trn: Trn


class People:
    """Holds every person on record, by TRN."""

    def __init__(self, people: Iterable[TrsPerson], more: Mapping[Trn, More]) -> None:
        self._people = {person.trn.digits: person for person in people}
        self._more = more

    def of(self, trn: str) -> TrsPerson | MergedInto | Absent:
        """Returns what is known under a TRN, in whatever form it came."""
        person = self._people.get(trn)
        passed: set[str] = set()
        while person and person.merged_into and person.trn.digits not in passed:
            passed.add(person.trn.digits)
            person = self._people.get(person.merged_into.digits)
        if person is None:
            return Absent.UNKNOWN
        if person.state != "active":
            return Absent.DEACTIVATED
        return MergedInto(person.trn) if passed else person

    def more_of(self, person: TrsPerson) -> More:
        """Returns what a test says more about a person, which is nothing for most."""
        return self._more.get(person.trn, NOTHING_MORE)

    def someone_else(self, trn: str) -> TrsPerson | None:
        """Returns an active record that is not this one's, or None."""
        others = (p for p in self._people.values() if p.trn.digits != trn)
        return next((p for p in others if p.state == "active"), None)
