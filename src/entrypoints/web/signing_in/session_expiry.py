"""The end of a session, and how to stay signed in for longer."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from entrypoints.web.platform.access import for_whoever_is_signed_in, open_to_everybody
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.sessions import current_session

blueprint = Blueprint("staying", __name__, url_prefix="/session")


@blueprint.route("", methods=["GET", "POST"])
@for_whoever_is_signed_in
def stay() -> ResponseReturnValue:
    """Shows when the session ends. Opening this page or posting to it extends the session."""
    return render_template("signing_in/session.html")


@blueprint.get("/left")
@open_to_everybody
def left() -> ResponseReturnValue:
    """Answers how many seconds are left, without extending the session."""
    session = current_session()
    now = current_ports().clock.now()
    seconds = 0 if session is None else int((session.ends_at - now).total_seconds())
    return jsonify(seconds=seconds)
