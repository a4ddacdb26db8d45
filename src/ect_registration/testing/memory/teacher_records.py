"""TRS in memory, fed by the people of a world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ect_registration.domain.people.teacher import (
    LONGEST_TRS_NAME,
    InductionStatus,
    NoMatch,
    TeacherRecord,
)
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.domain.world import TrsPerson
from ect_registration.ports.deadline import Deadline
from ect_registration.ports.errors import NotShown, Unavailable

PROHIBITION = "Prohibition from teaching"

INDUCTION = {
    "None": InductionStatus.NONE,
    "RequiredToComplete": InductionStatus.REQUIRED_TO_COMPLETE,
    "Exempt": InductionStatus.EXEMPT,
    "InProgress": InductionStatus.IN_PROGRESS,
    "Passed": InductionStatus.PASSED,
    "Failed": InductionStatus.FAILED,
    "FailedInWales": InductionStatus.FAILED_IN_WALES,
}


class MemoryTeacherRecords:
    """Answers as TRS would; ``out_of_reach`` plays an outage."""

    def __init__(self, people: Iterable[TrsPerson] = (), *, out_of_reach: bool = False) -> None:
        self._people = {person.trn: person for person in people}
        self.out_of_reach = out_of_reach

    def within(self, _: Deadline) -> MemoryTeacherRecords:
        """Returns itself: nothing is waited for here."""
        return self

    def by_date_of_birth(self, trn: Trn, born_on: date) -> TeacherRecord | NoMatch:
        """Returns the record, TRN_NOT_FOUND or DATE_OF_BIRTH_DIFFERS."""
        person = self._active(trn)
        if person is None:
            return NoMatch.TRN_NOT_FOUND
        record = _record(person, trn)
        return record if person.date_of_birth == born_on else NoMatch.DATE_OF_BIRTH_DIFFERS

    def by_national_insurance_number(
        self, trn: Trn, number: NationalInsuranceNumber
    ) -> TeacherRecord | NoMatch:
        """Returns the record, or DETAILS_DO_NOT_MATCH."""
        person = self._active(trn)
        if person is None or person.national_insurance_number != number:
            return NoMatch.DETAILS_DO_NOT_MATCH
        return _record(person, trn)

    def by_trn(self, trn: Trn) -> TeacherRecord | NoMatch:
        """Returns the record for a TRN proven before, or TRN_NOT_FOUND."""
        person = self._active(trn)
        return NoMatch.TRN_NOT_FOUND if person is None else _record(person, trn)

    def matching(self, born_on: Mapping[Trn, date]) -> Mapping[Trn, TeacherRecord]:
        """Returns the active records with these dates of birth; merges are not followed."""
        if self.out_of_reach:
            raise Unavailable("TRS")
        people = ((trn, self._people.get(trn), day) for trn, day in born_on.items())
        return {
            trn: _record(person, trn)
            for trn, person, day in people
            if person
            and person.state == "active"
            and person.date_of_birth == day
            and len(person.name) <= LONGEST_TRS_NAME
        }

    def merged_into(self, trn: Trn) -> Trn | None:
        """Returns the TRN that it leads to in the end, whatever became of that record."""
        kept, passed = trn, {trn}
        while (person := self._people.get(kept)) and person.merged_into:
            kept = person.merged_into
            if kept in passed:
                return None
            passed.add(kept)
        return None if kept == trn else kept

    def _active(self, trn: Trn) -> TrsPerson | None:
        """Returns the record that a TRN leads to in the end, if it is active."""
        if self.out_of_reach:
            raise Unavailable("TRS")
        passed: set[Trn] = set()
        person = self._people.get(trn)
        while person and person.merged_into and person.trn not in passed:
            passed.add(person.trn)
            person = self._people.get(person.merged_into)
        return person if person and person.state == "active" else None


def _record(person: TrsPerson, asked_for: Trn) -> TeacherRecord:
    """Returns the record as TRS shows it.

    Raises NotShown for a record without a date of birth, on which TRS fails, and for a name
    that no store can hold.
    """
    if person.date_of_birth is None:
        raise NotShown("TRS", "it cannot show a record without a date of birth")
    if len(person.name) > LONGEST_TRS_NAME:
        raise NotShown("TRS", f"the name is longer than {LONGEST_TRS_NAME} characters")
    return TeacherRecord(
        trn=person.trn,
        name=person.name,
        induction=INDUCTION.get(person.induction_status, InductionStatus.UNKNOWN),
        prohibited=PROHIBITION in person.alert_categories,
        has_qts=person.qts_from is not None,
        merged_from=None if person.trn == asked_for else asked_for,
        induction_started_on=person.induction_started_on,
        induction_completed_on=person.induction_completed_on,
    )
