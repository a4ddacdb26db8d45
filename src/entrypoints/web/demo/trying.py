"""What one button of the demo does: answers given as the pages give them, and where that leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.identifying.limits import TOO_MANY_ATTEMPTS
from ect_registration.domain.values import Trn
from ect_registration.use_cases.journeys.answering import answer_on_a_page, find_teacher
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import start
from ect_registration.use_cases.school.assign_several_ects import choose_ects
from ect_registration.use_cases.signing_in.limits import count
from entrypoints.demo.highlights import Click, Ends, Registration
from entrypoints.web.demo.stage import Demo
from entrypoints.web.information.home import home_address
from entrypoints.web.journeys.urls import FIND, page_of
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports, take_longer
from entrypoints.web.platform.errors import too_many_attempts, trs_unavailable
from entrypoints.web.platform.sessions import begin_session, current_session
from entrypoints.web.register_ect.forms import FORMS
from entrypoints.web.register_ect.pages import PAGES, PLACE

T = TypeVar("T")

A_DOZEN_PAGES = 30.0  # seconds, for everything that a button fills in
SEE = "see"  # the category of messages that say what to look at
OTHERWISE = (
    "This comes out differently now, because of what was done before or because of the date"
)
RESET = ". Select ‘Reset the demo’ to see it as it was meant"


class Stopped(Exception):
    """A rule stops what a button does."""

    def __init__(self, blocked: Blocked) -> None:
        super().__init__(blocked.rule.id)
        self.blocked = blocked


def try_out(click: Click, demo: Demo) -> ResponseReturnValue:
    """Signs in, fills in, and leads to the page where it happens."""
    take_longer(A_DOZEN_PAGES)
    demo.trs.out_of_reach = False  # filling in asks it
    try:
        _sign_in(click.user, demo)
        return ENDS[click.ends](click, demo)
    except Stopped as stopped:
        return _stop(stopped.blocked, demo)


def _stop(blocked: Blocked, demo: Demo) -> ResponseReturnValue:
    """Shows what stops it, which may well be that it was done before."""
    if blocked.rule is TOO_MANY_ATTEMPTS:
        return too_many_attempts(blocked, url_for("demo.index"))
    _say(_otherwise(demo))
    return PAGES.stop(blocked, back=home_address())


def _sign_in(user: str, demo: Demo) -> None:
    """Signs the visitor in as this user, unless they are already."""
    session = current_session()
    if session is not None and session.user == user:
        return
    person, school = demo.person(user)
    _unless_stopped(count(Attempted.SIGN_IN, user, current_ports()))
    begin_session(person, [school])


def _registration(click: Click, demo: Demo) -> ResponseReturnValue:
    """Leads to where the registration is, once everything is filled in."""
    [wanted] = click.registrations
    id = _fill_in(wanted, demo)
    demo.trs.out_of_reach = click.trs_out_of_reach
    standing = PLACE.look_at(id)
    _say(click.see if page_of(standing) == wanted.stops_at else _otherwise(demo))
    return PLACE.go_on(standing)


def _unfinished(click: Click, demo: Demo) -> ResponseReturnValue:
    """Redirects to the list of registrations that can be continued."""
    for wanted in click.registrations:
        _fill_in(wanted, demo)
    _say(click.see)
    return redirect(url_for("ects.unfinished"), 303)


def _ects(click: Click, _: Demo) -> ResponseReturnValue:
    _say(click.see)
    return redirect(home_address(), 303)


def _mentor(click: Click, demo: Demo) -> ResponseReturnValue:
    """Leads to the choice of ECTs for one mentor, with these selected."""
    mentor, ects = _ids(click)
    if mentor is None:
        _say(_otherwise(demo))
        return redirect(url_for("mentors.mentors"), 303)
    choice = choose_ects(mentor, current_actor(), current_ports())
    if isinstance(choice, Blocked):
        raise Stopped(choice)
    waiting = {ect.id for ect in choice.ects}
    _say(click.see if waiting.issuperset(ects) else _otherwise(demo))
    return redirect(url_for("assign_several.which", id=mentor, ect=ects), 303)


def _ids(click: Click) -> tuple[MentorId | None, Sequence[EctId]]:
    school = current_actor().school
    with current_ports().reading() as uow:
        mentors = uow.mentors.of_people([Trn(click.mentor)])
        ects = uow.ects.of_people([Trn(trn) for trn in click.ects])
    mentor = next((each.id for each in mentors if each.school == school), None)
    return mentor, [each.id for each in ects if each.school == school]


def _outage(click: Click, demo: Demo) -> ResponseReturnValue:
    """Searches while TRS is out of reach, and shows what a page shows then."""
    [wanted] = click.registrations
    demo.trs.out_of_reach = True
    id = start(current_actor(), current_ports())
    try:
        _find(id, wanted, demo)
    except Stopped as stopped:
        if stopped.blocked.kind is not Kind.UNAVAILABLE:
            raise
        _say(click.see)
        return trs_unavailable(PLACE.address(id, FIND), stopped.blocked, {"trn": wanted.trn})
    return PLACE.go_on(PLACE.look_at(id))  # another user has brought TRS back


ENDS: Mapping[Ends, Callable[[Click, Demo], ResponseReturnValue]] = {
    Ends.REGISTRATION: _registration,
    Ends.UNFINISHED: _unfinished,
    Ends.ECTS: _ects,
    Ends.MENTOR: _mentor,
    Ends.OUTAGE: _outage,
}


def _fill_in(wanted: Registration, demo: Demo) -> JourneyId:
    """Gives every answer through the journey, as far as the rules let it get."""
    actor, ports, draft = current_actor(), current_ports(), wanted.draft
    id = _find(start(actor, ports), wanted, demo)
    for step in FORMS:
        outcome = answer_on_a_page(ECT_JOURNEY, id, step, lambda _: draft, actor, ports)
        if isinstance(outcome, Blocked):
            break
    return id


def _find(id: JourneyId, wanted: Registration, demo: Demo) -> JourneyId:
    trn = Trn(wanted.trn)
    born_on = demo.born_on(trn)
    return _unless_stopped(
        find_teacher(ECT_JOURNEY, id, trn, born_on, current_actor(), current_ports())
    )


def _say(what_to_look_at: str) -> None:
    flash(what_to_look_at, SEE)


def _otherwise(demo: Demo) -> str:
    return OTHERWISE if demo.lasting else OTHERWISE + RESET


def _unless_stopped(outcome: T | Blocked) -> T:
    if isinstance(outcome, Blocked):
        raise Stopped(outcome)
    return outcome
