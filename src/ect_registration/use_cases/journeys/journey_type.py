"""What sets one kind of journey apart from the others: its answers, its steps, its facts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Generic, TypeVar

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.values import Trn, Urn
from ect_registration.journeys.engine import Case, Journey, Progress, walk
from ect_registration.ports.store import UnitOfWork

D = TypeVar("D", EctDraft, MentorDraft, AssignmentDraft)
PersonDraft = TypeVar("PersonDraft", EctDraft, MentorDraft)  # those that begin with a search
C = TypeVar("C", bound=Case)


class Gone(Exception):
    """No such journey of this user at this school, or it has expired."""


@attrs.frozen
class Decided(Generic[C]):
    """A case, and how far it gets."""

    case: C
    progress: Progress[C]

    @property
    def stop(self) -> Blocked | None:
        """The block, or else what has still to be answered; None: ready to be saved."""
        if self.progress.blocked is not None:
            return self.progress.blocked
        step = self.progress.path[-1] if self.progress.path else None
        return step.asks(self.case) if step is not None and step.asks is not None else None


@attrs.frozen
class JourneyKind(Generic[D, C]):
    """One kind of journey."""

    drafts: type[D]
    steps: Journey[C]
    # The facts that the answers so far call for, and no more.
    gather: Callable[[D, Urn, date, UnitOfWork], C | Blocked]
    # The same case with other answers, and the facts that these call for.
    with_draft: Callable[[C, D, UnitOfWork], C]
    draft_of: Callable[[C], D]
    # A draft for the same purpose, with this search and nothing else answered.
    afresh: Callable[[D, Search | None], D]
    # Whom TRS is not to be asked about, by every TRN that we know of them; None: anybody goes.
    bars: Callable[[C, Collection[Trn]], Blocked | None] | None = None

    def draft_in(self, journey: SavedJourney) -> D:
        """Raises Gone: as one of this kind, any other journey does not exist."""
        if not isinstance(journey.draft, self.drafts):
            raise Gone
        return journey.draft

    def walked(self, case: C) -> Decided[C]:
        """Decide every rule that the answers reach."""
        return Decided(case, walk(self.steps, case))

    def decide(self, draft: D, school: Urn, today: date, uow: UnitOfWork) -> Decided[C] | Blocked:
        """Gather and walk; blocked at once where there is nothing to decide on."""
        case = self.gather(draft, school, today, uow)
        return case if isinstance(case, Blocked) else self.walked(case)

    def before_the_search(
        self, draft: D, school: Urn, today: date, uow: UnitOfWork, trn: Trn | None = None
    ) -> Blocked | None:
        """What keeps a school from searching, or from searching for this TRN."""
        decided = self.decide(self.afresh(draft, None), school, today, uow)
        if isinstance(decided, Blocked):
            return decided
        if decided.progress.blocked is not None or trn is None or self.bars is None:
            return decided.progress.blocked
        person = {trn} | {teacher.trn for teacher in uow.teachers.known_as([trn])}
        return self.bars(decided.case, person)
