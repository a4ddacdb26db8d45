"""Ending the mentorship of an ECT without a new mentor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctId
from ect_registration.use_cases.changing.removing_mentor import (
    Removal,
    look_at_removing_mentor,
    remove_mentor,
)
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.changes.acts import Act
from entrypoints.web.changes.effects_text import effect_lines, gap_lines
from entrypoints.web.changes.forms import MentorLastDayForm
from entrypoints.web.changes.leaving import LAST_DAY, last_day_in
from entrypoints.web.changes.pages import ChangePreview, PreviewOrBlocked
from entrypoints.web.changes.sealed_answers import Answers


class RemoveMentor(Act[Removal]):
    """Ends the mentorships of an ECT."""

    path = "mentor/remove"
    form_type = MentorLastDayForm
    template = "changes/removing-mentor.html"
    title = "Check what happens when you remove the mentor"
    button = "Remove the mentor"
    done = "You have removed the mentor"
    unchanged = "Nothing has changed because no mentor supports this ECT after that day"
    warns = True

    def suggested_answers(self, today: date) -> Mapping[str, object]:
        """Returns today as the last day, which is the usual one."""
        return {LAST_DAY: today}

    def look(
        self, id: UUID, answers: Answers, who: Actor, ports: Ports
    ) -> PreviewOrBlocked[Removal]:
        """Returns which mentorships end, and from when the ECT needs a mentor."""
        plan = look_at_removing_mentor(EctId(id), last_day_in(answers), who, ports)
        if isinstance(plan, Blocked):
            return plan
        today = ports.clock.today()
        gaps = gap_lines([plan.ect], today) if plan.effects else ()
        lines = [*effect_lines(plan.effects, who.school, today), *gaps]
        return ChangePreview(plan.ect.teacher.name, lines, plan)

    def write(
        self, id: UUID, answers: Answers, who: Actor, ports: Ports, shown: Removal
    ) -> object:
        """Ends the mentorships."""
        return remove_mentor(EctId(id), last_day_in(answers), who, ports, shown=shown)
