"""Describes one lookup: what is asked, and what an answer says of the facts given."""

from __future__ import annotations

from datetime import date

import attrs

from adapters.trs.answers import Absent
from adapters.trs.payloads import Person
from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn


@attrs.frozen
class Lookup:
    """Holds a TRN and at most one second fact, neither of which shows."""

    trn: Trn = attrs.field(repr=False)
    born_on: date | None = attrs.field(default=None, repr=False)
    number: NationalInsuranceNumber | None = attrs.field(default=None, repr=False)

    def judge(self, answer: Person | Absent) -> TeacherRecord | NoMatch:
        """Returns the record if the facts prove knowledge of it, or else the mismatch."""
        if isinstance(answer, Absent):
            by_number = self.number is not None  # TRS matched it: absent is all that we know
            return NoMatch.DETAILS_DO_NOT_MATCH if by_number else NoMatch.TRN_NOT_FOUND
        if self.born_on is not None and self.born_on != answer.born_on:
            return NoMatch.DATE_OF_BIRTH_DIFFERS
        return TeacherRecord(
            trn=answer.trn,
            name=answer.name,
            induction=answer.induction,
            prohibited=answer.prohibited,
            has_qts=answer.has_qts,
            induction_started_on=answer.induction_started_on,
            induction_completed_on=answer.induction_completed_on,
            merged_from=None if answer.trn == self.trn else self.trn,
        )
