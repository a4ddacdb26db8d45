"""Registering an ECT, page by page. Everything follows from where the journey is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.draft import EctDraft
from ect_registration.domain.journeys import JourneyId
from ect_registration.domain.rules.limits import TOO_MANY_ATTEMPTS
from ect_registration.use_cases import journeys
from ect_registration.use_cases.ects import show_ect
from ect_registration.use_cases.journey_kinds import ECT_JOURNEY
from ect_registration.use_cases.journeys import Standing
from entrypoints.web.access import current_actor, for_school_users
from entrypoints.web.context import current_ports
from entrypoints.web.ects.showing import unfinished
from entrypoints.web.errors import too_many_attempts, trs_unavailable
from entrypoints.web.register_ect import pages, submitting
from entrypoints.web.register_ect.forms import FORMS
from entrypoints.web.register_ect.places import (
    START,
    address,
    go_on,
    look_at,
    refusal,
    shows,
)
from entrypoints.web.register_ect.questions import Question
from entrypoints.web.telling import message_of

STEPS = ",".join(f"'{step}'" for step in FORMS)

blueprint = Blueprint("register_ect", __name__, url_prefix=START)


@blueprint.route("", methods=["GET", "POST"])
@for_school_users
def start() -> ResponseReturnValue:
    """What is needed, and what was left unfinished; a post begins a journey."""
    actor, ports = current_actor(), current_ports()
    with ports.reading() as uow:
        barred = ECT_JOURNEY.before_the_search(EctDraft(), actor.school, ports.clock.today(), uow)
    if barred is not None:
        return pages.stop(barred)
    if request.method == "POST":
        return redirect(address(journeys.start(actor, ports), "find"), 303)
    return pages.start(unfinished(journeys.unfinished(actor, ports)))


@blueprint.get("/<uuid:id>")
@for_school_users
def resume(id: UUID) -> ResponseReturnValue:
    """Where it was left."""
    return go_on(look_at(JourneyId(id)))


@blueprint.route(f"/<uuid:id>/<any({STEPS}):step_id>", methods=["GET", "POST"])
@for_school_users
def question(id: UUID, step_id: str) -> ResponseReturnValue:
    """Every step that asks."""
    form = FORMS[step_id]() if request.method == "POST" else None
    if form is not None and "again" not in request.form and form.validate():
        answered = _send(form, JourneyId(id))
        if answered is not None:
            return answered
    standing = look_at(JourneyId(id))
    if not shows(standing, step_id):
        return go_on(standing)
    return pages.question(standing, FORMS[step_id], form)


def _send(form: Question, id: JourneyId) -> ResponseReturnValue | None:
    """Where an answer leads; None: nowhere, and the form now says why."""
    outcome = form.send(id, current_actor(), current_ports())
    if isinstance(outcome, Standing):
        return go_on(outcome)
    if not isinstance(outcome, Blocked):
        return go_on(look_at(outcome))
    if outcome.rule is TOO_MANY_ATTEMPTS:
        return too_many_attempts(outcome, address(id, form.step), form.kept)
    if outcome.kind is Kind.UNAVAILABLE:
        return trs_unavailable(address(id, form.step), outcome.rule.id, form.kept)
    if outcome.field is None or outcome.field not in form:
        return go_on(look_at(id))
    form.add_error(outcome.field, message_of(outcome))
    return None


@blueprint.route("/<uuid:id>/check-answers", methods=["GET", "POST"])
@for_school_users
def check_answers(id: UUID) -> ResponseReturnValue:
    """Everything at a glance; a post registers the ECT."""
    if request.method == "POST":
        return submitting.register(JourneyId(id), request.form.get("shown", ""))
    return submitting.check_answers(JourneyId(id))


@blueprint.get("/<uuid:id>/stopped")
@for_school_users
def stopped(id: UUID) -> ResponseReturnValue:
    """The rule that says no."""
    standing = look_at(JourneyId(id))
    blocked = refusal(standing)
    return go_on(standing) if blocked is None else pages.stop(blocked, standing)


@blueprint.get("/<uuid:id>/done")
@for_school_users
def done(id: UUID) -> ResponseReturnValue:
    """The confirmation, as often as it is asked for."""
    standing = look_at(JourneyId(id))
    if standing.journey.registered is None:
        return go_on(standing)
    ect = show_ect(standing.journey.registered, current_actor().school, current_ports())
    if isinstance(ect, Blocked):
        abort(404)
    return pages.done(ect)
