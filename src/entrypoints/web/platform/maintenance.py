"""Closes the pages for maintenance, before anything asks the database."""

from __future__ import annotations

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from entrypoints.api.answers import unavailable
from entrypoints.api.endpoints import BASE
from entrypoints.web.platform.context import here

OPEN = {"assets.asset", "health.live", "health.ready"}  # the files of the page itself, and checks


def set_up(app: Flask) -> None:
    """Asks about maintenance before every request."""
    app.before_request(_closed)


def _closed() -> ResponseReturnValue | None:
    """Says that the service is closed, unless it is open.

    Programs are told as JSON, those of lead providers in the shape that they expect.
    """
    closed = here().settings.maintenance
    if closed is None or request.endpoint in OPEN:
        return None
    now = here().ports.clock.now()
    expected, seconds = closed.expected_at(now), closed.retry_after(now)
    if request.path.startswith(f"{BASE}/"):
        return unavailable(seconds)
    retry = {"Retry-After": str(seconds)}
    if request.accept_mimetypes.best == "application/json":
        until = expected and expected.isoformat()
        return jsonify(status="maintenance", until=until), 503, retry
    return render_template("system/maintenance.html", expected=expected), 503, retry
