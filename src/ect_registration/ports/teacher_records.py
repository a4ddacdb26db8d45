"""The Teaching Record System (TRS)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from ect_registration.domain.people.teacher import NoMatch, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.deadline import Deadline


class TeacherRecords(Protocol):
    """Lookups in TRS. What comes back says whether the facts match, never the facts.

    A merged TRN is followed once, with the same second fact; the record then has the TRN that
    TRS kept, and ``merged_from`` is the TRN asked for. Every method raises ``Unavailable`` when
    TRS is out of reach or answers outside its contract, and ``NotShown``, which is one, where that
    may be about this record alone: TRS fails on one without a date of birth, for instance.
    """

    def within(self, deadline: Deadline) -> TeacherRecords:
        """Returns the same records for one request, all of whose lookups end by the deadline."""

    def by_date_of_birth(self, trn: Trn, born_on: date) -> TeacherRecord | NoMatch:
        """Returns the record, TRN_NOT_FOUND or DATE_OF_BIRTH_DIFFERS."""

    def by_national_insurance_number(
        self, trn: Trn, number: NationalInsuranceNumber
    ) -> TeacherRecord | NoMatch:
        """Returns the record, or DETAILS_DO_NOT_MATCH."""

    def by_trn(self, trn: Trn) -> TeacherRecord | NoMatch:
        """Returns the record for a TRN proven before, or TRN_NOT_FOUND."""

    def matching(self, born_on: Mapping[Trn, date]) -> Mapping[Trn, TeacherRecord]:
        """Returns the records of those whose date of birth matches, asking for many at once.

        A person who is left out may be merged, deactivated or unknown, or have another date of
        birth: a lookup of them alone says which. An empty answer is a valid one.
        """

    def merged_into(self, trn: Trn) -> Trn | None:
        """Returns the TRN that TRS kept instead of this one, as the latest lookup has shown.

        A lookup that proves nothing shows it too. TRS is not asked; None when none has shown it.
        """
