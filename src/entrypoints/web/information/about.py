"""Pages about the service itself, linked from every footer."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from entrypoints.web.platform.access import open_to_everybody

blueprint = Blueprint("about", __name__)


@blueprint.get("/cookies")
@open_to_everybody
def cookies() -> ResponseReturnValue:
    """Shows which cookies the service uses."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    return render_template("about/cookies.html", cookie=name)


@blueprint.get("/privacy")
@open_to_everybody
def privacy() -> ResponseReturnValue:
    """Shows what the service keeps about people, and why."""
    return render_template("about/privacy.html")


@blueprint.get("/accessibility")
@open_to_everybody
def accessibility() -> ResponseReturnValue:
    """Shows the accessibility statement."""
    return render_template("about/accessibility.html")
