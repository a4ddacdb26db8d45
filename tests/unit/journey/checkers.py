"""What must hold wherever a journey leads. Each checker says, in words, what does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import Draft
from ect_registration.journeys.engine import Gate
from ect_registration.journeys.register_ect import step_that_changes
from unit.journey.exploring import Exploration, Move, Place

Checker = Callable[[Exploration], Iterable[str]]

IDENTITY = {"find", "national-insurance-number"}
CHOICE_STEPS = {"appropriate-body", "programme", "lead-provider"}


def dead_ends(found: Exploration) -> Iterator[str]:
    """Answering what is asked leads to check answers, or to a refusal with a name and words."""
    leads_on = _leading_on(found)
    for place in found.places.values():
        blocked = place.progress.blocked
        if blocked is not None and (blocked.rule not in CATALOGUE or not blocked.message):
            yield f"a refusal without a name or words: {blocked}"
        if place.draft not in leads_on:
            yield f"stuck at {place.at} with {place.draft}"


def _leading_on(found: Exploration) -> set[Draft]:
    """From check answers and the refusals backwards, one asked question at a time."""
    places = found.places.values()
    ends = [place.draft for place in places if place.is_complete or place.progress.blocked]
    reached, comes_from = set(ends), dict[Draft, list[Draft]]()
    for move in found.moves:
        if move.step.id == move.before.at:
            comes_from.setdefault(move.after.draft, []).append(move.before.draft)
    while ends:
        earlier = [draft for draft in comes_from.get(ends.pop(), ()) if draft not in reached]
        reached.update(earlier)
        ends.extend(earlier)
    return reached


def ways_past_a_refusal(found: Exploration) -> Iterator[str]:
    """A refusal hides every later step, and check answers means that nothing refuses."""
    order = {id(item): place for place, item in enumerate(found.journey)}
    gates = [item for item in found.journey if isinstance(item, Gate)]
    for place in found.places.values():
        if place.is_complete:
            for gate in gates:
                if gate.applies(place.case) and isinstance(gate.check(place.case), Blocked):
                    yield f"check answers past {gate.rule.id}: {place.draft}"
        elif place.progress.blocked is not None:
            refuses = [g for g in gates if g.rule not in place.progress.not_reached]
            last = max(order[id(gate)] for gate in refuses if gate.applies(place.case))
            if any(order[id(step)] > last for step in place.progress.path):
                yield f"a step past {place.progress.blocked.rule.id}: {place.draft}"


def registrations_that_are_not_allowed(found: Exploration) -> Iterator[str]:
    """What check answers shows could be saved, going by the facts and not by the gates."""
    for place in found.places.values():
        if place.is_complete:
            yield from (f"{why}: {place.draft}" for why in found.facts.against(place.case))


def answers_lost_on_the_way_back(found: Exploration) -> Iterator[str]:
    """The same answer again changes nothing: back, then continue, is where you were."""
    for move in found.moves:
        same = all(move.before.case.answer(name) == given for name, given in move.given.items())
        if same and move.after.draft != move.before.draft:
            yield f"{move.step.id} given again: {move.before.draft} became {move.after.draft}"


def back_links_that_lead_astray(found: Exploration) -> Iterator[str]:
    """Back leads step by step to the first, and from there to where the journey starts."""
    for place in found.places.values():
        path = [step.id for step in place.progress.path]
        back = [step.id if (step := place.progress.before(id)) else None for id in path]
        if back != [None, *path][: len(path)]:
            yield f"back leads from {path} to {back}"


def steps_without_a_proof(found: Exploration) -> Iterator[str]:
    """Before a proof only the search is shown, and after it never again."""
    for place in found.places.values():
        shown = {step.id for step in place.progress.path}
        astray = shown & IDENTITY if place.case.proven else shown - IDENTITY
        if astray:
            yield f"{astray} with proof {place.case.proven}: {place.draft}"


def stale_answers(found: Exploration) -> Iterator[str]:
    """Every answer kept fits the others, going by the facts."""
    for place in found.places.values():
        yield from (f"{what}: {place.draft}" for what in found.facts.stale(place.case))


def needless_questions(found: Exploration) -> Iterator[str]:
    """A change forgets only what hangs on it."""
    for move in found.moves:
        before, after = move.before.case, move.after.case
        needless = _forgotten(move) - set(found.facts.hanging_on(move.step.id, before, after))
        if needless:
            yield f"{move.step.id} made {needless} be asked again: {move.before.draft}"


def _forgotten(move: Move) -> set[str]:
    before, after = (attrs.asdict(p.draft, recurse=False) for p in (move.before, move.after))
    return {name for name, given in before.items() if given is not None and after[name] is None}


def questions_left_out(found: Exploration) -> Iterator[str]:
    """At the last step, everything that concerns this ECT or mentor was asked."""
    for place in found.places.values():
        if place.is_complete:
            necessary = found.facts.necessary(place.case)
            missing = [name for name in necessary if place.case.answer(name) is None]
            if missing:
                yield f"{missing} never asked: {place.draft}"


def change_links_that_lead_astray(found: Exploration) -> Iterator[str]:
    """Reused choices change by the question about them, everything else by its own."""
    for place in found.places.values():
        if place.is_complete:
            for step in _with_a_change_link(place):
                to = step_that_changes(place.case, step)
                right = "reuse-choices" if place.case.reused and step in CHOICE_STEPS else step
                if to != right or not place.progress.shows(to):
                    yield f"{step} leads to {to}: {place.draft}"


def silence_taken_for_yes(found: Exploration) -> Iterator[str]:
    """Without a yes, nothing ends at another school, and nothing is saved where it was asked."""
    for place in found.places.values():
        if place.draft.only_here is not True and place.case.ended:
            yield f"ends elsewhere without a yes: {place.draft}"
        if place.is_complete and place.draft.only_here is None and place.case.elsewhere:
            yield f"complete without an answer: {place.draft}"


def _with_a_change_link(place: Place) -> set[str]:
    shown = {step.id for step in place.progress.path}
    return shown | CHOICE_STEPS if place.case.reused else shown


CHECKERS: tuple[Checker, ...] = (
    dead_ends,
    ways_past_a_refusal,
    registrations_that_are_not_allowed,
    answers_lost_on_the_way_back,
    back_links_that_lead_astray,
    stale_answers,
    needless_questions,
    questions_left_out,
)
WITH_A_SEARCH: tuple[Checker, ...] = (*CHECKERS, steps_without_a_proof)
OF_ECTS: tuple[Checker, ...] = (*WITH_A_SEARCH, change_links_that_lead_astray)
OF_MENTORS: tuple[Checker, ...] = (*WITH_A_SEARCH, silence_taken_for_yes)
