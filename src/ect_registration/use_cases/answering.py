"""Registering an ECT step by step: search, answer, submit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.draft import EctDraft
from ect_registration.domain.journeys import Journey, JourneyId
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.teacher import Search, TeacherRecord
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.journey import Step, amend, fault_at, walk
from ect_registration.ports.store import UnitOfWork
from ect_registration.register_ect import REGISTER_ECT
from ect_registration.use_cases import searching
from ect_registration.use_cases.deciding import Decided, before_the_search, decide
from ect_registration.use_cases.gathering import with_facts
from ect_registration.use_cases.journeys import (
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
        barred = before_the_search(actor.school, ports.clock.today(), uow)
    found = barred or searching.search(ports, trn, born_on)
    if isinstance(found, Blocked):
        return found

    def work(uow: UnitOfWork) -> JourneyId:
        journey = open_journey(id, actor, ports.clock.now(), uow)
        if _is_past_the_search(journey):
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
        journey = open_journey(id, actor, ports.clock.now(), uow)
        decided = decide(journey.draft, actor.school, ports.clock.today(), uow)
    asked = journey.draft.search
    shown = isinstance(decided, Decided) and decided.progress.shows("national-insurance-number")
    if asked is None or not shown:
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

    A step that may not be seen changes nothing, nor does an answer that is not right or not on
    offer: the block then has its field. Raises Gone.
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
        amended = _amended(decided.case, step, give, uow)
        if isinstance(amended, Blocked):
            return amended
        saved = save_draft(journey, amended.draft, ports, uow)
        uow.commit()
        return Standing(saved, Decided(amended, walk(REGISTER_ECT, amended)))

    return transact(ports, work)


def submit(id: JourneyId, shown: Preview, actor: Actor, ports: Ports) -> Registered | Blocked:
    """Register what check answers showed. Again and again, it is one registration.

    Raises Gone, and Unavailable without a database.
    """
    today, now = ports.clock.today(), ports.clock.now()
    return _Submission(id, shown, actor, ports, today, now).outcome()


@attrs.frozen
class _Submission:
    """The day and the moment are read once, when it begins."""

    id: JourneyId
    shown: Preview
    actor: Actor
    ports: Ports
    today: date
    now: datetime

    def outcome(self, fresh: Search | None = None) -> Registered | Blocked:
        """TRS is asked again, if it must, while no unit of work is open."""
        came_to = transact(self.ports, partial(self._decide, fresh))
        if not isinstance(came_to, TeacherRecord):
            return came_to
        answered = searching.refreshed(self.ports, came_to)
        return answered if isinstance(answered, Blocked) else self.outcome(answered)

    def _decide(
        self, fresh: Search | None, uow: UnitOfWork
    ) -> Registered | Blocked | TeacherRecord:
        """Write, or say why not; a record comes back when TRS must be asked for it again."""
        journey = open_journey(self.id, self.actor, self.now, uow)
        done = None if journey.registered is None else uow.ects.find(journey.registered)
        if done is not None:
            return Registered(done)
        found = fresh or journey.draft.search
        old = None if fresh else searching.record_to_ask_for_again(found, self.now)
        if old is not None:
            return old
        draft = attrs.evolve(journey.draft, search=found)
        outcome = register_in(uow, draft, self.actor, self.today, self.ports, self.shown)
        # A refusal keeps the answers, with what TRS said now: check answers shows it from here on.
        after = attrs.evolve(journey, draft=draft, used_at=self.now)
        if isinstance(outcome, Registered):
            # The answers have become a record; the journey only remembers which.
            after = attrs.evolve(after, draft=EctDraft(), registered=outcome.ect.id)
        uow.journeys.save(after)
        uow.commit()
        return outcome


def _is_past_the_search(journey: Journey) -> bool:
    """Its teacher was proven, or has been registered since."""
    found = journey.draft.search
    return journey.registered is not None or (found is not None and found.record is not None)


def _amended(
    before: EctCase,
    step: Step[EctCase],
    give: Callable[[EctDraft], EctDraft],
    uow: UnitOfWork,
) -> EctCase | Blocked:
    """The case with this step's own answers changed, and nothing stale left behind."""
    given = give(before.draft)
    draft = attrs.evolve(before.draft, **{name: getattr(given, name) for name in step.keeps})
    after = with_facts(attrs.evolve(before, draft=draft), uow)
    fault = fault_at(REGISTER_ECT, step, after)
    return amend(REGISTER_ECT, before, after) if fault is None else fault
