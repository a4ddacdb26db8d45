"""Every combination of answers, breadth first: which places there are, and how to move."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

import attrs

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.draft import EctDraft
from ect_registration.journey import Journey, Progress, Step, amend, fault_at, walk

Given = Mapping[str, object]
Gathered = Callable[[EctDraft], EctCase]
Answers = Callable[[str, EctCase], Iterable[Given]]


@attrs.frozen
class Place:
    """Where some answers lead."""

    case: EctCase
    progress: Progress[EctCase]

    @property
    def draft(self) -> EctDraft:
        """The answers."""
        return self.case.draft

    @property
    def at(self) -> str | None:
        """The step it is at."""
        return self.progress.at.id if self.progress.at else None

    @property
    def is_complete(self) -> bool:
        """Check answers is shown."""
        return self.progress.shows("check-answers")

    def gives(self, step: Step[EctCase]) -> bool:
        """Some answer of this step is kept."""
        return any(self.case.answer(name) is not None for name in step.keeps)


@attrs.frozen
class Move:
    """One answer given at one place; the fault if it was not kept."""

    before: Place
    step: Step[EctCase]
    given: Given
    after: Place
    fault: Blocked | None = None


@attrs.frozen
class Exploration:
    """All that can be reached from nothing answered."""

    journey: Journey[EctCase]
    places: Mapping[EctDraft, Place]
    moves: tuple[Move, ...]


def explore(journey: Journey[EctCase], gathered: Gathered, answers: Answers) -> Exploration:
    """Give every answer at every step that is shown, until nothing new is reached."""

    def place(draft: EctDraft) -> Place:
        if draft not in places:
            case = gathered(draft)
            places[draft] = Place(case, walk(journey, case))
            waiting.append(places[draft])
        return places[draft]

    places: dict[EctDraft, Place] = {}
    waiting: deque[Place] = deque()
    moves: list[Move] = []
    place(EctDraft())
    while waiting:
        before = waiting.popleft()
        for step in before.progress.path:
            for given in answers(step.id, before.case):
                after = _given_at(journey, step, before.case, given, gathered)
                if isinstance(after, Blocked):
                    moves.append(Move(before, step, given, before, after))
                else:
                    moves.append(Move(before, step, given, place(after)))
    return Exploration(journey, places, tuple(moves))


def _given_at(
    journey: Journey[EctCase],
    step: Step[EctCase],
    before: EctCase,
    given: Given,
    gathered: Gathered,
) -> EctDraft | Blocked:
    if not step.keeps:  # another fact for the same search: what TRS says replaces everything
        return attrs.evolve(EctDraft(), **given)
    after = gathered(attrs.evolve(before.draft, **given))
    return fault_at(journey, step, after) or amend(journey, before, after).draft
