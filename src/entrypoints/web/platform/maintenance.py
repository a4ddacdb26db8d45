"""Closes the pages for maintenance, before anything asks the database."""

from __future__ import annotations

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from entrypoints.web.platform.context import here

OPEN = {"assets.asset", "health.live", "health.ready"}  # the files of the page itself, and checks


def set_up(app: Flask) -> None:
    """Asks about maintenance before every request."""
    app.before_request(_closed)


def _closed() -> ResponseReturnValue | None:
    """Says that the service is closed, unless it is open; programs are told as JSON."""
    closed = here().settings.maintenance
    if closed is None or request.endpoint in OPEN:
        return None
    now = here().ports.clock.now()
    expected, retry = closed.expected_at(now), {"Retry-After": str(closed.retry_after(now))}
    for_programs = request.accept_mimetypes.best == "application/json"
    if for_programs or request.blueprint == "lead_provider_api":
        until = expected and expected.isoformat()
        return jsonify(status="maintenance", until=until), 503, retry
    return render_template("system/maintenance.html", expected=expected), 503, retry
