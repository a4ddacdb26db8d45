"""Undoing a registration that was a mistake."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.changing.undo_plans import Undoing
from ect_registration.use_cases.changing.undoing import (
    look_at_undoing_ect,
    look_at_undoing_mentor,
    undo_ect,
    undo_mentor,
)
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.acts import Act, Id, Look
from entrypoints.web.changes.effects_text import effect_lines, gap_lines
from entrypoints.web.changes.forms import ContinueForm
from entrypoints.web.changes.sealed_answers import Answers


def look_at_ect(id: Id, _: Answers, who: Actor, ports: Ports) -> Look | Blocked:
    """Returns what undoing an ECT's registration comes to."""
    return _look(look_at_undoing_ect(EctId(id), who, ports), who, ports)


def look_at_mentor(id: Id, _: Answers, who: Actor, ports: Ports) -> Look | Blocked:
    """Returns what undoing a mentor's registration comes to."""
    return _look(look_at_undoing_mentor(MentorId(id), who, ports), who, ports)


def write_ect(id: Id, _: Answers, who: Actor, ports: Ports, shown: Undoing) -> object:
    """Undoes an ECT's registration."""
    return undo_ect(EctId(id), who, ports, shown=shown)


def write_mentor(id: Id, _: Answers, who: Actor, ports: Ports, shown: Undoing) -> object:
    """Undoes a mentor's registration."""
    return undo_mentor(MentorId(id), who, ports, shown=shown)


def _look(plan: Undoing | Blocked, who: Actor, ports: Ports) -> Look | Blocked:
    if isinstance(plan, Blocked):
        return plan
    mentored = [
        after
        for _, after in plan.pairs
        if isinstance(after, EctAtSchool) and after.id != plan.id and after.school == who.school
    ]
    gaps = gap_lines(mentored, ports.clock.today())
    lines = [*effect_lines(plan.effects, who.school), *gaps]
    return Look(plan.undone[1].teacher.name, lines, read_from=plan)


ACTS = tuple(
    Act(
        role,
        "undo",
        ContinueForm,
        "changes/undoing.html",
        title="Check what happens when you undo this registration",
        button="Undo this registration",
        done="You have undone the registration",
        look=look,
        write=write,
        warns=True,
        leads_to_list=True,
    )
    for role, look, write in (
        (Role.ECT, look_at_ect, write_ect),
        (Role.MENTOR, look_at_mentor, write_mentor),
    )
)
