"""Pages about the service itself, linked from every footer."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from ect_registration.domain.policy import in_words
from entrypoints.web.platform.access import open_to_everybody
from entrypoints.web.signing_in import attempts

# Days in the accessibility statement. Every page is tested with each release: see docs/pages.md.
STATEMENT_PREPARED_ON = date(2026, 11, 29)
PAGES_TESTED_ON = date(2026, 11, 29)

blueprint = Blueprint("about", __name__)


@blueprint.get("/help")
@open_to_everybody
def help() -> ResponseReturnValue:
    """Shows who helps users, and what support needs to know."""
    return render_template("about/help.html")


@blueprint.get("/cookies")
@open_to_everybody
def cookies() -> ResponseReturnValue:
    """Shows which cookies the service uses."""
    return render_template(
        "about/cookies.html",
        cookie=current_app.config["SESSION_COOKIE_NAME"],
        most_tabs=attempts.MOST,
        life_of_attempt=in_words(attempts.LIFE),
    )


@blueprint.get("/privacy")
@open_to_everybody
def privacy() -> ResponseReturnValue:
    """Shows what the service keeps about people, and why."""
    return render_template("about/privacy.html")


@blueprint.get("/accessibility")
@open_to_everybody
def accessibility() -> ResponseReturnValue:
    """Shows the accessibility statement."""
    return render_template(
        "about/accessibility.html",
        prepared_on=STATEMENT_PREPARED_ON,
        tested_on=PAGES_TESTED_ON,
    )
