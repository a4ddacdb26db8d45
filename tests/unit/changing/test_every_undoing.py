from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from builders import URN, a_mentor, a_mentorship, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.testing.memory.state import State
from ect_registration.use_cases.changing.change_documents import change_ect_by, change_mentor_by
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_ect,
    look_at_undoing_mentor,
    undo_ect,
    undo_mentor,
)
from unit.changing.models.facts import DAY
from unit.changing.rows import days_of, everything
from unit.changing.situations import (
    ect_situations,
    leaving_situations,
    mentor_situations,
    moving_situations,
)
from unit.changing.situations.situation import A_YEAR_AGO, Situation, a_town
from unit.use_cases.mentoring import a_provider_led_ect, registers
from unit.use_cases.service import USER, Service

SITUATIONS: dict[str, Callable[[], Situation]] = {
    **{f"an ECT: {name}": make for name, make in ect_situations.SITUATIONS.items()},
    **{f"a mentor: {name}": make for name, make in mentor_situations.SITUATIONS.items()},
    **leaving_situations.SITUATIONS,
}
FIRST_DAYS = ("2024-09-02", "2025-04-01", "2025-09-01", "2025-09-10", "2025-10-24", "2025-11-03")


def _registered_on(row: Any) -> date | None:
    if hasattr(row, "registration"):
        made = row.registration
        return None if made.brought_in else made.registered_at.date()
    return None if row.registered_at is None else row.registered_at.date()


def _is_refused(here: Situation) -> str | None:
    """The rule against undoing, told from the record alone."""
    row, today = here.row, here.today
    if row.school != here.school:
        return "own-school-only"
    if row.withdrawn:
        return None  # again changes nothing
    registered_on = _registered_on(row)
    gone = days_of(row)[1] < today or getattr(row, "completed", False)
    late = registered_on and (today - max(registered_on, row.period.started_on)).days > 28
    return "registered-by-mistake" if registered_on is None or gone or late else None


def _undone(here: Situation) -> tuple[Any, Any]:
    is_ect = here.id in here.state.ects
    look: Any = look_at_undoing_ect if is_ect else look_at_undoing_mentor
    undo: Any = undo_ect if is_ect else undo_mentor
    ports = here.service.ports
    return look(here.id, here.actor, ports), undo(here.id, here.actor, ports)


@pytest.mark.parametrize("name", SITUATIONS)
def test_undoing_is_refused_when_the_rule_is_against_it_and_only_then(name):
    """On every day around the end of the 28; a refusal writes nothing."""
    here = SITUATIONS[name]()
    clock, before = here.service.clock, here.state
    end = max(_registered_on(here.row) or here.today, here.row.period.started_on) + 28 * DAY
    for day in sorted({here.today, max(end, here.today), max(end + DAY, here.today)}):
        clock.turn_to(day)
        expected = _is_refused(here)
        shown, outcome = _undone(here)
        after, here.service.store.state = here.state, before
        rule = outcome.rule.id if isinstance(outcome, Blocked) else None
        assert (rule, shown) == (expected, outcome), day
        was_undone = everything(before)[here.id].days is None
        assert (after == before) == (rule is not None or was_undone), day


def _others(state: State, id: Any) -> dict[Any, Any]:
    return {other: row for other, row in everything(state).items() if other != id}


def _ects_elsewhere(last_day: date | None) -> Service:
    moving_situations.was_there(service := a_town(), last_day)
    return service


@pytest.mark.parametrize("moved_to", [None, "2025-09-20", "2025-11-20"])
@pytest.mark.parametrize("first_day", FIRST_DAYS)
@pytest.mark.parametrize("last_day", [None, date(2025, 7, 31), date(2025, 12, 1)])
def test_an_undone_ect_was_never_registered(last_day, first_day, moved_to):
    """For everybody else, whatever the registration had ended, and however it was corrected."""
    service = _ects_elsewhere(last_day)
    before = service.store.state
    ect = service.register(start_date=first_day)
    if isinstance(ect, Blocked):
        assert service.store.state.ects == before.ects
        return
    here = Situation(service, ect.ect.id)
    if moved_to is not None:
        change_ect_by(here.id, {"school": str(URN), "start_date": moved_to}, USER, service.ports)
    service.clock.wait(days=9)
    shown, plan = _undone(here)

    assert shown == plan
    assert _others(here.state, here.id) == _others(before, here.id)
    assert everything(here.state)[here.id].days is None


@pytest.mark.parametrize("moved_to", [None, "2025-09-20", "2025-11-20"])
@pytest.mark.parametrize("first_day", FIRST_DAYS)
@pytest.mark.parametrize("only_here", [True, False])
@pytest.mark.parametrize("replaces", [True, False])
def test_an_undone_mentor_was_never_registered(replaces, only_here, first_day, moved_to):
    """For whom they mentored here and elsewhere, and for whom they had replaced."""
    service = a_town()
    mentor_situations.was_there(service)
    nia = Teacher(Trn("2000009"), "Nia Vale")
    nia = service.has_mentor(a_mentor(teacher=nia, email=None, period=Period(A_YEAR_AGO)))
    now = (a_mentorship(nia),) if replaces else ()
    ect = service.has_ect(a_provider_led_ect(mentorships=now))
    before = service.store.state
    document = {"only_here": only_here, "start_date": first_day, "replace": replaces}
    joan = registers(service, ect, **document)
    if isinstance(joan, Blocked):
        assert service.store.state.mentors == before.mentors
        return
    here = Situation(service, joan.mentor.id)
    if moved_to is not None:
        document = {"school": str(URN), "start_date": moved_to}
        change_mentor_by(here.id, document, USER, service.ports)
    service.clock.wait(days=9)
    shown, plan = _undone(here)

    expected = _others(before, here.id)
    assert shown == plan or isinstance(plan, Blocked)
    if not isinstance(plan, Blocked):
        assert _others(here.state, here.id) == expected
        assert everything(here.state)[here.id].days is None


@pytest.mark.parametrize("taken", [True, False])
def test_whoever_comes_back_has_their_address_unless_somebody_else_has(taken):
    """A period that comes back open is without one then, in whichever role."""
    service = a_town()
    moving_situations.was_there(service)
    here = Situation(service, service.register(start_date="2025-09-01").ect.id)
    address = Email("asha.there@example.org")
    if taken:
        teacher = Teacher(Trn("1000005"), "Eli Quill")
        service.has_mentor(a_mentor(teacher=teacher, email=address, trainings=(a_training(),)))
    _undone(here)
    [there] = [ect for ect in here.state.ects.values() if ect.school != URN]

    assert there.email == (None if taken else address)
