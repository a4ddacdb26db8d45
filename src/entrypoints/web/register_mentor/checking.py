"""Check answers of both ways to give an ECT a mentor, and what its button saves."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.rules.check_answers import AssignmentPreview, MentorPreview
from ect_registration.domain.rules.mentors.mentor_training import TrainingThen
from ect_registration.use_cases.registering.assign_mentor import (
    look_at_assignment,
    submit_assignment,
)
from ect_registration.use_cases.registering.register_mentor import look_at_mentor, submit_mentor
from entrypoints.web.journeys.check_answers import (
    after_submitting,
    changed_parts,
    posted_preview,
    show_answers,
)
from entrypoints.web.journeys.urls import CHECK_ANSWERS, shows
from entrypoints.web.mentors.wording import details_go_to
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.register_mentor.answers import (
    sections_of,
    sections_of_change,
    what_ends_elsewhere,
)
from entrypoints.web.register_mentor.pages import assigning, registering

CHANGE = "check-change"  # the template of check answers where a mentor is replaced


def check_answers(
    ect: EctId, id: JourneyId, changed: Collection[str] | None = None
) -> ResponseReturnValue:
    """Shows check answers, unless a rule stops the journey or a question is open again."""
    pages = registering(ect, id)
    standing = pages.place.look_at(id)
    if not shows(standing, CHECK_ANSWERS):
        return pages.place.go_on(standing)
    decided = standing.decided
    shown = look_at_mentor(decided.case, current_ports())
    answers = {
        "sections": sections_of(decided.case, decided.progress, shown),
        "ends_elsewhere": what_ends_elsewhere(decided.case),
        **_next_steps(shown),
    }
    return show_answers(pages, standing, shown, answers, changed)


def register(ect: EctId, id: JourneyId) -> ResponseReturnValue:
    """Registers the mentor, if what check answers showed is still what would be saved."""
    shown = posted_preview(id, MentorPreview)
    if shown is None:
        return check_answers(ect, id, ())
    pages = registering(ect, id)
    outcome = submit_mentor(id, shown, current_actor(), current_ports())
    return after_submitting(pages, id, outcome) or check_answers(ect, id, changed_parts(outcome))


def check_change(
    ect: EctId, id: JourneyId, changed: Collection[str] | None = None
) -> ResponseReturnValue:
    """Shows who mentors the ECT now and who will, where a mentor of the school takes over."""
    pages = assigning(ect, id)
    standing = pages.place.look_at(id)
    if not shows(standing, CHECK_ANSWERS):
        return pages.place.go_on(standing)
    decided = standing.decided
    shown = look_at_assignment(decided.case, current_ports())
    sections = sections_of_change(decided.case, decided.progress, shown, pages.place.start)
    answers = {"sections": sections, **_next_steps(shown)}
    return show_answers(pages, standing, shown, answers, changed, CHANGE)


def change(ect: EctId, id: JourneyId) -> ResponseReturnValue:
    """Changes the mentor, if what check answers showed is still what would be saved."""
    shown = posted_preview(id, AssignmentPreview)
    if shown is None:
        return check_change(ect, id, ())
    pages = assigning(ect, id)
    outcome = submit_assignment(id, current_actor(), current_ports(), shown)
    return after_submitting(pages, id, outcome) or check_change(ect, id, changed_parts(outcome))


def _next_steps(shown: AssignmentPreview | MentorPreview) -> Mapping[str, object]:
    """Returns what happens with the mentor's details, where their training begins."""
    if shown.training is not TrainingThen.BEGINS or shown.lead_provider is None:
        return {"next_steps": None}
    return {"next_steps": details_go_to(shown.lead_provider, shown.delivery_partner)}
