"""A row of a file, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.teacher import TeacherRecord
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.values import Urn
from ect_registration.journeys.answers import given
from ect_registration.use_cases.registering.documents import InvalidRequest
from ect_registration.use_cases.registering.outcomes import Registered


@attrs.frozen
class FileRow:
    """One registration, as a document, or the first mistake in its cells.

    Secrets stay in the document, in memory, and are never shown.
    """

    number: int  # the line in a spreadsheet, the header being 1
    school: str
    trn: str
    document: Mapping[str, object] | InvalidRequest = attrs.field(repr=False)


@attrs.frozen
class Proven:
    """A row whose person was found in TRS: the school, and its answers with that proof."""

    number: int
    school: Urn
    draft: EctDraft

    @property
    def record(self) -> TeacherRecord:
        """Returns what TRS said of the person."""
        return given(given(self.draft.search).record)


@attrs.frozen
class ShownRow:
    """A row that would be registered, as it was shown, and the id that its record will have.

    By that id a row that is confirmed again is known, even if its registration was undone.
    """

    row: Proven
    preview: Preview
    id: EctId


@attrs.frozen
class DoneBefore:
    """The person is in progress there already, with the same email, start date and choices.

    Or this very row was registered once, whatever became of that.
    """

    ect: EctAtSchool


Outcome = Registered | DoneBefore | Blocked | InvalidRequest


class RowOutcome(StrEnum):
    """What became of a row, in one word."""

    REGISTERED = "registered"
    DONE_BEFORE = "done_before"
    REFUSED = "refused"
    NEEDS = "needs"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"


@attrs.frozen
class RowResult:
    """What became of one row."""

    number: int
    school: str
    trn: str
    outcome: Outcome
    trs_name: str | None = None  # once the person was found

    @property
    def word(self) -> RowOutcome:
        """Returns the outcome in one word."""
        outcome = self.outcome
        if isinstance(outcome, Blocked):
            return RowOutcome(outcome.kind.value)
        if isinstance(outcome, InvalidRequest):
            return RowOutcome.INVALID
        done = isinstance(outcome, DoneBefore)
        return RowOutcome.DONE_BEFORE if done else RowOutcome.REGISTERED

    @property
    def why_not(self) -> Blocked | InvalidRequest | None:
        """Returns why the row was not registered; None when the person is registered."""
        return self.outcome if isinstance(self.outcome, Blocked | InvalidRequest) else None
