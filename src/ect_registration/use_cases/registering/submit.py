"""Submitting a journey: what was shown is saved, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Generic, TypeVar

import attrs

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft, JourneyId, SavedJourney
from ect_registration.domain.people.teacher import Search, TeacherRecord
from ect_registration.domain.rules.check_answers import MentorPreview, Preview
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys import teacher_search
from ect_registration.use_cases.journeys.journey_type import C, JourneyKind, PersonDraft
from ect_registration.use_cases.journeys.journey_types import (
    ASSIGNMENT_JOURNEY,
    ECT_JOURNEY,
    MENTOR_JOURNEY,
)
from ect_registration.use_cases.journeys.saved_journeys import open_journey
from ect_registration.use_cases.registering.earlier_submission import (
    assigned_before,
    registered_before,
)
from ect_registration.use_cases.registering.plan_mentor import Assigned
from ect_registration.use_cases.registering.register_ect import Registered, register_in
from ect_registration.use_cases.registering.register_mentor import (
    assign_mentor_in,
    register_mentor_in,
)
from ect_registration.use_cases.transactions import Actor, Ports, transact

R = TypeVar("R", Registered, Assigned)


def submit(id: JourneyId, shown: Preview, actor: Actor, ports: Ports) -> Registered | Blocked:
    """Register the ECT that check answers showed. Again and again, it is one registration.

    Raises Gone, and Unavailable without a database.
    """
    today = ports.clock.today()

    def write(uow: UnitOfWork, draft: EctDraft) -> Registered | Blocked:
        return register_in(uow, draft, actor, today, ports, shown)

    return _Submission(id, actor, ports, ECT_JOURNEY, registered_before, write).outcome()


def submit_mentor(
    id: JourneyId, shown: MentorPreview, actor: Actor, ports: Ports
) -> Assigned | Blocked:
    """Register the mentor that check answers showed, and assign them. Raises likewise."""
    today = ports.clock.today()

    def write(uow: UnitOfWork, draft: MentorDraft) -> Assigned | Blocked:
        return register_mentor_in(uow, draft, actor, today, ports, shown)

    return _Submission(id, actor, ports, MENTOR_JOURNEY, assigned_before, write).outcome()


def submit_assignment(id: JourneyId, actor: Actor, ports: Ports) -> Assigned | Blocked:
    """Assign the mentor, when nothing is left to ask. Raises likewise."""
    today, now = ports.clock.today(), ports.clock.now()
    kind = ASSIGNMENT_JOURNEY

    def work(uow: UnitOfWork) -> Assigned | Blocked:
        journey = open_journey(id, actor, now, uow)
        draft = kind.draft_in(journey)
        done = assigned_before(journey, uow, today)
        if done is not None:
            return done
        outcome = assign_mentor_in(uow, draft, actor, today, ports)
        if isinstance(outcome, Assigned):
            uow.journeys.save(_over(journey, outcome, kind.afresh(draft, None), now))
            uow.commit()
        return outcome

    return transact(ports, work)


@attrs.frozen
class _Submission(Generic[PersonDraft, C, R]):
    """The day and the moment are read once, when it begins."""

    id: JourneyId
    actor: Actor
    ports: Ports
    kind: JourneyKind[PersonDraft, C]
    recall: Callable[[SavedJourney, UnitOfWork, date], R | None]
    write: Callable[[UnitOfWork, PersonDraft], R | Blocked]
    now: datetime = attrs.field(
        default=attrs.Factory(lambda self: self.ports.clock.now(), takes_self=True)
    )

    def outcome(self, fresh: Search | None = None) -> R | Blocked:
        """TRS is asked again, if it must, while no unit of work is open."""
        came_to = transact(self.ports, partial(self._decide, fresh))
        if not isinstance(came_to, TeacherRecord):
            return came_to
        answered = teacher_search.refreshed(self.ports, came_to)
        return answered if isinstance(answered, Blocked) else self.outcome(answered)

    def _decide(self, fresh: Search | None, uow: UnitOfWork) -> R | Blocked | TeacherRecord:
        """Write, or say why not; a record comes back when TRS must be asked for it again."""
        journey = open_journey(self.id, self.actor, self.now, uow)
        draft = self.kind.draft_in(journey)
        done = self.recall(journey, uow, self.ports.clock.today())
        if done is not None:
            return done
        found = fresh or draft.search
        old = None if fresh else teacher_search.record_to_ask_for_again(found, self.now)
        if old is not None:
            return old
        draft = attrs.evolve(draft, search=found)
        outcome = self.write(uow, draft)
        if isinstance(outcome, Blocked) and outcome.kind is Kind.UNAVAILABLE:
            return outcome  # what TRS says now is nothing to go on: ask again next time
        # A refusal keeps the answers, with what TRS said now: check answers shows it from here on.
        after = attrs.evolve(journey, draft=draft, used_at=self.now)
        if not isinstance(outcome, Blocked):
            after = _over(journey, outcome, self.kind.afresh(draft, None), self.now)
        uow.journeys.save(after)
        uow.commit()
        return outcome


def _over(
    journey: SavedJourney, outcome: Registered | Assigned, emptied: AnyDraft, now: datetime
) -> SavedJourney:
    """The answers have become a record; the journey remembers which, and if training was told."""
    answers = journey.draft
    if isinstance(emptied, MentorDraft | AssignmentDraft) and not isinstance(answers, EctDraft):
        emptied = attrs.evolve(emptied, another_provider=answers.another_provider)
    return attrs.evolve(
        journey,
        draft=emptied,
        used_at=now,
        registered=outcome.ect.id,
        mentor=outcome.mentor.id if isinstance(outcome, Assigned) else None,
    )
