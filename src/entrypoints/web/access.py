"""Who may see which page: every view says so itself, and one guard sees to it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import attrs
from flask import Flask, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from ect_registration.domain.values import Urn
from ect_registration.use_cases.ports import Actor

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """Whom a view is for."""

    EVERYBODY = "everybody"
    SCHOOL_USERS = "school users"
    DEMO = "everybody who tries the demo"


def open_to_everybody(view: View) -> View:
    """Declare that nobody has to sign in."""
    return _declare(view, Access.EVERYBODY)


def for_school_users(view: View) -> View:
    """Declare that a user of a school must be signed in; ``current_actor()`` is that user."""
    return _declare(view, Access.SCHOOL_USERS)


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
    """Who is signed in. The names are for showing only."""

    user: str
    name: str
    school: Urn
    school_name: str


def sign_in(who: SignedIn) -> None:
    """Begin a session; nothing of an earlier one is left."""
    session.clear()
    session.update(
        user=who.user, name=who.name, school=who.school.digits, school_name=who.school_name
    )


def sign_out() -> None:
    """End the session."""
    session.clear()


def signed_in() -> SignedIn | None:
    """Whoever is using the service."""
    if "user" not in session:
        return None
    return SignedIn(
        session["user"], session["name"], Urn(session["school"]), session["school_name"]
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
    if access is not Access.SCHOOL_USERS or signed_in() is not None:
        return None
    if request.method == "POST":  # what was typed cannot be kept: say so
        return render_template("system/signed_out.html", lost=True), 401
    return redirect(sign_in_address())


def sign_in_address() -> str:
    """Where one signs in here."""
    return "/demo/sign-in" if "demo" in current_app.blueprints else "/sign-in"
