"""Pages about the service itself, linked from every footer."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from entrypoints.web.platform.access import open_to_everybody

blueprint = Blueprint("about", __name__)


@blueprint.get("/cookies")
@open_to_everybody
def cookies() -> ResponseReturnValue:
    """The cookie that there always is, and those of signing in."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    return render_template("about/cookies.html", cookie=name)


@blueprint.get("/privacy")
@open_to_everybody
def privacy() -> ResponseReturnValue:
    """What is kept about people, and why."""
    return render_template("about/privacy.html")


@blueprint.get("/accessibility")
@open_to_everybody
def accessibility() -> ResponseReturnValue:
    """How well the service can be used by everybody."""
    return render_template("about/accessibility.html")
