"""Registering an ECT step by step: search, answer, submit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.draft import EctDraft
from ect_registration.domain.ect import EctAtSchool
from ect_registration.domain.journeys import Journey, JourneyId
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.teacher import NoMatch, Search
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.journey import Step, amend, walk
from ect_registration.ports.store import UnitOfWork
from ect_registration.register_ect import REGISTER_ECT
from ect_registration.use_cases import searching
from ect_registration.use_cases.deciding import Decided, decide
from ect_registration.use_cases.gathering import gather
from ect_registration.use_cases.journeys import (
    Gone,
    Standing,
    fresh_journey,
    open_journey,
    save_draft,
)
from ect_registration.use_cases.ports import Actor, Ports, transact
from ect_registration.use_cases.registering import Registered, register_in


def find_teacher(
    id: JourneyId, trn: Trn, born_on: date, actor: Actor, ports: Ports
) -> JourneyId | Blocked:
    """Search by TRN and date of birth; the answer replaces everything in the journey.

    Once a teacher is proven a new search is a new journey: its id comes back. Raises Gone.
    """
    with ports.reading() as uow:
        open_journey(id, actor, ports.clock.now(), uow)
    found = searching.search(ports, trn, born_on)
    if isinstance(found, Blocked):
        return found

    def work(uow: UnitOfWork) -> JourneyId:
        journey = open_journey(id, actor, ports.clock.now(), uow)
        if journey.draft.search is not None and journey.draft.search.record is not None:
            journey = fresh_journey(actor, EctDraft(search=found), ports)
            uow.journeys.add(journey)
        else:
            save_draft(journey, EctDraft(search=found), ports, uow)
        uow.commit()
        return journey.id

    return transact(ports, work)


def prove_by_number(
    id: JourneyId, number: NationalInsuranceNumber, actor: Actor, ports: Ports
) -> JourneyId | Blocked:
    """Try the National Insurance number, where the journey asks for it. Raises Gone."""
    with ports.reading() as uow:
        asked = open_journey(id, actor, ports.clock.now(), uow).draft.search
    if asked is None or not _asks_for_number(asked):
        return id
    found = searching.search_by_number(ports, asked.trn, number)
    if isinstance(found, Blocked):
        return found

    def work(uow: UnitOfWork) -> JourneyId:
        journey = open_journey(id, actor, ports.clock.now(), uow)
        if journey.draft.search == asked:  # else another tab has searched meanwhile
            save_draft(journey, EctDraft(search=found), ports, uow)
            uow.commit()
        return id

    return transact(ports, work)


def answer(
    id: JourneyId,
    step_id: str,
    give: Callable[[EctDraft], EctDraft],
    actor: Actor,
    ports: Ports,
) -> Standing | Blocked:
    """Give the answer of one step, and forget what that makes void.

    A step that may not be seen changes nothing, nor does an answer that cannot be right: the
    block then has its field. Raises Gone.
    """
    today = ports.clock.today()

    def work(uow: UnitOfWork) -> Standing | Blocked:
        journey = open_journey(id, actor, ports.clock.now(), uow)
        decided = decide(journey.draft, actor.school, today, uow)
        if isinstance(decided, Blocked):
            return decided
        step = next((s for s in decided.progress.path if s.id == step_id), None)
        if step is None or "search" in step.keeps:  # only TRS answers a search
            return Standing(journey, decided)
        changed = _amended(decided.case, step, give, today, uow)
        blocked = changed.progress.blocked
        if blocked is not None and blocked.kind is Kind.INVALID:
            return blocked
        saved = save_draft(journey, changed.case.draft, ports, uow)
        uow.commit()
        return Standing(saved, changed)

    return transact(ports, work)


def submit(id: JourneyId, shown: Preview, actor: Actor, ports: Ports) -> Registered | Blocked:
    """Register what check answers showed. Again and again, it is one registration.

    Raises Gone, and Unavailable without a database.
    """
    today, now = ports.clock.today(), ports.clock.now()
    with ports.reading() as uow:
        proven = open_journey(id, actor, now, uow).draft.search
    fresh = searching.refreshed(ports, proven, now) if proven is not None else None
    if isinstance(fresh, Blocked):
        return fresh

    def work(uow: UnitOfWork) -> Registered | Blocked:
        journey = open_journey(id, actor, now, uow)
        if journey.registered is not None:
            return Registered(_registered(journey, uow))
        draft = journey.draft
        if draft.search == proven:
            draft = attrs.evolve(draft, search=fresh)
        outcome = register_in(uow, draft, actor, today, ports, shown)
        if isinstance(outcome, Registered):
            done = attrs.evolve(journey, draft=EctDraft(), used_at=now, registered=outcome.ect.id)
            uow.journeys.save(done)
            uow.commit()
        return outcome

    return transact(ports, work)


def _asks_for_number(search: Search) -> bool:
    return search.answer in {NoMatch.DATE_OF_BIRTH_DIFFERS, NoMatch.DETAILS_DO_NOT_MATCH}


def _registered(journey: Journey, uow: UnitOfWork) -> EctAtSchool:
    found = None if journey.registered is None else uow.ects.find(journey.registered)
    if found is None:
        raise Gone
    return found


def _amended(
    before: EctCase,
    step: Step[EctCase],
    give: Callable[[EctDraft], EctDraft],
    today: date,
    uow: UnitOfWork,
) -> Decided:
    """The case with this step's own answers changed, and nothing stale left behind."""
    given = give(before.draft)
    draft = attrs.evolve(before.draft, **{name: getattr(given, name) for name in step.keeps})
    after = gather(draft, before.school.urn, today, uow)
    if isinstance(after, Blocked):  # the school cannot vanish within one unit of work
        raise Gone
    settled = amend(REGISTER_ECT, before, after)
    return Decided(settled, walk(REGISTER_ECT, settled))
