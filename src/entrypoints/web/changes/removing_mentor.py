"""Ending the mentorship of an ECT without a new mentor."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctId
from ect_registration.use_cases.changing.removing_mentor import (
    Removal,
    look_at_removing_mentor,
    remove_mentor,
)
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.acts import Act, Id, Look
from entrypoints.web.changes.effects_text import effect_lines, gap_lines
from entrypoints.web.changes.forms import MentorLastDayForm
from entrypoints.web.changes.leaving import LAST_DAY, last_day_in
from entrypoints.web.changes.sealed_answers import Answers


def look(id: Id, answers: Answers, who: Actor, ports: Ports) -> Look | Blocked:
    """Returns which mentorships end, and from when the ECT needs a mentor."""
    found = look_at_removing_mentor(EctId(id), last_day_in(answers), who, ports)
    if isinstance(found, Blocked):
        return found
    effects = found.effects
    gaps = gap_lines([found.ect], ports.clock.today()) if effects else ()
    lines = [*effect_lines(effects, who.school), *gaps]
    return Look(found.ect.teacher.name, lines, read_from=found)


def write(id: Id, answers: Answers, who: Actor, ports: Ports, shown: Removal) -> object:
    """Ends the mentorships of an ECT."""
    return remove_mentor(EctId(id), last_day_in(answers), who, ports, shown=shown)


ACTS = (
    Act(
        Role.ECT,
        "mentor/remove",
        MentorLastDayForm,
        "changes/removing-mentor.html",
        title="Check what happens when you remove the mentor",
        button="Remove the mentor",
        done="You have removed the mentor",
        look=look,
        write=write,
        begins_with=lambda today: {LAST_DAY: today},
        warns=True,
    ),
)
