"""Tells the platform whether the service runs, and whether it can do its work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from ect_registration.ports.errors import Unavailable
from entrypoints.web.information.health_checks import Check
from entrypoints.web.platform.access import open_to_everybody
from entrypoints.web.platform.context import here
from entrypoints.web.platform.outages import log_outage
from entrypoints.web.platform.requests.requests_log import note_findings, say_nothing

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
@open_to_everybody
def live() -> ResponseReturnValue:
    """Answers that the service is running."""
    say_nothing()
    return jsonify(status="live")


@blueprint.get("/ready")
@open_to_everybody
def ready() -> ResponseReturnValue:
    """Checks the database and TRS; without TRS much still works, so that is only a warning."""
    checks, closed = here().checks, here().settings.maintenance
    (database, note), (trs, _) = _look(checks.database), _look(checks.trs)
    fine = f"ok: {note}" if note else "ok"
    found = {
        "status": "ready" if database is None else "not ready",
        "database": fine if database is None else "out of reach, or not our schema",
        "trs": "ok" if trs is None else "warning: out of reach",
    }
    if closed is not None:  # the page that says so is for every server to show
        return jsonify({**found, "status": "maintenance"})
    _log_what_is_new(found, [trouble for trouble in (database, trs) if trouble is not None])
    return jsonify(found), (200 if database is None else 503)


def _log_what_is_new(found: Mapping[str, str], troubles: Sequence[Unavailable]) -> None:
    """Logs failures and changes only, because platforms ask every few seconds."""
    what = f"database {found['database']}; TRS {found['trs']}"
    is_new = here().last_found.replace(what) != what
    if is_new:
        for trouble in troubles:
            log_outage(trouble)
    elif found["status"] == "ready":
        say_nothing()
    note_findings(what)


def _look(check: Check) -> tuple[Unavailable | None, object]:
    """Returns why a check fails, or None and what it notes when it passes."""
    try:
        return None, check()
    except Unavailable as trouble:
        return trouble, None
