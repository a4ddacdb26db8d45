"""What must hold of every change. Each checker says, in words, where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.decisions import Blocked
from unit.changing.rows import everything
from unit.changing.trying import Tried

Checker = Callable[[Iterable[Tried]], Iterator[str]]


def dead_ends(found: Iterable[Tried]) -> Iterator[str]:
    """A change is refused by a rule with words, on the page as well, or leads to a check page."""
    for each in found:
        if isinstance(each.shown, Blocked):
            if each.shown.rule not in CATALOGUE or not each.shown.message:
                yield f"a refusal without a name or words: {each.given}"
            if each.saved != each.shown:
                yield f"refused otherwise than shown: {each.given}"
        elif not each.walked[1].shows("check-answers"):
            yield f"saved without a check page: {each.given}"


def decisions_of_their_own(found: Iterable[Tried]) -> Iterator[str]:
    """A change is refused when a rule is against it, going by the records, and only then."""
    for each in found:
        rule = each.saved.rule.id if isinstance(each.saved, Blocked) else None
        if rule not in (each.model.refusals or {None}):
            yield f"{rule}, and not {each.model.refusals or None}: {each.given}"


def traces_of_nothing(found: Iterable[Tried]) -> Iterator[str]:
    """A refused change, and an answer that is the same, write nothing, not even history."""
    for each in found:
        nothing = isinstance(each.saved, Blocked) or not each.model.changed
        if nothing and each.after != each.before:
            yield f"something is written: {each.given}"


def surprises(found: Iterable[Tried]) -> Iterator[str]:
    """What is saved is what was shown, and what the answers mean for everybody."""
    for each in found:
        if isinstance(each.saved, Blocked):
            continue
        if each.saved.as_shown != each.shown.as_shown:
            yield f"saved otherwise than shown: {each.given}"
        expected, now = each.model.expected, everything(each.after)
        yield from (
            f"{now[id]}, and not {expected[id]}: {each.given}"
            for id in now
            if now[id] != expected[id]
        )


def unsaid_changes(found: Iterable[Tried]) -> Iterator[str]:
    """What differs is named, and is a line of history."""
    for each in found:
        if not isinstance(each.saved, Blocked):
            lines = len(each.after.history) - len(each.before.history)
            if not bool(each.saved.changed) == bool(lines) == bool(each.model.changed):
                yield f"{each.saved.changed} with {lines} lines of history: {each.given}"


CHECKERS: tuple[Checker, ...] = (
    dead_ends,
    decisions_of_their_own,
    traces_of_nothing,
    surprises,
    unsaid_changes,
)
