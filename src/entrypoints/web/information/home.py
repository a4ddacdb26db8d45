"""The start page."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from entrypoints.web.platform import access
from entrypoints.web.platform.access import open_to_everybody

HOME = "/school/ects"  # of whoever is signed in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@open_to_everybody
def start() -> ResponseReturnValue:
    """What the service is; whoever is signed in goes straight on."""
    if access.signed_in() is not None:
        return redirect(HOME)
    return render_template("start.html")
