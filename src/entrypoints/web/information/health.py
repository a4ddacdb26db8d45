"""Whether the service runs, and whether it can do its work: for the platform."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from ect_registration.ports.errors import Unavailable
from entrypoints.web.information.health_checks import Check
from entrypoints.web.platform.access import open_to_everybody
from entrypoints.web.platform.context import here
from entrypoints.web.platform.outages import log_outage
from entrypoints.web.platform.requests_log import note_findings, say_nothing

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
    checks = here().checks
    database, trs = _passes(checks.database), _passes(checks.trs)
    found = {
        "status": "ready" if database else "not ready",
        "database": "ok" if database else "out of reach, or not our schema",
        "trs": "ok" if trs else "warning: out of reach",
    }
    _log_what_is_new(f"database {found['database']}; TRS {found['trs']}", database)
    return jsonify(found), (200 if database else 503)


def _log_what_is_new(found: str, passed: bool) -> None:
    """Logs failures and changes only, because platforms ask every few seconds."""
    if here().last_found.replace(found) == found and passed:
        say_nothing()
    note_findings(found)


def _passes(check: Check) -> bool:
    try:
        check()
    except Unavailable as trouble:
        log_outage(trouble)
        return False
    return True
