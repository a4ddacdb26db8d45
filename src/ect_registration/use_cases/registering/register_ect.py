"""Registering an ECT, from a document or from a journey.

Every rule is decided on fresh facts, in the transaction that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import attrs

from ect_registration.domain.decisions import Blocked, Decision, Rule
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.notice import Role
from ect_registration.domain.people.teacher import Search, TeacherRecord
from ect_registration.domain.rules.check_answers import Preview, check_saved_as_shown
from ect_registration.domain.values import Urn
from ect_registration.journeys.answers import given
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import rules_of
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.journeys.beginning import check_may_begin
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.journey_type import Decided
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
from ect_registration.use_cases.registering.earlier_submission import registered_by_journey
from ect_registration.use_cases.registering.ect_document import EctRequest
from ect_registration.use_cases.registering.outcomes import Registered
from ect_registration.use_cases.registering.submission import keep_outcome
from ect_registration.use_cases.registering.write_ect import (
    new_ect,
    signature_of,
    write_registration,
)
from ect_registration.use_cases.transactions import Actor, Ports, Tells, transact


@attrs.frozen
class Checked:
    """What a registration comes to, and every rule's part in it."""

    outcome: Registered | Blocked
    decisions: tuple[Decision, ...]
    not_reached: tuple[Rule, ...]


def register_ect(
    document: object,
    user: str,
    ports: Ports,
    *,
    tells: Tells = Tells.NOBODY,
    reason: str | None = None,
) -> Registered | Blocked:
    """Registers one ECT from one document, or says which rule refuses it.

    A refusal is kept for support; a ``reason`` stands in history. Raises InvalidRequest for a
    document that is not right, Unavailable without a database.
    """
    today = ports.clock.today()
    request = EctRequest.parse(document, today)
    actor = Actor(user, request.school, tells, reason)
    draft = _proven_draft(request, ports, counting_numbers(Role.ECT, ports))
    if isinstance(draft, Blocked):
        outcome: Registered | Blocked = draft
        person = None
    else:
        outcome = _register(draft, actor, today, ports)
        person = person_of(draft.search, actor)
    keep_refusals(refusal_of(outcome, Role.ECT, person, today), ports)
    return outcome


def _register(draft: EctDraft, actor: Actor, today: date, ports: Ports) -> Registered | Blocked:
    keep_merge_at_once(given(draft.search).record, actor.user, ports)

    def work(uow: UnitOfWork) -> Registered | Blocked:
        uow.hold(rests_on(draft, actor.school))
        outcome = _decide_and_write(draft, None, actor, today, ports, uow)
        if isinstance(outcome, Registered):
            uow.commit()
        return outcome

    return transact(ports, work)


def submit_ect(id: JourneyId, shown: Preview, actor: Actor, ports: Ports) -> Registered | Blocked:
    """Register the ECT of a journey as check answers showed them. Repeating it changes nothing.

    TRS is asked again where its answer is old, while no unit of work is open. Raises Gone, and
    Unavailable without a database.
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


def _submit_once(
    id: JourneyId,
    shown: Preview,
    fresh: Search | None,
    actor: Actor,
    today: date,
    now: datetime,
    ports: Ports,
    uow: UnitOfWork,
) -> Registered | Blocked | TeacherRecord:
    """Write, or say why not; a record comes back when TRS must be asked for it again."""
    uow.hold([Hold.journey(id)])
    journey = open_journey(id, actor, now, uow)
    draft = ECT_JOURNEY.draft_in(journey)
    done = registered_by_journey(journey, uow)
    if done is not None:
        return done
    search = fresh or draft.search
    old = None if fresh else record_to_ask_for_again(search, now)
    if old is not None:
        return old
    draft = attrs.evolve(draft, search=search)
    uow.hold(rests_on(draft, actor.school))
    outcome = _decide_and_write(draft, shown, actor, today, ports, uow)
    keep_outcome(journey, draft, outcome, now, uow)
    return outcome


def rests_on(draft: EctDraft, school: Urn) -> Sequence[Hold]:
    """Returns what others may change of this registration: school, person, email address."""
    record = None if draft.search is None else draft.search.record
    people = [] if record is None else [Hold.person(trn) for trn in record.trns]
    addresses = [] if draft.email is None else [Hold.email(draft.email)]
    return [Hold.school(school), *people, *addresses]


def _decide_and_write(
    draft: EctDraft,
    shown: Preview | None,
    actor: Actor,
    today: date,
    ports: Ports,
    uow: UnitOfWork,
) -> Registered | Blocked:
    """Decide every rule, compare with what was shown, write. The caller commits."""
    decided = ECT_JOURNEY.decide(draft, actor.school, today, uow)
    if isinstance(decided, Blocked):
        return decided
    if decided.stop is not None:
        return decided.stop
    case = decided.case
    if shown is not None:
        as_shown = check_saved_as_shown(shown, case.preview)
        if isinstance(as_shown, Blocked):
            return as_shown
    signature = signature_of(actor, decided.progress.decisions, ports)
    ect = write_registration(case, signature, uow, ports.new_id)
    return Registered(ect, case.record.merged_from)


def check_ect(document: object, ports: Ports) -> Checked:
    """Decides every rule that applies to a registration. Nothing is written.

    Raises InvalidRequest for a document that is not right, Unavailable without a database.
    """
    today = ports.clock.today()
    request = EctRequest.parse(document, today)
    draft = _proven_draft(request, ports)
    if isinstance(draft, Blocked):
        return _stopped_before_the_walk(draft)
    with ports.reading() as uow:
        decided = ECT_JOURNEY.decide(draft, request.school, today, uow)
    if isinstance(decided, Blocked):
        return _stopped_before_the_walk(decided)
    return _checked(decided, ports)


def _proven_draft(
    request: EctRequest, ports: Ports, note: Callable[[Search], None] = lambda _: None
) -> EctDraft | Blocked:
    """Returns the draft with what TRS said; a school that may not register asks TRS nothing."""
    blocked = check_may_begin(ECT_JOURNEY, EctDraft(), request.school, ports)
    found = blocked or find_person(request.person, ports, note)
    return found if isinstance(found, Blocked) else attrs.evolve(request.draft, search=found)


def _checked(decided: Decided[EctCase], ports: Ports) -> Checked:
    case, progress, stop = decided.case, decided.progress, decided.stop
    if stop is not None:
        return _stopped(stop, progress.decisions, progress.not_reached)
    ect = new_ect(case, ports.clock.stamp(), ports.new_id)
    return Checked(Registered(ect, case.record.merged_from), progress.decisions, ())


def _stopped(stop: Blocked, decisions: Sequence[Decision], not_reached: Sequence[Rule]) -> Checked:
    """Returns the decisions with the stop last, and each rule only once.

    A question left open has a gate as well, so its rule could otherwise appear twice.
    """
    others = tuple(decision for decision in decisions if decision.rule is not stop.rule)
    return Checked(
        stop, (*others, stop), tuple(rule for rule in not_reached if rule is not stop.rule)
    )


def _stopped_before_the_walk(stop: Blocked) -> Checked:
    return _stopped(stop, (), rules_of(REGISTER_ECT))
