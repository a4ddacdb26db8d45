"""What sets one type of journey apart from the others: its answers, its steps and its facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import date
from typing import Generic, TypeVar

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.engine import Case, Journey, Progress, stop_of, walk
from ect_registration.ports.store import UnitOfWork

D = TypeVar("D", EctDraft, MentorDraft, AssignmentDraft)
PersonDraft = TypeVar("PersonDraft", EctDraft, MentorDraft)  # those that begin with a search
C = TypeVar("C", bound=Case)


class Gone(Exception):
    """No such journey of this user exists at this school, or it has expired."""


@attrs.frozen
class Decided(Generic[C]):
    """A case, and how far it gets."""

    case: C
    progress: Progress[C]

    @property
    def stop(self) -> Blocked | None:
        """Returns the block, or else what is unanswered; None when ready to be saved."""
        return stop_of(self.progress, self.case)


class JourneyType(ABC, Generic[D, C]):
    """One type of journey: registering an ECT, registering a mentor, assigning a mentor."""

    draft_type: type[D]
    steps: Journey[C]

    @abstractmethod
    def gather(self, draft: D, school: Urn, today: date, uow: UnitOfWork) -> C | Blocked:
        """Look up the facts that the answers so far call for, and no more."""

    @abstractmethod
    def with_draft(self, case: C, draft: D, uow: UnitOfWork) -> C:
        """Returns the case with other answers, and with the facts that these call for."""

    @abstractmethod
    def draft_of(self, case: C) -> D:
        """Returns the answers of a case."""

    @abstractmethod
    def afresh(self, draft: D, search: Search | None) -> D:
        """Returns a draft for the same purpose, with this search and nothing else answered."""

    def check_person(self, _case: C, _person: Collection[Trn]) -> Blocked | None:
        """Says why TRS is not to be asked about this person; None when any person may be found."""
        return None

    def draft_in(self, journey: SavedJourney) -> D:
        """Returns the answers of a saved journey. Raises Gone when it is of another type."""
        if not isinstance(journey.draft, self.draft_type):
            raise Gone
        return journey.draft

    def walked(self, case: C) -> Decided[C]:
        """Decide every rule that the answers reach."""
        return Decided(case, walk(self.steps, case))

    def decide(self, draft: D, school: Urn, today: date, uow: UnitOfWork) -> Decided[C] | Blocked:
        """Gather the facts and walk; blocked at once where there is nothing to decide on."""
        case = self.gather(draft, school, today, uow)
        return case if isinstance(case, Blocked) else self.walked(case)

    def check_before_search(
        self, draft: D, school: Urn, today: date, uow: UnitOfWork, trn: Trn | None = None
    ) -> Blocked | None:
        """Says what keeps the school from searching at all, or from searching for this TRN."""
        decided = self.decide(self.afresh(draft, None), school, today, uow)
        if isinstance(decided, Blocked):
            return decided
        if decided.progress.blocked is not None or trn is None:
            return decided.progress.blocked
        person = {trn} | {teacher.trn for teacher in uow.teachers.known_as([trn])}
        return self.check_person(decided.case, person)
