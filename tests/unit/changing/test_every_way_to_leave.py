from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import attrs
import pytest

from ect_registration.domain.decisions import Blocked
from ect_registration.testing.memory.state import State
from ect_registration.use_cases.changing.leaving import (
    look_at_ect_leaving,
    look_at_mentor_leaving,
    report_ect_leaving,
    report_mentor_leaving,
)
from ect_registration.use_cases.changing.removing_mentor import (
    look_at_removing_mentor,
    remove_mentor,
)
from unit.changing.models.facts import DAY, four_months_after, others
from unit.changing.models.leaving_model import LeavingModel, without_mentors
from unit.changing.rows import days_of, everything
from unit.changing.situations import ect_situations, leaving_situations, mentor_situations
from unit.changing.situations.situation import Situation

SITUATIONS: dict[str, Callable[[], Situation]] = {
    **{f"an ECT: {name}": make for name, make in ect_situations.SITUATIONS.items()},
    **{f"a mentor: {name}": make for name, make in mentor_situations.SITUATIONS.items()},
    **leaving_situations.SITUATIONS,
}


@attrs.frozen
class Tried:
    """A last day in a situation, what it came to, and what the model says of it."""

    model: LeavingModel
    shown: Any
    saved: Any
    after: State
    taken_back: State | None  # once it was withdrawn again, if it was the first


def _days(here: Situation) -> list[date | None]:
    """None, and those around every day that matters to a last day."""
    row, today = here.row, here.today
    rows = here.state.ects if here.id in here.state.ects else here.state.mentors
    matters = {row.period.started_on, today, four_months_after(today) + DAY}
    parts = [*row.trainings, *getattr(row, "mentorships", ()), row, *others(rows, row, here.state)]
    for part in parts:
        matters |= {part.period.started_on, days_of(part)[1]} - {date.max}
    around = {day + step * DAY for day in matters for step in (-1, 0, 1)}
    return [None, *sorted(around)]


def _tried(here: Situation, last_day: date | None) -> Tried:
    """Looked at and reported; then the town is as before."""
    store, before, ports = here.service.store, here.state, here.service.ports
    is_ect = here.id in before.ects
    look = look_at_ect_leaving if is_ect else look_at_mentor_leaving
    report: Any = report_ect_leaving if is_ect else report_mentor_leaving
    model = LeavingModel(before, here.row, here.today, here.school, last_day)
    shown = look(here.id, last_day, here.actor, ports)
    saved = report(here.id, last_day, here.actor, ports)
    after, taken_back = here.state, None
    if not isinstance(saved, Blocked) and days_of(model.row)[1] == date.max:
        report(here.id, None, here.actor, ports)
        taken_back = here.state
    store.state = before
    return Tried(model, shown, saved, after, taken_back)


@cache
def _every_last_day(name: str) -> tuple[Tried, ...]:
    """Once for all tests."""
    here = SITUATIONS[name]()
    return tuple(_tried(here, day) for day in _days(here))


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_last_day_is_refused_when_the_rule_is_against_it_and_only_then(name):
    """A stranger is told nothing; what is refused, or is so already, writes nothing."""
    for each in _every_last_day(name):
        rule = each.saved.rule.id if isinstance(each.saved, Blocked) else None
        expected = "leaving" if each.model.is_refused else None
        if each.model.school != each.model.row.school:
            expected = "own-school-only"
        assert rule == expected, each.model.last_day
        if rule or not each.model.changes:
            assert each.after == each.model.state, each.model.last_day


@pytest.mark.parametrize("name", SITUATIONS)
def test_everything_ends_with_the_period_as_it_was_shown(name):
    """Training and mentorships, and nothing else; it is in history."""
    for each in _every_last_day(name):
        if not isinstance(each.saved, Blocked):
            shown = getattr(each.shown, "ect", None) or each.shown.mentor
            assert attrs.evolve(shown, email=each.saved.email) == each.saved
            assert everything(each.after) == each.model.expected, each.model.last_day
            lines = len(each.after.history) - len(each.model.state.history)
            assert bool(lines) == each.model.changes, each.model.last_day


@pytest.mark.parametrize("name", SITUATIONS)
def test_taking_a_last_day_back_restores_everything(name):
    """As if it had never been reported."""
    for each in _every_last_day(name):
        if each.taken_back is not None:
            assert everything(each.taken_back) == everything(each.model.state), each.model.last_day


def _removals(here: Situation) -> Iterator[date]:
    yield from (day for day in _days(here) if day is not None)


@pytest.mark.parametrize("name", ect_situations.SITUATIONS)
def test_mentors_are_removed_from_whoever_is_in_progress(name):
    """From today to four months ahead: `mentor-removed`."""
    here = ect_situations.SITUATIONS[name]()
    before, row, today = here.state, here.row, here.today
    here_now = not row.withdrawn and not row.completed and days_of(row)[1] >= today
    for day in _removals(here):
        shown = look_at_removing_mentor(row.id, day, here.actor, here.service.ports)
        outcome = remove_mentor(row.id, day, here.actor, here.service.ports)
        after, here.service.store.state = here.state, before
        rule = outcome.rule.id if isinstance(outcome, Blocked) else None
        in_range = today <= day <= four_months_after(today)
        if here.school != row.school:
            assert (rule, after) == ("own-school-only", before)
        elif not here_now or not in_range:
            assert (rule, after) == ("mentor-removed", before), day
        else:
            assert (rule, shown) == (None, outcome), day
            assert everything(after) == without_mentors(before, row, day), day
