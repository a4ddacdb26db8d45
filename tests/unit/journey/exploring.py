"""Every combination of answers, breadth first: which places there are, and how to move."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Protocol

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import Draft
from ect_registration.journeys.engine import Journey, Progress, Step, amend, fault_at, walk

Given = Mapping[str, object]
Gathered = Callable[[Any], Any]
Answers = Callable[[str, Any], Iterable[Given]]


class Facts(Protocol):
    """What is right of a kind of case, told from its facts and answers alone."""

    def against(self, case: Any) -> Iterable[str]:
        """Why this must not be saved."""

    def stale(self, case: Any) -> Iterable[str]:
        """Which answers do not fit the others."""

    def hanging_on(self, step_id: str, before: Any, after: Any) -> Collection[str]:
        """Which answers another answer at this step may make void."""

    def necessary(self, case: Any) -> Iterable[str]:
        """Which answers it is not complete without."""


@attrs.frozen
class Place:
    """Where some answers lead."""

    case: Any
    progress: Progress[Any]
    last: str  # the step that everything leads to

    @property
    def draft(self) -> Draft:
        """The answers."""
        return self.case.draft

    @property
    def at(self) -> str | None:
        """The step it is at."""
        return self.progress.at.id if self.progress.at else None

    @property
    def is_complete(self) -> bool:
        """The last step is shown."""
        return self.progress.shows(self.last)


@attrs.frozen
class Move:
    """One answer given at one place; the fault if it was not kept."""

    before: Place
    step: Step[Any]
    given: Given
    after: Place
    fault: Blocked | None = None


@attrs.frozen
class Exploration:
    """All that can be reached from nothing answered."""

    journey: Journey[Any]
    facts: Facts
    places: Mapping[Draft, Place]
    moves: tuple[Move, ...]


def explore(
    journey: Journey[Any], facts: Facts, blank: Draft, gathered: Gathered, answers: Answers
) -> Exploration:
    """Give every answer at every step that is shown, until nothing new is reached."""
    steps = [item for item in journey if isinstance(item, Step)]
    last = next(step.id for step in reversed(steps) if step.applies(gathered(blank)))

    def place(draft: Draft) -> Place:
        if draft not in places:
            case = gathered(draft)
            places[draft] = Place(case, walk(journey, case), last)
            waiting.append(places[draft])
        return places[draft]

    places: dict[Draft, Place] = {}
    waiting: deque[Place] = deque()
    moves: list[Move] = []
    place(blank)
    while waiting:
        before = waiting.popleft()
        for step in before.progress.path:
            for given in answers(step.id, before.case):
                if step.answers:
                    after = _given_at(journey, step, before.case, given, gathered)
                else:  # another fact for the same search: what TRS says replaces everything
                    after = attrs.evolve(blank, **given)
                if isinstance(after, Blocked):
                    moves.append(Move(before, step, given, before, after))
                else:
                    moves.append(Move(before, step, given, place(after)))
    return Exploration(journey, facts, places, tuple(moves))


def _given_at(
    journey: Journey[Any], step: Step[Any], before: Any, given: Given, gathered: Gathered
) -> Draft | Blocked:
    after = gathered(attrs.evolve(before.draft, **given))
    return fault_at(journey, step, after) or amend(journey, before, after).draft
