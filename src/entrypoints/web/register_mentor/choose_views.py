"""The first question of giving an ECT a mentor: one from here, or a new one."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.mentors.mentoring import EXISTING_OR_NEW_MENTOR
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.beginning import check_may_begin
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY
from ect_registration.use_cases.school.choose_mentor import MentorQuestion, choose_mentor
from entrypoints.web.ects.wording import mentor_of
from entrypoints.web.journeys.questions import YES
from entrypoints.web.journeys.urls import FIND
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS, NEW, ChooseForm
from entrypoints.web.register_mentor.pages import (
    FOLDER,
    AssignmentPages,
    assigning,
    assigning_at,
    registering_at,
)

blueprint = Blueprint("choose_mentor", __name__, url_prefix="/school/ects/<uuid:ect>")


@blueprint.route("/mentor", methods=["GET", "POST"])
@for_school_users
def choose(ect: UUID) -> ResponseReturnValue:
    """Asks for a mentor of the school or a new one; a post begins a journey, or assigns."""
    id, replace = EctId(ect), request.args.get("change") == YES
    question = choose_mentor(id, current_actor().school, current_ports(), replace=replace)
    if isinstance(question, Blocked):
        return stop(id, question, replace=replace)
    form = ChooseForm()
    form.offer(question)
    if form.validate_on_submit():
        replaces = replace and question.ect.mentor is not None  # else there is none to replace
        begun = _begin(id, form.mentor.data, replace=replaces)
        if begun is not None:
            return begun
        form.add_error("mentor", EXISTING_OR_NEW_MENTOR.tells)
    form.drop_unasked()
    return _ask(question, form, replace=replace)


def _ask(question: MentorQuestion, form: ChooseForm, *, replace: bool) -> ResponseReturnValue:
    page = render_template(
        f"{FOLDER}/choose.html",
        form=form,
        rule=EXISTING_OR_NEW_MENTOR.id if form.errors else None,
        back=url_for("ects.ect", id=question.ect.id),
        question=question,
        mentor=mentor_of(question.ect),
        replace=replace,
    )
    return page, 422 if form.errors else 200


def _begin(ect: EctId, chosen: str, *, replace: bool) -> ResponseReturnValue | None:
    """Begins the journey for the chosen mentor; None for a value that is not an id."""
    actor, ports = current_actor(), current_ports()
    if chosen == NEW:
        return begin_to_register(ect, replace=replace)
    try:
        draft = AssignmentDraft(ect, MentorId(UUID(chosen)), replace)
    except ValueError:
        return None
    blocked = check_may_begin(ASSIGNMENT_JOURNEY, draft, actor.school, ports)
    if blocked is not None:
        return stop(ect, blocked, replace=replace)
    id = saved_journeys.start(actor, ports, draft)
    pages = assigning(ect, id)
    return pages.onward(pages.place.look_at(id))


def begin_to_register(ect: EctId, *, replace: bool) -> ResponseReturnValue:
    """Begins the journey of a new mentor for this ECT."""
    id = saved_journeys.start(current_actor(), current_ports(), MentorDraft(ect, replace))
    return redirect(registering_at(ect, replace=replace).address(id, FIND), 303)


def stop(
    ect: EctId, blocked: Blocked, *, back: str | None = None, replace: bool = False
) -> ResponseReturnValue:
    """Shows why a rule stops the choice before a journey has begun; back is the ECT's page."""
    pages = AssignmentPages(assigning_at(ect, replace=replace), FOLDER, ASSIGNING_FORMS)
    return pages.stop(blocked, back=back or url_for("ects.ect", id=ect))
