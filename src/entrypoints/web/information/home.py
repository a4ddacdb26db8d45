"""The start page."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from entrypoints.web.platform import access
from entrypoints.web.platform.access import open_to_everybody

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@open_to_everybody
def start() -> ResponseReturnValue:
    """Show what the service is for, or send a signed-in user to the ECTs page."""
    if access.signed_in() is not None:
        return redirect(home_address())
    return render_template("start.html")


def home_address() -> str:
    """Returns the address of the first page for a signed-in user: the ECTs page."""
    return url_for("ects.ects")
