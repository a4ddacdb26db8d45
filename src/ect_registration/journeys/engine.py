"""The journey engine: one declaration of steps, gates and notes, replayed from the answers.

Next, back, what may be seen and what a change makes necessary are all derived from the
declaration. The engine knows no rule, no web and no store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Generic, Protocol, Self, TypeVar

import attrs

from ect_registration.domain.decisions import Allowed, Blocked, Decision, Kind, Rule


class Case(Protocol):
    """Answers and facts. The engine asks nothing of it but to forget answers."""

    def answer(self, name: str) -> object:
        """Returns the answer kept under this name; None when it is unanswered."""

    def forgetting(self, names: Collection[str]) -> Self:
        """Returns the case without these answers."""


C = TypeVar("C", bound=Case)
# What is declared for every case of a kind will do for a more particular one.
Of = TypeVar("Of", bound=Case, contravariant=True)  # noqa: PLC0105 - reads as what it is


def always(_: Case) -> bool:
    """Returns True, for steps and gates that apply to every case."""
    return True


def never(_: Case) -> bool:
    """Returns False, for steps that stay visible and for the last one, which has no answer."""
    return False


def nothing(_before: Case, _after: Case) -> tuple[str, ...]:
    """Returns no names, for steps whose answer makes no other answer void."""
    return ()


@attrs.frozen
class Step(Generic[Of]):
    """One question, or one page to acknowledge."""

    id: str
    answered: Callable[[Of], bool]
    answers: tuple[str, ...] = ()  # the names of the answers it gives
    missing_message: Callable[[Of], Blocked] | None = (
        None  # what to tell a program that left it out
    )
    applies: Callable[[Of], bool] = always
    completed_by: Callable[[Of], bool] = never  # done for good: no longer shown, never asked again
    still_valid: Callable[[Of], bool] = always  # does the answer given still fit?
    # The answers that a different answer here makes void, given the case before and after.
    clears: Callable[[Of, Of], tuple[str, ...]] = nothing


@attrs.frozen
class Gate(Generic[Of]):
    """One rule that can stop a journey, decided once all steps before it are answered."""

    rule: Rule  # its headline; the decision may carry a more particular one
    check: Callable[[Of], Decision]
    applies: Callable[[Of], bool] = always


@attrs.frozen
class Note(Generic[Of]):
    """One rule that cannot stop a journey; what it was decided on is recorded."""

    rule: Rule
    record: Callable[[Of], Allowed]
    applies: Callable[[Of], bool] = always


Journey = tuple[Step[C] | Gate[C] | Note[C], ...]


@attrs.frozen
class Progress(Generic[C]):
    """Where a journey is."""

    path: tuple[Step[C], ...]  # the steps that may be seen, in order
    decisions: tuple[Decision, ...]
    not_reached: tuple[Rule, ...]
    blocked: Blocked | None = None

    @property
    def at(self) -> Step[C] | None:
        """Returns the first unanswered step, or the one to fix; None means start again."""
        return self.path[-1] if self.path else None

    def shows(self, step_id: str) -> bool:
        """Says whether this step may be seen now."""
        return any(step.id == step_id for step in self.path)

    def before(self, step_id: str) -> Step[C] | None:
        """Returns the previous step; None for the page the journey starts from."""
        ids = [step.id for step in self.path]
        index = ids.index(step_id)
        return self.path[index - 1] if index else None


def walk(journey: Journey[C], case: C) -> Progress[C]:
    """Replay a case from the first step; stop at the first gap or the first block."""
    path: list[Step[C]] = []
    decisions: list[Decision] = []
    for index, item in enumerate(journey):
        if not item.applies(case):
            continue
        if isinstance(item, Step):
            if item.completed_by(case):
                continue
            path.append(item)
            if not item.answered(case):
                return Progress(tuple(path), tuple(decisions), rules_of(journey[index:]))
            continue
        if isinstance(item, Note):
            decisions.append(item.record(case))
            continue
        decision = item.check(case)
        decisions.append(decision)
        if isinstance(decision, Blocked):
            not_reached = rules_of(journey[index + 1 :])
            return Progress(tuple(path), tuple(decisions), not_reached, decision)
    return Progress(tuple(path), tuple(decisions), ())


def stop_of(progress: Progress[C], case: C) -> Blocked | None:
    """Returns the block, or else what has still to be answered; None when nothing is left."""
    if progress.blocked is not None:
        return progress.blocked
    step = progress.at
    return step.missing_message(case) if step is not None and step.missing_message else None


def rules_of(journey: Journey[C]) -> tuple[Rule, ...]:
    """Returns the rules that a journey decides, in order."""
    return tuple(item.rule for item in journey if not isinstance(item, Step))


def fault_at(journey: Journey[C], step: Step[C], case: C) -> Blocked | None:
    """Returns why this step's new answer cannot stay: it is not right, or not on offer.

    A refusal of an answer that fits is no fault: the answer is kept, and so is the refusal.
    """
    progress = walk(journey, case)
    if progress.blocked is None or progress.at is None or progress.at.id != step.id:
        return None
    stays = progress.blocked.kind is not Kind.INVALID and step.still_valid(case)
    return None if stays else progress.blocked


def amend(journey: Journey[C], before: C, after: C) -> C:
    """Forget what a changed answer makes void, then whatever no longer fits."""
    for step in _steps(journey):
        if any(before.answer(name) != after.answer(name) for name in step.answers):
            after = after.forgetting(step.clears(before, after))
    return settle(journey, after)


def settle(journey: Journey[C], case: C) -> C:
    """Forget the answers that are off the path or no longer valid."""
    for step in _steps(journey):
        if step.completed_by(case):
            continue
        if not step.applies(case) or (step.answered(case) and not step.still_valid(case)):
            case = case.forgetting(step.answers)
    return case


def _steps(journey: Journey[C]) -> Iterable[Step[C]]:
    return (item for item in journey if isinstance(item, Step))
