"""A teacher as the service knows them, and as the Teaching Record System (TRS) told us."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, StrEnum

import attrs

from ect_registration.domain.values import PersonName, Trn

LONGEST_TRS_NAME = 500  # characters: no store keeps more, so no adapter of TRS lets more through


class InductionStatus(StrEnum):
    """TRS's induction statuses, in our words. UNKNOWN is any status that we do not know."""

    NONE = "none"
    REQUIRED_TO_COMPLETE = "required_to_complete"
    IN_PROGRESS = "in_progress"
    EXEMPT = "exempt"
    PASSED = "passed"
    FAILED = "failed"
    FAILED_IN_WALES = "failed_in_wales"
    UNKNOWN = "unknown"


@attrs.frozen
class TeacherRecord:
    """What a lookup in TRS tells us of an active record. It holds neither of the two secrets."""

    trn: Trn
    name: str  # empty where the record has none; at most LONGEST_TRS_NAME characters
    induction: InductionStatus
    prohibited: bool
    has_qts: bool
    # The TRN that was asked for, when TRS has merged it into this record.
    merged_from: Trn | None = None
    # For lead providers: no rule decides on these.
    induction_started_on: date | None = attrs.field(default=None, eq=False)
    induction_completed_on: date | None = attrs.field(default=None, eq=False)

    @property
    def trns(self) -> frozenset[Trn]:
        """Returns every TRN this lookup showed to be this person's."""
        return frozenset({self.trn} if self.merged_from is None else {self.trn, self.merged_from})


class NoMatch(Enum):
    """Why a lookup did not prove that a school knows a teacher."""

    TRN_NOT_FOUND = "trn_not_found"
    DATE_OF_BIRTH_DIFFERS = "date_of_birth_differs"
    DETAILS_DO_NOT_MATCH = "details_do_not_match"


@attrs.frozen
class Search:
    """The latest search of one journey: the TRN typed, and what TRS said of two facts, when."""

    trn: Trn
    answer: TeacherRecord | NoMatch
    answered_at: datetime

    @property
    def record(self) -> TeacherRecord | None:
        """Returns the proof of identity, if there is one."""
        return self.answer if isinstance(self.answer, TeacherRecord) else None


@attrs.frozen
class TrsFacts:
    """What TRS said of a person's qualification and induction when it was last asked."""

    has_qts: bool
    induction: InductionStatus
    seen_at: datetime
    induction_started_on: date | None = None
    induction_completed_on: date | None = None

    @classmethod
    def of(cls, record: TeacherRecord, seen_at: datetime) -> TrsFacts:
        """Returns the facts in a record that TRS showed at that moment."""
        return cls(
            record.has_qts,
            record.induction,
            seen_at,
            record.induction_started_on,
            record.induction_completed_on,
        )


@attrs.frozen
class Teacher:
    """A person with a TRN who was registered by a school. One of the two names is there."""

    trn: Trn
    trs_name: str  # empty where the record has none
    corrected_name: PersonName | None = None
    # None where TRS was never asked. The same person as before, whatever they are.
    facts: TrsFacts | None = attrs.field(default=None, eq=False)
    # The correction was made before TRS last changed the name.
    trs_name_changed_since: bool = attrs.field(default=False, eq=False)

    @property
    def name(self) -> str:
        """Returns the name to show: a school's correction if there is one, else TRS's."""
        return self.trs_name if self.corrected_name is None else self.corrected_name.text
