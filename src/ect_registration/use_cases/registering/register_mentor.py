"""Registering a mentor and assigning them to an ECT, from a document or from a journey.

Every rule is decided on fresh facts, in the transaction that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import MentorDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.notice import Role
from ect_registration.domain.people.teacher import Search, TeacherRecord
from ect_registration.domain.rules.check_answers import MentorPreview, check_saved_as_shown
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.journeys.mentor_case import MentorCase
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.holding import hold_what_it_rests_on
from ect_registration.use_cases.journeys.beginning import check_may_begin
from ect_registration.use_cases.journeys.mentor_journeys import MENTOR_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import open_journey
from ect_registration.use_cases.journeys.teacher_search import (
    find_person,
    record_to_ask_for_again,
    refreshed,
)
from ect_registration.use_cases.merged_trns import keep_merge_at_once
from ect_registration.use_cases.operating.refusals import (
    counting_numbers,
    keep_refusals,
    person_of,
    refusal_of,
)
from ect_registration.use_cases.registering.earlier_submission import assigned_by_journey
from ect_registration.use_cases.registering.mentor_document import MentorRequest
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.plan_mentor import planned_mentor, preview_of_mentor
from ect_registration.use_cases.registering.submission import keep_outcome
from ect_registration.use_cases.registering.write_ect import signature_of
from ect_registration.use_cases.registering.write_mentor import write_mentor
from ect_registration.use_cases.transactions import Actor, Ports, Tells, transact


def register_mentor(
    document: object,
    user: str,
    ports: Ports,
    *,
    dry_run: bool = False,
    tells: Tells = Tells.NOBODY,
    reason: str | None = None,
) -> Assigned | Blocked:
    """Registers one mentor and assigns them, or says which rule refuses it.

    A refusal is kept for support; a ``reason`` stands in history. A dry run says what would come
    of it. Raises InvalidRequest for a document that is not right, Unavailable without a database.
    """
    today = ports.clock.today()
    request = MentorRequest.parse(document, today)
    actor = Actor(user, request.school, tells, reason)
    if dry_run:
        draft = _proven_draft(request, ports)
        return draft if isinstance(draft, Blocked) else _foreseen(draft, actor, today, ports)
    draft = _proven_draft(request, ports, counting_numbers(Role.MENTOR, ports))
    if isinstance(draft, Blocked):
        outcome: Assigned | Blocked = draft
        person = None
    else:
        outcome = _register(draft, actor, today, ports)
        person = person_of(draft.search, actor)
    keep_refusals(refusal_of(outcome, Role.MENTOR, person, today), ports)
    return outcome


def _foreseen(draft: MentorDraft, actor: Actor, today: date, ports: Ports) -> Assigned | Blocked:
    with ports.reading() as uow:
        return _decide_and_write(draft, None, actor, today, ports, uow, keep=False)


def _register(draft: MentorDraft, actor: Actor, today: date, ports: Ports) -> Assigned | Blocked:
    keep_merge_at_once(given(draft.search).record, actor.user, ports)

    def work(uow: UnitOfWork) -> Assigned | Blocked:
        _hold(draft, actor, uow)
        outcome = _decide_and_write(draft, None, actor, today, ports, uow)
        if isinstance(outcome, Assigned):
            uow.commit()
        return outcome

    return transact(ports, work)


def submit_mentor(
    id: JourneyId, shown: MentorPreview, actor: Actor, ports: Ports
) -> Assigned | Blocked:
    """Register the mentor of a journey as check answers showed them, and assign them.

    Repeating it changes nothing. TRS is asked again where its answer is old, while no unit of
    work is open. Raises Gone, and Unavailable without a database.
    """
    today, now = ports.clock.today(), ports.clock.now()
    fresh: Search | None = None
    while True:
        outcome = transact(
            ports, partial(_submit_once, id, shown, fresh, actor, today, now, ports)
        )
        if not isinstance(outcome, TeacherRecord):
            return outcome
        answered = refreshed(ports, outcome)
        if isinstance(answered, Blocked):
            return answered
        fresh = answered


def look_at_mentor(case: MentorCase, ports: Ports) -> MentorPreview:
    """Returns what submitting would save, once everything is answered. Nothing is written."""
    return preview_of_mentor(case, planned_mentor(case, ports.new_id, ports.clock.stamp()))


def _submit_once(
    id: JourneyId,
    shown: MentorPreview,
    fresh: Search | None,
    actor: Actor,
    today: date,
    now: datetime,
    ports: Ports,
    uow: UnitOfWork,
) -> Assigned | Blocked | TeacherRecord:
    """Write, or say why not; a record comes back when TRS must be asked for it again."""
    uow.hold([Hold.journey(id)])
    journey = open_journey(id, actor, now, uow)
    draft = MENTOR_JOURNEY.draft_in(journey)
    done = assigned_by_journey(journey, uow, today)
    if done is not None:
        return done
    search = fresh or draft.search
    old = None if fresh else record_to_ask_for_again(search, now)
    if old is not None:
        return old
    draft = attrs.evolve(draft, search=search)
    _hold(draft, actor, uow)
    outcome = _decide_and_write(draft, shown, actor, today, ports, uow)
    keep_outcome(journey, draft, outcome, now, uow)
    return outcome


def _hold(draft: MentorDraft, actor: Actor, uow: UnitOfWork) -> None:
    """Holds school, mentor, ECT and email address; ECTs elsewhere who lose their mentor too."""
    rests_on = partial(_rests_on, draft, actor)
    if draft.only_here:
        hold_what_it_rests_on(uow, rests_on)
    else:
        uow.hold(rests_on(uow))


def _rests_on(draft: MentorDraft, actor: Actor, uow: UnitOfWork) -> Sequence[Hold]:
    record = None if draft.search is None else draft.search.record
    mentor = frozenset[Trn]() if record is None else record.trns
    ects = set(uow.people.with_periods([draft.ect]))
    if draft.only_here:
        theirs = [period.id for period in uow.mentors.known_as(mentor).past.periods]
        ects.update(each.teacher.trn for each in uow.mentors.mentored_by_any(theirs))
    addresses = [] if draft.email is None else [Hold.email(draft.email)]
    return [Hold.school(actor.school), *map(Hold.person, {*mentor, *ects}), *addresses]


def _decide_and_write(
    draft: MentorDraft,
    shown: MentorPreview | None,
    actor: Actor,
    today: date,
    ports: Ports,
    uow: UnitOfWork,
    *,
    keep: bool = True,
) -> Assigned | Blocked:
    """Decide every rule, compare with what was shown, write. The caller commits."""
    decided = MENTOR_JOURNEY.decide(draft, actor.school, today, uow)
    if isinstance(decided, Blocked):
        return decided
    if decided.stop is not None:
        return decided.stop
    case = decided.case
    planned = planned_mentor(case, ports.new_id, ports.clock.stamp())
    if shown is not None:
        as_shown = check_saved_as_shown(shown, preview_of_mentor(case, planned))
        if isinstance(as_shown, Blocked):
            return as_shown
    if keep:
        signature = signature_of(actor, decided.progress.decisions, ports)
        write_mentor(case, planned, signature, uow, ports.new_id)
    return planned


def _proven_draft(
    request: MentorRequest, ports: Ports, note: Callable[[Search], None] = lambda _: None
) -> MentorDraft | Blocked:
    """Returns the draft with what TRS said; TRS is not asked where a rule refuses already."""
    trn = request.person.trn
    blocked = check_may_begin(MENTOR_JOURNEY, request.draft, request.school, ports, trn)
    found = blocked or find_person(request.person, ports, note)
    return found if isinstance(found, Blocked) else attrs.evolve(request.draft, search=found)
