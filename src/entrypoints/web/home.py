"""The way in and the way out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from entrypoints.web import access
from entrypoints.web.access import open_to_everybody

HOME = "/school/ects"  # of whoever is signed in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@open_to_everybody
def start() -> ResponseReturnValue:
    """What the service is; whoever is signed in goes straight on."""
    if access.signed_in() is not None:
        return redirect(HOME)
    return render_template("start.html")


@blueprint.get("/sign-in")
@open_to_everybody
def sign_in() -> ResponseReturnValue:
    """Where DfE Sign-in will be."""
    if access.signed_in() is not None:
        return redirect(HOME)
    return render_template("system/no_sign_in.html")


@blueprint.post("/sign-out")
@open_to_everybody
def sign_out() -> ResponseReturnValue:
    """End the session, and say so."""
    access.sign_out()
    return redirect(url_for("home.signed_out"), 303)


@blueprint.get("/signed-out")
@open_to_everybody
def signed_out() -> ResponseReturnValue:
    """Nobody is signed in any more."""
    if access.signed_in() is not None:
        return redirect(HOME)
    return render_template("system/signed_out.html")
