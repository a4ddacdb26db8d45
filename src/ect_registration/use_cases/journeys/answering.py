"""Going through a journey of any type, step by step: search, answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft, JourneyId, SavedJourney
from ect_registration.domain.people.teacher import Search
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.journeys.engine import Step, amend, fault_at
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.journeys import teacher_search
from ect_registration.use_cases.journeys.journey_type import (
    C,
    D,
    Decided,
    JourneyType,
    PersonDraft,
)
from ect_registration.use_cases.journeys.saved_journeys import (
    Standing,
    fresh_journey,
    open_journey,
    save_draft,
)
from ect_registration.use_cases.merged_trns import holds_to_keep_merge, keep_merge
from ect_registration.use_cases.signing_in.limits import count_in
from ect_registration.use_cases.transactions import Actor, Ports, transact


def find_teacher(
    journey_type: JourneyType[PersonDraft, C],
    id: JourneyId,
    trn: Trn,
    born_on: date,
    actor: Actor,
    ports: Ports,
) -> JourneyId | Blocked:
    """Search by TRN and date of birth; the answer replaces everything in the journey.

    Once a teacher is proven a new search is a new journey: its id comes back. Raises Gone.
    """
    today = ports.clock.today()
    with ports.reading() as uow:
        draft = journey_type.draft_in(open_journey(id, actor, ports.clock.now(), uow))
        barred = journey_type.check_before_search(draft, actor.school, today, uow, trn)
    found = barred or teacher_search.search_on_a_page(ports, actor, trn, born_on)
    if isinstance(found, Blocked):
        return found

    def work(uow: UnitOfWork) -> JourneyId | Blocked:
        uow.hold(_what_a_search_rests_on(id, found))
        journey = open_journey(id, actor, ports.clock.now(), uow)
        draft = journey_type.draft_in(journey)
        searched = journey_type.afresh(draft, found)
        keep_merge(found.record, actor.user, ports.clock.stamp(), uow)
        nobody_knows = _undecidable(journey_type, searched, actor, today, uow)
        if nobody_knows is not None:
            uow.commit()
            return nobody_knows
        if is_past_the_search(journey):
            journey = fresh_journey(actor, searched, ports)
            uow.journeys.add(journey)
        else:
            save_draft(journey, searched, ports, uow)
        uow.commit()
        return journey.id

    return transact(ports, work)


def prove_by_number(
    journey_type: JourneyType[PersonDraft, C],
    id: JourneyId,
    number: NationalInsuranceNumber,
    actor: Actor,
    ports: Ports,
) -> JourneyId | Blocked:
    """Try the National Insurance number, where the journey asks for it. Raises Gone."""
    today = ports.clock.today()
    with ports.reading() as uow:
        draft = journey_type.draft_in(open_journey(id, actor, ports.clock.now(), uow))
        decided = journey_type.decide(draft, actor.school, today, uow)
    asked = draft.search
    shown = isinstance(decided, Decided) and decided.progress.shows("national-insurance-number")
    if asked is None or not shown:
        return id
    found = teacher_search.search_by_number_on_a_page(ports, actor, asked.trn, number)
    if isinstance(found, Blocked):
        return found

    def work(uow: UnitOfWork) -> JourneyId | Blocked:
        uow.hold(_what_a_search_rests_on(id, found))
        journey = open_journey(id, actor, ports.clock.now(), uow)
        draft = journey_type.draft_in(journey)
        if draft.search != asked:  # another tab has searched meanwhile
            return id
        searched = journey_type.afresh(draft, found)
        keep_merge(found.record, actor.user, ports.clock.stamp(), uow)
        nobody_knows = _undecidable(journey_type, searched, actor, today, uow)
        if nobody_knows is None:
            save_draft(journey, searched, ports, uow)
        uow.commit()
        return nobody_knows or id

    return transact(ports, work)


def _what_a_search_rests_on(id: JourneyId, found: Search) -> Sequence[Hold]:
    return [Hold.journey(id), *holds_to_keep_merge(found.record)]


def answer(
    journey_type: JourneyType[D, C],
    id: JourneyId,
    step_id: str,
    give: Callable[[D], D],
    actor: Actor,
    ports: Ports,
) -> Standing[C] | Blocked:
    """Give the answer of one step, and forget what that makes void.

    A step that may not be seen changes nothing, nor does an answer that is not right or not on
    offer: the block then has its field. Raises Gone.
    """

    def work(uow: UnitOfWork) -> Standing[C] | Blocked:
        uow.hold([Hold.journey(id)])
        return _answer_in(uow, journey_type, id, step_id, give, actor, ports)

    return transact(ports, work)


def answer_on_a_page(
    journey_type: JourneyType[D, C],
    id: JourneyId,
    step_id: str,
    give: Callable[[D], D],
    actor: Actor,
    ports: Ports,
) -> Standing[C] | Blocked:
    """Give the answer of one step, unless it asks about too many email addresses.

    To give an address is to ask whether it is in use. The question is counted in the unit of work
    that answers it, whatever the answer is. Raises Gone.
    """

    def work(uow: UnitOfWork) -> Standing[C] | Blocked:
        uow.hold([Hold.counter(Attempted.EMAIL_QUESTION, actor.user), Hold.journey(id)])
        asked = []

        def count(before: D, after: D) -> Blocked | None:
            if not _asks_about_an_address(before, after):
                return None
            asked.append(after)
            return count_in(uow, Attempted.EMAIL_QUESTION, actor.user, ports)

        outcome = _answer_in(uow, journey_type, id, step_id, give, actor, ports, count)
        if asked and isinstance(outcome, Blocked):
            uow.commit()  # the question counts, though its answer is not kept
        return outcome

    return transact(ports, work)


def _answer_in(
    uow: UnitOfWork,
    journey_type: JourneyType[D, C],
    id: JourneyId,
    step_id: str,
    give: Callable[[D], D],
    actor: Actor,
    ports: Ports,
    limit: Callable[[D, D], Blocked | None] = lambda _before, _after: None,
) -> Standing[C] | Blocked:
    """Answers in a unit of work, which is committed unless the answer is refused."""
    journey = open_journey(id, actor, ports.clock.now(), uow)
    draft = journey_type.draft_in(journey)
    decided = journey_type.decide(draft, actor.school, ports.clock.today(), uow)
    if isinstance(decided, Blocked):
        return decided
    step = next((s for s in decided.progress.path if s.id == step_id), None)
    if step is None or "search" in step.answers:  # only TRS answers a search
        return Standing(journey, decided)
    given = draft.taking(step.answers, give(draft))
    amended = limit(draft, given) or _amended(journey_type, decided.case, step, given, uow)
    if isinstance(amended, Blocked):
        return amended
    saved = save_draft(journey, journey_type.draft_of(amended), ports, uow)
    uow.commit()
    return Standing(saved, journey_type.walked(amended))


def _asks_about_an_address(before: AnyDraft, after: AnyDraft) -> bool:
    """Says whether an address is new to the journey; its present one was checked before."""
    if isinstance(before, AssignmentDraft) or isinstance(after, AssignmentDraft):
        return False
    return after.email is not None and after.email != before.email


def is_past_the_search(journey: SavedJourney) -> bool:
    """Says whether the journey's teacher was proven, or has been registered since."""
    found = None if isinstance(journey.draft, AssignmentDraft) else journey.draft.search
    return journey.registered is not None or (found is not None and found.record is not None)


def _undecidable(
    journey_type: JourneyType[PersonDraft, C],
    searched: PersonDraft,
    actor: Actor,
    today: date,
    uow: UnitOfWork,
) -> Blocked | None:
    """Returns the block if TRS's answer cannot be decided on; it is then not kept."""
    decided = journey_type.decide(searched, actor.school, today, uow)
    blocked = decided if isinstance(decided, Blocked) else decided.progress.blocked
    return blocked if blocked is not None and blocked.kind is Kind.UNAVAILABLE else None


def _amended(
    journey_type: JourneyType[D, C],
    before: C,
    step: Step[C],
    given: D,
    uow: UnitOfWork,
) -> C | Blocked:
    """Returns the case with this step's own answers changed, and no stale answer left."""
    after = journey_type.with_draft(before, given, uow)
    fault = fault_at(journey_type.steps, step, after)
    return amend(journey_type.steps, before, after) if fault is None else fault
