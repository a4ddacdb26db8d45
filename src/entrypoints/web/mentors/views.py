"""The mentors page, one mentor, and the CSV file."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.use_cases.school.mentors_page import (
    every_mentor,
    mentor_in_detail,
    page_of_mentors,
)
from ect_registration.use_cases.signing_in.limits import count
from entrypoints.web.changes.links import links_of_last_day, links_to_change
from entrypoints.web.ects.history_text import happenings
from entrypoints.web.ects.list_query import asked_of_mentors
from entrypoints.web.ects.list_view import filters
from entrypoints.web.forms.paging import pagination, range_of
from entrypoints.web.mentors import details, wording
from entrypoints.web.mentors.download import csv_file
from entrypoints.web.platform.access import current_actor, for_school_users, why_cannot_register
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found, too_many_attempts

blueprint = Blueprint("mentors", __name__, url_prefix="/school")


@blueprint.get("/mentors")
@for_school_users
def mentors() -> ResponseReturnValue:
    """Lists present and earlier mentors of the school, 20 to a page."""
    asked, school = asked_of_mentors(request.args), current_actor().school
    page = page_of_mentors(school, asked.search, asked.status, asked.page, current_ports())
    return render_template(
        "mentors/list.html",
        asked=asked,
        barred=why_cannot_register(),
        filters=filters(page.counts, wording.STATUSES, asked),
        page=page,
        pagination=pagination(page, asked.at_page, "mentors"),
        range=range_of(page),
        wording=wording,
        details=details,
    )


@blueprint.get("/mentors.csv")
@for_school_users
def download() -> ResponseReturnValue:
    """Sends the listed mentors, from all pages, as one CSV file."""
    actor, ports, asked = current_actor(), current_ports(), asked_of_mentors(request.args)
    barred = count(Attempted.DOWNLOAD, actor.user, ports)
    if barred is not None:
        return too_many_attempts(barred, url_for("mentors.mentors"))
    found = every_mentor(actor.school, asked.search, asked.status, ports)
    return csv_file(found, actor.school, ports.clock.today())


@blueprint.get("/mentors/<uuid:id>")
@for_school_users
def mentor(id: UUID) -> ResponseReturnValue:
    """Shows one mentor. ``ect`` in the query is the ECT whose page the user came from."""
    found = mentor_in_detail(MentorId(id), current_actor().school, current_ports())
    if isinstance(found, Blocked):
        not_found(found)
    change = links_to_change("mentor", id, can_change=found.can_change)
    return render_template(
        "mentors/mentor.html",
        back=_where_from() or asked_of_mentors(request.args).address(),
        found=found,
        mentor=found.summary,
        change=change,
        can_change=found.can_change,
        training=details.training_rows(found, change),
        history=happenings(found.history),
        links_of_last_day=(
            links_of_last_day(
                "mentor",
                id,
                found.summary.finished_on,
                can_be_removed=found.last_day_can_be_removed,
            )
            if found.last_day_can_change
            else ()
        ),
        details=details,
        wording=wording,
    )


def _where_from() -> str | None:
    """Returns the address of the ECT that the user came from, if it was one."""
    try:
        return url_for("ects.ect", id=UUID(request.args["ect"]))
    except (KeyError, ValueError):
        return None
