"""Reporting, correcting and withdrawing a last day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

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
from entrypoints.web.changes.acts import Act
from entrypoints.web.changes.effects_text import effect_lines, gap_lines
from entrypoints.web.changes.forms import ContinueForm, LastDayForm
from entrypoints.web.changes.pages import ChangePreview, PreviewOrBlocked
from entrypoints.web.changes.sealed_answers import Answers
from entrypoints.web.changes.told_text import told_of_ends

Leaving = EctLeaving | MentorLeaving

LAST_DAY = "last_day"


def last_day_in(answers: Answers) -> date | None:
    """Returns the last day that was answered; None when it is withdrawn."""
    return date.fromisoformat(answers[LAST_DAY]) if answers.get(LAST_DAY) else None


class ChangeLastDay(Act[Leaving]):
    """Sets or withdraws the last day of an ECT or a mentor."""

    def look(
        self, id: UUID, answers: Answers, who: Actor, ports: Ports
    ) -> PreviewOrBlocked[Leaving]:
        """Returns what the last day changes, for the ECTs of a mentor as well."""
        last_day = last_day_in(answers)
        plan = (
            look_at_ect_leaving(EctId(id), last_day, who, ports)
            if self.role is Role.ECT
            else look_at_mentor_leaving(MentorId(id), last_day, who, ports)
        )
        if isinstance(plan, Blocked):
            return plan
        after = plan.ect if isinstance(plan, EctLeaving) else plan.mentor
        mentored = [ect for _, ect in plan.ects] if isinstance(plan, MentorLeaving) else []
        today = ports.clock.today()
        gaps = gap_lines(mentored, today)
        lines = [*effect_lines(plan.effects, who.school, today), *gaps]
        told = told_of_ends([(plan.before, after)], today)
        return ChangePreview(plan.before.teacher.name, lines, plan, told=told)

    def write(
        self, id: UUID, answers: Answers, who: Actor, ports: Ports, shown: Leaving
    ) -> object:
        """Saves the last day, or its withdrawal."""
        last_day = last_day_in(answers)
        if isinstance(shown, EctLeaving):
            return report_ect_leaving(EctId(id), last_day, who, ports, shown=shown)
        return report_mentor_leaving(MentorId(id), last_day, who, ports, shown=shown)


class ReportLastDay(ChangeLastDay):
    """Reports or corrects a last day."""

    path = "leaving"
    form_type = LastDayForm
    template = "changes/leaving.html"
    title = "Check the last day before you report it"
    button = "Report the last day"
    done = "You have reported the last day"
    warns = True


class WithdrawLastDay(ChangeLastDay):
    """Withdraws a last day, because the person stays."""

    path = "leaving/withdraw"
    form_type = ContinueForm
    template = "changes/staying.html"
    title = "Check what happens when you remove the last day"
    button = "Remove the last day"
    done = "You have removed the last day"
