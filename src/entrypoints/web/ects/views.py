"""The ECTs page, the page of one ECT, and the CSV file. A school sees only its own ECTs."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.records.announcement import AnnouncementId
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.unfinished import to_discard
from ect_registration.use_cases.journeys.unfinished import unfinished as registrations
from ect_registration.use_cases.notifying.announcing import mark_as_read
from ect_registration.use_cases.school.ect_details import ect_in_detail
from ect_registration.use_cases.school.ects_page import every_ect, page_of_ects
from ect_registration.use_cases.signing_in.limits import count
from entrypoints.web.changes.links import links_of_last_day, links_to_change
from entrypoints.web.ects import list_view, wording
from entrypoints.web.ects.details import (
    earlier_trainings,
    mentor_lines,
    training_rows,
    waiting_for,
)
from entrypoints.web.ects.download import csv_file
from entrypoints.web.ects.history_text import happenings
from entrypoints.web.ects.list_query import asked_of_ects
from entrypoints.web.forms.fields import Form
from entrypoints.web.forms.paging import pagination, range_of
from entrypoints.web.platform.access import current_actor, for_school_users, why_cannot_register
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found, too_many_attempts

DONE = "done"  # the kind of message that says what has been done
UNCHANGED = "unchanged"  # the kind that says that there was nothing to do

blueprint = Blueprint("ects", __name__, url_prefix="/school")


@blueprint.get("/ects")
@for_school_users
def ects() -> ResponseReturnValue:
    """Lists the ECTs that the school has registered, 20 to a page."""
    actor, ports, asked = current_actor(), current_ports(), asked_of_ects(request.args)
    page = page_of_ects(actor, asked.search, asked.status, asked.page, ports)
    return render_template(
        "ects/list.html",
        asked=asked,
        barred=why_cannot_register(),
        page=page,
        filters=list_view.filters(page.counts, wording.STATUSES, asked),
        pagination=pagination(page, asked.at_page, "ECTs"),
        range=range_of(page),
        announced=page.to_tell.unread if not asked.narrowed else (),
        announcement_words=wording.announcement_words,
        tasks=list_view.task_lines(page) if not asked.narrowed and page.number == 1 else (),
        wording=wording,
    )


@blueprint.get("/ects.csv")
@for_school_users
def download() -> ResponseReturnValue:
    """Sends the listed ECTs, from all pages, as one CSV file."""
    actor, ports, asked = current_actor(), current_ports(), asked_of_ects(request.args)
    barred = count(Attempted.DOWNLOAD, actor.user, ports)
    if barred is not None:
        return too_many_attempts(barred, url_for("ects.ects"))
    school = actor.school
    found = every_ect(school, asked.search, asked.status, ports)
    return csv_file(found, school, ports.clock.today())


@blueprint.get("/ects/<uuid:id>")
@for_school_users
def ect(id: UUID) -> ResponseReturnValue:
    """Shows one ECT."""
    details = ect_in_detail(EctId(id), current_actor().school, current_ports())
    if isinstance(details, Blocked):
        not_found(details)
    change = links_to_change("ect", id, can_change=details.can_change)
    return render_template(
        "ects/ect.html",
        back=asked_of_ects(request.args).address(),
        ect=details.summary,
        change=change,
        can_change=details.can_change,
        training=training_rows(details.summary, change),
        waiting=waiting_for(details.summary),
        earlier_trainings=earlier_trainings(details),
        mentors=mentor_lines(details, current_ports().clock.today()),
        history=happenings(details.history),
        links_of_last_day=(
            links_of_last_day(
                "ect",
                id,
                details.summary.finished_on,
                can_be_removed=details.last_day_can_be_removed,
            )
            if details.last_day_can_change
            else ()
        ),
        can_be_undone=details.can_be_undone,
        wording=wording,
    )


@blueprint.post("/ects/announcements/<uuid:id>/read")
@for_school_users
def mark_announcement_read(id: UUID) -> ResponseReturnValue:
    """Marks what another school did to a record of this one as read, for all users here."""
    mark_as_read(AnnouncementId(id), current_actor(), current_ports())
    return redirect(url_for("ects.ects"), 303)


@blueprint.get("/ects/unfinished")
@for_school_users
def unfinished() -> ResponseReturnValue:
    """Lists the user's registrations that can be continued."""
    found = registrations(current_actor(), current_ports())
    return render_template(
        "ects/unfinished.html",
        back=url_for("ects.ects"),
        unfinished=found,
        whose=list_view.whose,
        address_of=list_view.address_of,
    )


@blueprint.route("/ects/unfinished/<uuid:id>/discard", methods=["GET", "POST"])
@for_school_users
def discard(id: UUID) -> ResponseReturnValue:
    """Asks once, then discards an unfinished registration, unless it was finished meanwhile."""
    actor, ports = current_actor(), current_ports()
    if request.method == "POST":
        submitted = saved_journeys.discard(JourneyId(id), actor, ports)
        if submitted is not None:
            return redirect(list_view.address_of(submitted), 303)
        flash("The registration has been discarded", DONE)
        return redirect(url_for("ects.ects"), 303)
    found = to_discard(JourneyId(id), actor, ports)
    if found is None:
        return redirect(url_for("ects.unfinished"), 303)
    return render_template(
        "ects/discard.html",
        back=url_for("ects.unfinished"),
        form=Form(),
        whose=list_view.whose(found),
    )
