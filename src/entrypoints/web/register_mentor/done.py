"""The confirmation of either way to give an ECT a mentor."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.use_cases.registering.earlier_submission import what_was_assigned
from ect_registration.use_cases.school.ects import summary_of
from entrypoints.web.ects.details import days_of
from entrypoints.web.ects.wording import gaps_of
from entrypoints.web.platform.context import current_ports
from entrypoints.web.register_mentor.pages import FOLDER
from entrypoints.web.register_mentor.wording import training_said


def confirmation(journey: SavedJourney, *, is_new: bool) -> ResponseReturnValue:
    """Shows the confirmation: what is finished, and what happens next.

    After a registration was undone, or when the mentor no longer mentors the ECT, it leads to the
    page that says what became of it.
    """
    assigned = what_was_assigned(journey, current_ports())
    if assigned is None:
        abort(404)
    if assigned.ect.withdrawn:
        return redirect(url_for("ects.ect", id=assigned.ect.id), 303)
    if assigned.mentor.withdrawn:
        return redirect(url_for("mentors.mentor", id=assigned.mentor.id), 303)
    mentorships = [
        mentorship.period
        for mentorship in assigned.ect.mentorships
        if mentorship.mentor == assigned.mentor.id and not mentorship.withdrawn
    ]
    today = current_ports().clock.today()
    if not mentorships or mentorships[-1].is_finished(today):
        return redirect(url_for("ects.ect", id=assigned.ect.id), 303)
    return render_template(
        f"{FOLDER}/done.html",
        ect=assigned.ect,
        mentor=assigned.mentor,
        days_of=days_of,
        period=mentorships[-1],
        gaps=gaps_of(summary_of(assigned.ect, today)),
        training=training_said(assigned, told=_was_told(journey)),
        is_new=is_new,
        replaced=_has_replaced(journey),
    )


def _has_replaced(journey: SavedJourney) -> bool:
    """Says whether the mentor took over from another one."""
    return not isinstance(journey.draft, EctDraft) and journey.draft.replace


def _was_told(journey: SavedJourney) -> bool:
    """Says whether the step about funded training was answered."""
    draft = journey.draft
    return not isinstance(draft, EctDraft) and draft.another_provider is not None
