"""Assigning a mentor from here to an ECT, page by page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctId
from entrypoints.web.journeys.urls import DONE, page_of
from entrypoints.web.platform.access import for_school_users
from entrypoints.web.register_mentor import checking
from entrypoints.web.register_mentor.done import confirmation
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS
from entrypoints.web.register_mentor.pages import assigning

STEPS = ",".join(f"'{step}'" for step in ASSIGNING_FORMS)

blueprint = Blueprint(
    "assign_mentor", __name__, url_prefix="/school/ects/<uuid:ect>/assign-mentor/<uuid:id>"
)


@blueprint.get("")
@for_school_users
def resume(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Continues an assignment where it was left."""
    place = assigning(EctId(ect), JourneyId(id)).place
    return place.go_on(place.look_at(JourneyId(id)))


@blueprint.route(f"/<any({STEPS}):step_id>", methods=["GET", "POST"])
@for_school_users
def question(ect: UUID, id: UUID, step_id: str) -> ResponseReturnValue:
    """Shows a question, or takes its answer."""
    return assigning(EctId(ect), JourneyId(id)).question(JourneyId(id), step_id)


@blueprint.route("/check-answers", methods=["GET", "POST"])
@for_school_users
def check_answers(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows what changes where a mentor is replaced; a post changes the mentor."""
    if request.method == "POST":
        return checking.change(EctId(ect), JourneyId(id))
    return checking.check_change(EctId(ect), JourneyId(id))


@blueprint.get("/stopped")
@for_school_users
def stopped(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows why a rule stops the assignment."""
    return assigning(EctId(ect), JourneyId(id)).stopped(JourneyId(id))


@blueprint.route("/done", methods=["GET", "POST"])
@for_school_users
def done(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows the confirmation, or the button that confirms if only that is left."""
    pages = assigning(EctId(ect), JourneyId(id))
    standing = pages.place.look_at(JourneyId(id))
    if request.method == "POST":
        return pages.onward(standing)
    if page_of(standing) != DONE:
        return pages.place.go_on(standing)
    if standing.journey.registered is None:
        back = pages.place.back_from(standing, DONE)
        return pages.show("assign", standing, back=back)
    return confirmation(standing.journey, is_new=False)
