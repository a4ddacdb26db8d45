"""Registering a mentor for an ECT, page by page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.rules.identifying.identity import NO_TRN
from entrypoints.web.journeys.urls import FIND, shows
from entrypoints.web.platform.access import for_school_users
from entrypoints.web.register_mentor import checking
from entrypoints.web.register_mentor.done import confirmation
from entrypoints.web.register_mentor.forms import FORMS
from entrypoints.web.register_mentor.pages import registering

STEPS = ",".join(f"'{step}'" for step in FORMS)

blueprint = Blueprint(
    "register_mentor", __name__, url_prefix="/school/ects/<uuid:ect>/register-mentor/<uuid:id>"
)


@blueprint.get("")
@for_school_users
def resume(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Continues a registration where it was left."""
    place = registering(EctId(ect), JourneyId(id)).place
    return place.go_on(place.look_at(JourneyId(id)))


@blueprint.route(f"/<any({STEPS}):step_id>", methods=["GET", "POST"])
@for_school_users
def question(ect: UUID, id: UUID, step_id: str) -> ResponseReturnValue:
    """Shows a question, or takes its answer."""
    return registering(EctId(ect), JourneyId(id)).question(JourneyId(id), step_id)


@blueprint.get("/no-trn")
@for_school_users
def no_trn(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows what to do when the mentor has no TRN."""
    journey = registering(EctId(ect), JourneyId(id))
    standing = journey.place.look_at(JourneyId(id))
    if not shows(standing, FIND):
        return journey.place.go_on(standing)
    back = journey.place.address(standing.journey.id, FIND)
    return journey.show("no-trn", standing, rule=NO_TRN.id, back=back)


@blueprint.route("/check-answers", methods=["GET", "POST"])
@for_school_users
def check_answers(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows check answers; a post registers the mentor and assigns them."""
    if request.method == "POST":
        return checking.register(EctId(ect), JourneyId(id))
    return checking.check_answers(EctId(ect), JourneyId(id))


@blueprint.get("/stopped")
@for_school_users
def stopped(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows why a rule stops the registration."""
    return registering(EctId(ect), JourneyId(id)).stopped(JourneyId(id))


@blueprint.get("/done")
@for_school_users
def done(ect: UUID, id: UUID) -> ResponseReturnValue:
    """Shows the confirmation, every time it is opened."""
    place = registering(EctId(ect), JourneyId(id)).place
    standing = place.look_at(JourneyId(id))
    if standing.journey.registered is None:
        return place.go_on(standing)
    return confirmation(standing.journey, is_new=True)
