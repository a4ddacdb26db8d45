"""Reporting, correcting and withdrawing a last day."""

from __future__ import annotations

from datetime import date

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.changing.leaving import (
    EctLeaving,
    MentorLeaving,
    look_at_ect_leaving,
    look_at_mentor_leaving,
    report_ect_leaving,
    report_mentor_leaving,
)
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.acts import Act, Id, Look
from entrypoints.web.changes.effects_text import effect_lines, gap_lines
from entrypoints.web.changes.forms import ContinueForm, LastDayForm
from entrypoints.web.changes.sealed_answers import Answers

LAST_DAY = "last_day"


def last_day_in(answers: Answers) -> date | None:
    """Returns the last day that was answered; None when it is withdrawn."""
    return date.fromisoformat(answers[LAST_DAY]) if answers.get(LAST_DAY) else None


def look_at_ect(id: Id, answers: Answers, who: Actor, ports: Ports) -> Look | Blocked:
    """Returns what an ECT's last day comes to."""
    found = look_at_ect_leaving(EctId(id), last_day_in(answers), who, ports)
    if isinstance(found, Blocked):
        return found
    lines = effect_lines(found.effects, who.school)
    return Look(found.ect.teacher.name, lines, read_from=found)


def look_at_mentor(id: Id, answers: Answers, who: Actor, ports: Ports) -> Look | Blocked:
    """Returns what a mentor's last day comes to, for the ECTs they mentor as well."""
    found = look_at_mentor_leaving(MentorId(id), last_day_in(answers), who, ports)
    if isinstance(found, Blocked):
        return found
    gaps = gap_lines([after for _, after in found.ects], ports.clock.today())
    lines = [*effect_lines(found.effects, who.school), *gaps]
    return Look(found.mentor.teacher.name, lines, read_from=found)


def write_ect(id: Id, answers: Answers, who: Actor, ports: Ports, shown: EctLeaving) -> object:
    """Reports or withdraws an ECT's last day."""
    return report_ect_leaving(EctId(id), last_day_in(answers), who, ports, shown=shown)


def write_mentor(
    id: Id, answers: Answers, who: Actor, ports: Ports, shown: MentorLeaving
) -> object:
    """Reports or withdraws a mentor's last day."""
    return report_mentor_leaving(MentorId(id), last_day_in(answers), who, ports, shown=shown)


ACTS = tuple(
    act
    for role, look, write in (
        (Role.ECT, look_at_ect, write_ect),
        (Role.MENTOR, look_at_mentor, write_mentor),
    )
    for act in (
        Act(
            role,
            "leaving",
            LastDayForm,
            "changes/leaving.html",
            title="Check the last day before you report it",
            button="Report the last day",
            done="You have reported the last day",
            look=look,
            write=write,
            warns=True,
        ),
        Act(
            role,
            "leaving/withdraw",
            ContinueForm,
            "changes/staying.html",
            title="Check what happens when you remove the last day",
            button="Remove the last day",
            done="You have removed the last day",
            look=look,
            write=write,
        ),
    )
)
