"""Assigning a mentor of the school to an ECT, from a document or from a journey."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.check_answers import (
    SAVED_AS_SHOWN,
    AssignmentPreview,
    check_saved_as_shown,
)
from ect_registration.journeys.answers import given
from ect_registration.journeys.mentor_case import AssignmentCase
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.holding import hold_people_at
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import open_journey
from ect_registration.use_cases.registering.earlier_submission import assigned_by_journey
from ect_registration.use_cases.registering.mentor_document import AssignmentRequest
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.plan_mentor import planned_assignment
from ect_registration.use_cases.registering.submission import keep_outcome
from ect_registration.use_cases.registering.write_ect import signature_of
from ect_registration.use_cases.registering.write_mentor import write_assignment
from ect_registration.use_cases.transactions import Actor, Ports, Tells, transact


def assign_mentor(
    document: object,
    user: str,
    ports: Ports,
    *,
    dry_run: bool = False,
    tells: Tells = Tells.NOBODY,
    reason: str | None = None,
) -> Assigned | Blocked:
    """Assigns a mentor of the school, or says which rule refuses it.

    A ``reason`` stands in history. A dry run says what would come of it. Raises InvalidRequest
    for a document that is not right, Unavailable without a database.
    """
    today = ports.clock.today()
    request = AssignmentRequest.parse(document, today)
    actor, draft = Actor(user, request.school, tells, reason), request.draft
    if dry_run:
        with ports.reading() as uow:
            return assign_mentor_in(uow, draft, actor, today, ports, keep=False)

    def work(uow: UnitOfWork) -> Assigned | Blocked:
        hold_people_at(actor.school, [draft.ect, draft.mentor], uow)
        outcome = assign_mentor_in(uow, draft, actor, today, ports)
        if isinstance(outcome, Assigned):
            uow.commit()
        return outcome

    return transact(ports, work)


def look_at_assignment(case: AssignmentCase, ports: Ports) -> AssignmentPreview:
    """Returns what submitting would save, once everything is answered. Nothing is written."""
    return given(planned_assignment(case, ports.new_id).preview)


def submit_assignment(
    id: JourneyId, actor: Actor, ports: Ports, shown: AssignmentPreview | None = None
) -> Assigned | Blocked:
    """Assign the mentor of a journey, when nothing is left to ask. Repeating it changes nothing.

    A journey that replaces a mentor saves only what check answers has shown. Raises Gone, and
    Unavailable without a database.
    """
    today, now = ports.clock.today(), ports.clock.now()

    def work(uow: UnitOfWork) -> Assigned | Blocked:
        uow.hold([Hold.journey(id)])
        journey = open_journey(id, actor, now, uow)
        draft = ASSIGNMENT_JOURNEY.draft_in(journey)
        done = assigned_by_journey(journey, uow, today)
        if done is not None:
            return done
        hold_people_at(actor.school, [draft.ect, draft.mentor], uow)
        if draft.replace and shown is None:
            return SAVED_AS_SHOWN.refuses(changed="replaces")
        outcome = assign_mentor_in(uow, draft, actor, today, ports, shown=shown)
        if isinstance(outcome, Assigned):
            keep_outcome(journey, draft, outcome, now, uow)
        return outcome

    return transact(ports, work)


def assign_mentor_in(
    uow: UnitOfWork,
    draft: AssignmentDraft,
    actor: Actor,
    today: date,
    ports: Ports,
    *,
    shown: AssignmentPreview | None = None,
    keep: bool = True,
) -> Assigned | Blocked:
    """Decide every rule in this unit of work, compare with what was shown if it was, and write.

    The caller holds the school and both people (see ``hold_people_at``), and commits.
    """
    decided = ASSIGNMENT_JOURNEY.decide(draft, actor.school, today, uow)
    if isinstance(decided, Blocked):
        return decided
    if decided.stop is not None:
        return decided.stop
    planned = planned_assignment(decided.case, ports.new_id)
    if shown is not None:
        as_shown = check_saved_as_shown(shown, given(planned.preview))
        if isinstance(as_shown, Blocked):
            return as_shown
    if keep:
        signature = signature_of(actor, decided.progress.decisions, ports)
        write_assignment(decided.case, planned, signature, uow)
    return planned
