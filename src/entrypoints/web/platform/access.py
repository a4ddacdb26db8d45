"""Access to pages: every view declares who may see it, and one guard checks it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import attrs
from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.access import SCHOOL_SIGN_IN, check_school_cannot_register
from ect_registration.domain.sessions import Session
from ect_registration.domain.values import Urn
from ect_registration.use_cases.transactions import Actor, Tells
from entrypoints.web.platform.context import here
from entrypoints.web.platform.messages import message_of
from entrypoints.web.platform.requests.own_address import came_elsewhere, signing_in_at_home
from entrypoints.web.platform.sessions import (
    current_session,
    remember_page,
    this_page,
    use_current_session,
)

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """The users that a view is for."""

    EVERYBODY = "everybody"
    SCHOOL_USERS = "school users"
    SIGNED_IN = "signed-in users"
    LEAD_PROVIDERS = "programs of lead providers, with a token"
    DEMO = "users of the demo"


def open_to_everybody(view: View) -> View:
    """Declares that a view needs no sign-in."""
    return _declare(view, Access.EVERYBODY)


def for_school_users(view: View) -> View:
    """Declares that a view needs a signed-in user of a school, who is ``current_actor()``."""
    return _declare(view, Access.SCHOOL_USERS)


def for_whoever_is_signed_in(view: View) -> View:
    """Declares that a view needs a signed-in user, with or without a school."""
    return _declare(view, Access.SIGNED_IN)


def for_lead_providers(view: View) -> View:
    """Declares that a view needs the token of a lead provider, and no session."""
    return _declare(view, Access.LEAD_PROVIDERS)


def demo_only(view: View) -> View:
    """Declares that a view exists in the demo only; elsewhere it is never registered."""
    return _declare(view, Access.DEMO)


def _declare(view: View, access: Access) -> View:
    view.__dict__["access"] = access
    return view


def access_of(app: Flask, endpoint: str) -> Access:
    """Returns what a view declares. Raises LookupError for one that declares nothing."""
    access = vars(app.view_functions[endpoint]).get("access")
    if not isinstance(access, Access):
        raise LookupError(f"{endpoint} does not say who may see it")
    return access


@attrs.frozen
class SignedIn:
    """The signed-in user and their school. The names are only for showing."""

    user: str
    name: str
    school: Urn
    school_name: str
    may_switch: bool = False  # to another school of theirs


def signed_in() -> SignedIn | None:
    """Returns the signed-in user of a school, or None."""
    session = current_session()
    if session is None or session.school is None:
        return None
    school = session.school
    return SignedIn(
        session.user, session.name, school.urn, school.name, may_switch=len(session.schools) > 1
    )


def current_actor() -> Actor:
    """Returns the user and school that act. Raises LookupError without a signed-in user."""
    who = signed_in()
    if who is None:
        raise LookupError("no user is signed in")
    return Actor(who.user, who.school, Tells.EVERYBODY)


def why_cannot_register() -> str | None:
    """Returns why the user's school cannot register ECTs; None when it can."""
    session = current_session()
    school = None if session is None else session.school
    decision = None if school is None else check_school_cannot_register(school)
    return message_of(decision) if isinstance(decision, Blocked) else None


def check_every_view_declares(app: Flask) -> None:
    """Raises LookupError for a view that does not declare its access."""
    for rule in app.url_map.iter_rules():
        access_of(app, rule.endpoint)


def let_in_or_send_away() -> ResponseReturnValue | None:
    """Checks access before every request, and redirects users without it."""
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
    """Redirects to the choice of school, or shows that the user has none."""
    if not session.schools:
        return access_denied(session)
    remember_page(this_page())
    return redirect(url_for("schools.choose"), 303)


def access_denied(session: Session) -> ResponseReturnValue:
    """Shows why a signed-in user cannot use the service, and who can help."""
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
