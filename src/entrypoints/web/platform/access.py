"""Who may see which page: every view says so itself, and one guard sees to it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import attrs
from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.rules.access import SCHOOL_SIGN_IN
from ect_registration.domain.sessions import Session
from ect_registration.domain.values import Urn
from ect_registration.use_cases.transactions import Actor
from entrypoints.web.platform.context import here
from entrypoints.web.platform.own_address import came_elsewhere, signing_in_at_home
from entrypoints.web.platform.sessions import (
    current_session,
    remember_page,
    this_page,
    use_current_session,
)

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """Whom a view is for."""

    EVERYBODY = "everybody"
    SCHOOL_USERS = "school users"
    SIGNED_IN = "everybody who is signed in"
    DEMO = "everybody who tries the demo"


def open_to_everybody(view: View) -> View:
    """Declare that nobody has to sign in."""
    return _declare(view, Access.EVERYBODY)


def for_school_users(view: View) -> View:
    """Declare that a user of a school must be signed in; ``current_actor()`` is that user."""
    return _declare(view, Access.SCHOOL_USERS)


def for_whoever_is_signed_in(view: View) -> View:
    """Declare that somebody must be signed in, with a school or without."""
    return _declare(view, Access.SIGNED_IN)


def demo_only(view: View) -> View:
    """Declare that this exists in the demo only; elsewhere it is never registered."""
    return _declare(view, Access.DEMO)


def _declare(view: View, access: Access) -> View:
    view.__dict__["access"] = access
    return view


def access_of(app: Flask, endpoint: str) -> Access:
    """What a view declares. Raises LookupError for one that declares nothing."""
    access = vars(app.view_functions[endpoint]).get("access")
    if not isinstance(access, Access):
        raise LookupError(f"{endpoint} does not say who may see it")
    return access


@attrs.frozen
class SignedIn:
    """Who is signed in, for which school. The names are for showing only."""

    user: str
    name: str
    school: Urn
    school_name: str
    may_switch: bool = False  # to another school of theirs


def signed_in() -> SignedIn | None:
    """Whoever is using the service for a school."""
    session = current_session()
    if session is None or session.school is None:
        return None
    school = session.school
    return SignedIn(
        session.user, session.name, school.urn, school.name, may_switch=len(session.schools) > 1
    )


def current_actor() -> Actor:
    """Who acts, for which school; in views for school users there is always somebody."""
    who = signed_in()
    if who is None:
        raise LookupError("nobody is signed in")
    return Actor(who.user, who.school)


def check_every_view_declares(app: Flask) -> None:
    """Raises LookupError for a view that does not say whom it is for."""
    for rule in app.url_map.iter_rules():
        access_of(app, rule.endpoint)


def let_in_or_send_away() -> ResponseReturnValue | None:
    """Before every request: nobody reaches a view that is not for them."""
    if request.endpoint is None or request.method == "OPTIONS":
        return None
    access = access_of(current_app, request.endpoint)
    if access not in {Access.SCHOOL_USERS, Access.SIGNED_IN}:
        return None
    session = use_current_session()
    if session is None:
        return _send_to_sign_in()
    if access is Access.SIGNED_IN or session.school is not None:
        return None
    return _without_a_school(session)


def _send_to_sign_in() -> ResponseReturnValue:
    page = this_page()
    if request.method == "GET" and here().sign_in is not None and came_elsewhere():
        return redirect(signing_in_at_home(page))
    remember_page(page)
    if request.method == "POST":  # what was typed cannot be kept: say so
        return render_template("system/signed_out.html", lost=True), 401
    return redirect(sign_in_address())


def _without_a_school(session: Session) -> ResponseReturnValue:
    """There is one to choose, or none at all."""
    if not session.schools:
        return access_denied(session)
    remember_page(this_page())
    return redirect(url_for("schools.choose"), 303)


def access_denied(session: Session) -> ResponseReturnValue:
    """What they signed in as, why that is not enough, and who can help."""
    page = render_template(
        "signing_in/access_denied.html",
        rule=SCHOOL_SIGN_IN.id,
        signed_in_as=session.signed_in_as,
        why_not=session.why_not,
    )
    return page, 403


def sign_in_address() -> str:
    """Returns the address of the page to sign in."""
    demo = here().demo
    return url_for("signing_in.sign_in" if demo is None else demo.sign_in)
