"""Registering a mentor from the mentors page: for which ECT, then as from the ECT's page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctId
from ect_registration.use_cases.school.choose_mentor import choose_mentor
from ect_registration.use_cases.school.ects_to_mentor import ects_to_mentor
from entrypoints.web.ects.list_query import asked_of_ects
from entrypoints.web.forms.paging import pagination, range_of
from entrypoints.web.mentors.forms import EctForm
from entrypoints.web.platform.access import current_actor, for_school_users, why_cannot_register
from entrypoints.web.platform.context import current_ports
from entrypoints.web.register_mentor.choose_views import begin_to_register, stop

blueprint = Blueprint("register_new_mentor", __name__, url_prefix="/school/mentors/register")


@blueprint.route("", methods=["GET", "POST"])
@for_school_users
def which() -> ResponseReturnValue:
    """Asks which ECT a new mentor will support; a post begins the journey for that ECT."""
    asked = asked_of_ects(request.args, "register_new_mentor.which")
    page = ects_to_mentor(current_actor().school, asked.search, asked.page, current_ports())
    form = EctForm()
    form.offer(page)
    if form.validate_on_submit():
        return _begin(EctId(UUID(form.ect.data)))
    form.drop_unasked()
    answer = render_template(
        "mentors/which-ect.html",
        back=url_for("mentors.mentors"),
        form=form,
        asked=asked,
        barred=why_cannot_register(),
        page=page,
        pagination=pagination(page, asked.at_page, "ECTs"),
        range=range_of(page),
    )
    return answer, 422 if form.errors else 200


def _begin(ect: EctId) -> ResponseReturnValue:
    """Begins the journey: a mentor of the ECT who is there already will be replaced."""
    question = choose_mentor(ect, current_actor().school, current_ports(), replace=True)
    if isinstance(question, Blocked):
        return stop(ect, question, back=url_for("register_new_mentor.which"))
    return begin_to_register(ect, replace=question.ect.mentor is not None)
