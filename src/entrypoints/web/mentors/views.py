"""The mentors page, one mentor, and several ECTs for one mentor."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.ect import EctId
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.use_cases.assigning_several import (
    Asked,
    EctsToChoose,
    Refused,
    assign_several,
    choose_ects,
)
from ect_registration.use_cases.mentors import MentorSummary
from ect_registration.use_cases.mentors_page import mentor_in_detail, page_of_mentors
from entrypoints.web.access import current_actor, for_school_users
from entrypoints.web.context import current_ports
from entrypoints.web.ects import asking
from entrypoints.web.ects.happenings import happenings
from entrypoints.web.ects.views import DONE
from entrypoints.web.mentors import details, wording
from entrypoints.web.mentors.forms import EctsForm, TrainingForm
from entrypoints.web.paging import pagination, range_of
from entrypoints.web.telling import message_of

LIST = "/school/mentors"

blueprint = Blueprint("mentors", __name__, url_prefix=LIST)


@blueprint.get("")
@for_school_users
def mentors() -> ResponseReturnValue:
    """Everybody who mentors here or did, twenty at a time."""
    asked = asking.Asked.read(request.args, LIST)
    page = page_of_mentors(current_actor().school, asked.search, asked.page, current_ports())
    return render_template(
        "mentors/list.html",
        asked=asked,
        page=page,
        pagination=pagination(page, asked.at_page, "mentors"),
        range=range_of(page),
        wording=wording,
        details=details,
    )


@blueprint.get("/<uuid:id>")
@for_school_users
def mentor(id: UUID) -> ResponseReturnValue:
    """One mentor."""
    found = mentor_in_detail(MentorId(id), current_actor().school, current_ports())
    if isinstance(found, Blocked):
        abort(404)
    return render_template(
        "mentors/mentor.html",
        found=found,
        mentor=found.summary,
        training=details.training_rows(found),
        history=happenings(found.history),
        details=details,
    )


@blueprint.route("/<uuid:id>/assign", methods=["GET", "POST"])
@for_school_users
def assign(id: UUID) -> ResponseReturnValue:
    """Which ECTs they will mentor."""
    choice = choose_ects(MentorId(id), current_actor(), current_ports())
    if isinstance(choice, Blocked):
        return _not_here(choice)
    form = EctsForm()
    form.offer(choice)
    if request.method == "POST" and "again" not in request.form and form.validate():
        return _assign(choice, form)
    page = render_template("mentors/assign.html", form=form, mentor=choice.mentor)
    return page, 422 if form.errors else 200


def _assign(choice: EctsToChoose, form: EctsForm) -> ResponseReturnValue:
    mentor, chosen, training = choice.mentor, form.ect.ids, TrainingForm()
    actor, ports = current_actor(), current_ports()
    outcome = assign_several(mentor.id, chosen, training.answer, actor, ports)
    if isinstance(outcome, Refused):
        return _refused(mentor, outcome)
    if isinstance(outcome, Asked):
        return _training(mentor, chosen, training, outcome)
    many = f"{len(chosen)} ECTs" if len(chosen) > 1 else "the ECT you chose"
    flash(f"{mentor.name} now mentors {many}", DONE)
    return redirect(f"{LIST}/{mentor.id}", 303)


def _refused(mentor: MentorSummary, refused: Refused) -> ResponseReturnValue:
    if refused.ect is None:
        abort(404)
    return render_template(
        "mentors/refused.html",
        mentor=mentor,
        ect=refused.ect,
        rule=refused.blocked.rule.id,
        message=message_of(refused.blocked),
    )


def _training(
    mentor: MentorSummary, chosen: Sequence[EctId], form: TrainingForm, asked: Asked
) -> ResponseReturnValue:
    form.offer(asked.case, asked.fault)
    page = render_template(
        "mentors/training.html",
        form=form,
        case=asked.case,
        mentor=mentor,
        chosen=chosen,
        why_not=details.why_not(asked.case),
        next_steps=wording.details_go_to(asked.case.ect.lead_provider or ""),
    )
    return page, 422 if form.errors else 200


def _not_here(blocked: Blocked) -> ResponseReturnValue:
    """Unknown, or gone: somebody who has left mentors nobody any more."""
    if blocked.kind is not Kind.REFUSED or blocked.rule is OWN_SCHOOL_ONLY:
        abort(404)
    return render_template(
        "mentors/refused.html",
        mentor=None,
        ect=None,
        rule=blocked.rule.id,
        message=message_of(blocked),
    )
