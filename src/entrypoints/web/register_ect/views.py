"""Registering an ECT, page by page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.beginning import check_may_begin
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.unfinished import unfinished
from ect_registration.use_cases.school.ects import show_ect
from entrypoints.web.forms.fields import Form
from entrypoints.web.information.home import home_address
from entrypoints.web.journeys.urls import FIND
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found
from entrypoints.web.register_ect import pages
from entrypoints.web.register_ect.forms import FORMS
from entrypoints.web.register_ect.pages import PAGES, PLACE

STEPS = ",".join(f"'{step}'" for step in FORMS)

blueprint = Blueprint("register_ect", __name__, url_prefix="/school/register-ect")


@blueprint.route("", methods=["GET", "POST"])
@for_school_users
def start() -> ResponseReturnValue:
    """Shows what is needed and unfinished registrations; a post begins a journey."""
    actor, ports = current_actor(), current_ports()
    blocked = check_may_begin(ECT_JOURNEY, EctDraft(), actor.school, ports)
    if blocked is not None:
        return PAGES.stop(blocked, back=home_address())
    if request.method == "POST":
        return redirect(PLACE.address(saved_journeys.start(actor, ports), FIND), 303)
    begun = unfinished(actor, ports)
    return render_template(
        "register_ect/start.html", back=home_address(), form=Form(), unfinished=len(begun)
    )


@blueprint.get("/<uuid:id>")
@for_school_users
def resume(id: UUID) -> ResponseReturnValue:
    """Continues a registration where it was left."""
    return PLACE.go_on(PLACE.look_at(JourneyId(id)))


@blueprint.route(f"/<uuid:id>/<any({STEPS}):step_id>", methods=["GET", "POST"])
@for_school_users
def question(id: UUID, step_id: str) -> ResponseReturnValue:
    """Shows a question, or takes its answer."""
    return PAGES.question(JourneyId(id), step_id)


@blueprint.route("/<uuid:id>/check-answers", methods=["GET", "POST"])
@for_school_users
def check_answers(id: UUID) -> ResponseReturnValue:
    """Shows check answers; a post registers the ECT."""
    if request.method == "POST":
        return pages.register(JourneyId(id))
    return pages.check_answers(JourneyId(id))


@blueprint.get("/<uuid:id>/stopped")
@for_school_users
def stopped(id: UUID) -> ResponseReturnValue:
    """Shows why a rule stops the registration."""
    return PAGES.stopped(JourneyId(id))


@blueprint.get("/<uuid:id>/done")
@for_school_users
def done(id: UUID) -> ResponseReturnValue:
    """Shows the confirmation, every time it is opened."""
    standing = PLACE.look_at(JourneyId(id))
    if standing.journey.registered is None:
        return PLACE.go_on(standing)
    ect = show_ect(standing.journey.registered, current_actor().school, current_ports())
    if isinstance(ect, Blocked):
        not_found(ect)
    return pages.done(ect)
