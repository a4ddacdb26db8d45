"""The mentors page, and one mentor."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.school.mentors_page import mentor_in_detail, page_of_mentors
from entrypoints.web.ects import list_query
from entrypoints.web.ects.history_text import happenings
from entrypoints.web.forms.paging import pagination, range_of
from entrypoints.web.mentors import details, wording
from entrypoints.web.platform.access import current_actor, for_school_users
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found

blueprint = Blueprint("mentors", __name__, url_prefix="/school/mentors")


@blueprint.get("")
@for_school_users
def mentors() -> ResponseReturnValue:
    """Lists present and earlier mentors of the school, 20 to a page."""
    asked = list_query.Asked.read(request.args, "mentors.mentors")
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
    """Shows one mentor."""
    found = mentor_in_detail(MentorId(id), current_actor().school, current_ports())
    if isinstance(found, Blocked):
        not_found(found)
    return render_template(
        "mentors/mentor.html",
        found=found,
        mentor=found.summary,
        training=details.training_rows(found),
        history=happenings(found.history),
        details=details,
    )
