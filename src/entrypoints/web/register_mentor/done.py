"""The confirmation of either way to give an ECT a mentor."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import SavedJourney
from ect_registration.use_cases.registering.earlier_submission import what_was_assigned
from entrypoints.web.platform.context import current_ports
from entrypoints.web.register_mentor.pages import FOLDER
from entrypoints.web.register_mentor.wording import training_said


def confirmation(journey: SavedJourney, *, is_new: bool) -> ResponseReturnValue:
    """Shows the confirmation: what is finished, and what happens next."""
    assigned = what_was_assigned(journey, current_ports())
    if assigned is None:
        abort(404)
    mentorships = [
        mentorship.period
        for mentorship in assigned.ect.mentorships
        if mentorship.mentor == assigned.mentor.id and not mentorship.withdrawn
    ]
    period = mentorships[-1] if mentorships else None
    ends = period.finished_on if period is not None else None
    return render_template(
        f"{FOLDER}/done.html",
        ect=assigned.ect,
        mentor=assigned.mentor,
        period=period,
        until=ends if ends != assigned.ect.period.finished_on else None,
        training=training_said(assigned, told=_was_told(journey)),
        is_new=is_new,
    )


def _was_told(journey: SavedJourney) -> bool:
    """Whether the step about funded training was answered."""
    draft = journey.draft
    return not isinstance(draft, EctDraft) and draft.another_provider is not None
