"""Registering an ECT: every rule decided on fresh facts, in the transaction that writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked, Decision, Rule
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.check_answers import Preview, check_saved_as_shown
from ect_registration.domain.values import Trn
from ect_registration.journeys.answers import given
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.engine import Gate
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.journeys.journey_type import Decided
from ect_registration.use_cases.journeys.journey_types import ECT_JOURNEY
from ect_registration.use_cases.journeys.merged_trns import keep_merge_at_once
from ect_registration.use_cases.journeys.teacher_search import find_person
from ect_registration.use_cases.registering.ect_document import EctRequest
from ect_registration.use_cases.registering.write_ect import Signature, new_ect, write_registration
from ect_registration.use_cases.transactions import Actor, Ports, transact


@attrs.frozen
class Registered:
    """The new record; with a dry run, the record as it would be."""

    ect: EctAtSchool
    merged_from: Trn | None = None  # the TRN typed, when TRS has merged it into the ECT's


@attrs.frozen
class Checked:
    """What a registration comes to, and every rule's part in it."""

    outcome: Registered | Blocked
    decisions: tuple[Decision, ...]
    not_reached: tuple[Rule, ...]


def register_ect(document: object, user: str, ports: Ports) -> Registered | Blocked:
    """Register one ECT from one document, or say which rule stands against it.

    Raises InvalidRequest for a document that is not right, Unavailable without a database.
    """
    today = ports.clock.today()
    request = EctRequest.parse(document, today)
    draft = _proven_draft(request, today, ports)
    if isinstance(draft, Blocked):
        return draft
    keep_merge_at_once(given(draft.search).record, ports)
    actor = Actor(user, request.school)
    return transact(ports, lambda uow: _register_and_commit(draft, actor, today, ports, uow))


def check_ect(document: object, ports: Ports) -> Checked:
    """Every rule that applies to a registration, with its decision. Nothing is written.

    Raises InvalidRequest for a document that is not right, Unavailable without a database.
    """
    today = ports.clock.today()
    request = EctRequest.parse(document, today)
    draft = _proven_draft(request, today, ports)
    if isinstance(draft, Blocked):
        return _stopped_before_the_walk(draft)
    with ports.reading() as uow:
        decided = ECT_JOURNEY.decide(draft, request.school, today, uow)
    if isinstance(decided, Blocked):
        return _stopped_before_the_walk(decided)
    return _checked(decided, ports)


def register_in(
    uow: UnitOfWork,
    draft: EctDraft,
    actor: Actor,
    today: date,
    ports: Ports,
    shown: Preview | None = None,
) -> Registered | Blocked:
    """Decide every rule again in this unit of work, and write. The caller commits.

    ``shown`` is what check answers showed: nothing else is saved.
    """
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
    rules = tuple(decision.rule.id for decision in decided.progress.decisions)
    signature = Signature(actor.user, ports.clock.stamp(), rules)
    ect = write_registration(case, signature, uow, ports.new_id)
    return Registered(ect, case.record.merged_from)


def _register_and_commit(
    draft: EctDraft, actor: Actor, today: date, ports: Ports, uow: UnitOfWork
) -> Registered | Blocked:
    outcome = register_in(uow, draft, actor, today, ports)
    if isinstance(outcome, Registered):
        uow.commit()
    return outcome


def _proven_draft(request: EctRequest, today: date, ports: Ports) -> EctDraft | Blocked:
    """The draft with what TRS said; TRS is not asked for a school that may not register."""
    with ports.reading() as uow:
        barred = ECT_JOURNEY.before_the_search(EctDraft(), request.school, today, uow)
    found = barred or find_person(request.person, ports)
    return found if isinstance(found, Blocked) else attrs.evolve(request.draft, search=found)


def _checked(decided: Decided[EctCase], ports: Ports) -> Checked:
    case, progress, stop = decided.case, decided.progress, decided.stop
    if stop is not None:
        return _stopped(stop, progress.decisions, progress.not_reached)
    ect = new_ect(case, ports.clock.stamp(), ports.new_id)
    return Checked(Registered(ect, case.record.merged_from), progress.decisions, ())


def _stopped(stop: Blocked, decisions: Sequence[Decision], not_reached: Sequence[Rule]) -> Checked:
    """What stopped it comes last, and no rule twice: a question left open has a gate as well."""
    others = tuple(decision for decision in decisions if decision.rule is not stop.rule)
    return Checked(
        stop, (*others, stop), tuple(rule for rule in not_reached if rule is not stop.rule)
    )


def _stopped_before_the_walk(stop: Blocked) -> Checked:
    return _stopped(stop, (), [item.rule for item in REGISTER_ECT if isinstance(item, Gate)])
