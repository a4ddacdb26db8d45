"""Undoing a registration that was a mistake."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.notice import Role
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.changing.undo.undo_plans import Undoing
from ect_registration.use_cases.changing.undo.undoing import (
    look_at_undoing_ect,
    look_at_undoing_mentor,
    undo_ect,
    undo_mentor,
)
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.acts import Act
from entrypoints.web.changes.effects_text import effect_lines, gap_lines
from entrypoints.web.changes.forms import ContinueForm
from entrypoints.web.changes.pages import ChangePreview, PreviewOrBlocked
from entrypoints.web.changes.sealed_answers import Answers
from entrypoints.web.changes.told_text import told_of_undoing


class UndoRegistration(Act[Undoing]):
    """Undoes the registration of an ECT or a mentor."""

    path = "undo"
    form_type = ContinueForm
    template = "changes/undoing.html"
    title = "Check what happens when you undo this registration"
    button = "Undo this registration"
    done = "You have undone the registration"
    warns = True

    def look(
        self, id: UUID, _answers: Answers, who: Actor, ports: Ports
    ) -> PreviewOrBlocked[Undoing]:
        """Returns what undoing changes, for the ECTs here of a mentor as well."""
        plan = (
            look_at_undoing_ect(EctId(id), who, ports)
            if self.role is Role.ECT
            else look_at_undoing_mentor(MentorId(id), who, ports)
        )
        if isinstance(plan, Blocked):
            return plan
        today = ports.clock.today()
        mentored = [
            after
            for _, after in plan.pairs
            if isinstance(after, EctAtSchool)
            and after.id != plan.id
            and after.school == who.school
        ]
        gaps = gap_lines(mentored, today)
        lines = [*effect_lines(plan.effects, who.school, today), *gaps]
        told = tuple(told_of_undoing(plan, who.school, today))
        return ChangePreview(plan.undone[1].teacher.name, lines, plan, told=told)

    def write(
        self, id: UUID, _answers: Answers, who: Actor, ports: Ports, shown: Undoing
    ) -> object:
        """Undoes the registration."""
        if self.role is Role.ECT:
            return undo_ect(EctId(id), who, ports, shown=shown)
        return undo_mentor(MentorId(id), who, ports, shown=shown)

    def page_afterwards(self, _id: UUID) -> str:
        """Returns the address of the list, as there is nothing more to do with the record."""
        return url_for("ects.ects" if self.role is Role.ECT else "mentors.mentors")
