"""Giving an ECT a mentor: every rule decided on fresh facts, in the transaction that writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked, Decision
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.rules.check_answers import MentorPreview, check_saved_as_shown
from ect_registration.journeys.answers import given
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys.journey_types import ASSIGNMENT_JOURNEY, MENTOR_JOURNEY
from ect_registration.use_cases.journeys.merged_trns import keep_merge_at_once
from ect_registration.use_cases.journeys.teacher_search import find_person
from ect_registration.use_cases.registering.mentor_document import AssignmentRequest, MentorRequest
from ect_registration.use_cases.registering.plan_mentor import (
    Assigned,
    planned_assignment,
    planned_mentor,
)
from ect_registration.use_cases.registering.write_ect import Signature
from ect_registration.use_cases.registering.write_mentor import write_assignment, write_mentor
from ect_registration.use_cases.transactions import Actor, Ports, transact


def register_mentor(
    document: object, user: str, ports: Ports, *, dry_run: bool = False
) -> Assigned | Blocked:
    """Register one mentor and assign them, or say which rule stands against it.

    A dry run says what would come of it. Raises InvalidRequest for a document that is not right,
    Unavailable without a database.
    """
    today = ports.clock.today()
    request = MentorRequest.parse(document, today)
    draft = _proven_draft(request, today, ports)
    if isinstance(draft, Blocked):
        return draft
    actor = Actor(user, request.school)
    if dry_run:
        with ports.reading() as uow:
            return register_mentor_in(uow, draft, actor, today, ports, keep=False)
    keep_merge_at_once(given(draft.search).record, ports)
    return transact(
        ports, lambda uow: _committed(register_mentor_in(uow, draft, actor, today, ports), uow)
    )


def assign_mentor(
    document: object, user: str, ports: Ports, *, dry_run: bool = False
) -> Assigned | Blocked:
    """Assign a mentor of the school, or say which rule stands against it. Raises likewise."""
    today = ports.clock.today()
    request = AssignmentRequest.parse(document, today)
    actor, draft = Actor(user, request.school), request.draft
    if dry_run:
        with ports.reading() as uow:
            return assign_mentor_in(uow, draft, actor, today, ports, keep=False)
    return transact(
        ports, lambda uow: _committed(assign_mentor_in(uow, draft, actor, today, ports), uow)
    )


def register_mentor_in(
    uow: UnitOfWork,
    draft: MentorDraft,
    actor: Actor,
    today: date,
    ports: Ports,
    shown: MentorPreview | None = None,
    *,
    keep: bool = True,
) -> Assigned | Blocked:
    """Decide every rule again in this unit of work, and write. The caller commits.

    ``shown`` is what check answers showed: nothing else is saved.
    """
    decided = MENTOR_JOURNEY.decide(draft, actor.school, today, uow)
    if isinstance(decided, Blocked):
        return decided
    if decided.stop is not None:
        return decided.stop
    case = decided.case
    as_shown = check_saved_as_shown(shown, case.preview) if shown is not None else None
    if isinstance(as_shown, Blocked):
        return as_shown
    planned = planned_mentor(case, ports.new_id)
    if keep:
        write_mentor(case, planned, _signature(decided.progress.decisions, actor, ports), uow)
    return planned


def assign_mentor_in(
    uow: UnitOfWork,
    draft: AssignmentDraft,
    actor: Actor,
    today: date,
    ports: Ports,
    *,
    keep: bool = True,
) -> Assigned | Blocked:
    """Likewise, for a mentor of the school."""
    decided = ASSIGNMENT_JOURNEY.decide(draft, actor.school, today, uow)
    if isinstance(decided, Blocked):
        return decided
    if decided.stop is not None:
        return decided.stop
    planned = planned_assignment(decided.case, ports.new_id)
    if keep:
        signature = _signature(decided.progress.decisions, actor, ports)
        write_assignment(decided.case, planned, signature, uow)
    return planned


def _signature(decisions: Sequence[Decision], actor: Actor, ports: Ports) -> Signature:
    rules = tuple(decision.rule.id for decision in decisions)
    return Signature(actor.user, ports.clock.stamp(), rules)


def _committed(outcome: Assigned | Blocked, uow: UnitOfWork) -> Assigned | Blocked:
    if isinstance(outcome, Assigned):
        uow.commit()
    return outcome


def _proven_draft(request: MentorRequest, today: date, ports: Ports) -> MentorDraft | Blocked:
    """The draft with what TRS said; TRS is not asked where a rule stands against it already."""
    with ports.reading() as uow:
        barred = MENTOR_JOURNEY.before_the_search(
            request.draft, request.school, today, uow, request.person.trn
        )
    found = barred or find_person(request.person, ports)
    return found if isinstance(found, Blocked) else attrs.evolve(request.draft, search=found)
