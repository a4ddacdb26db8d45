"""Log lines for operators about what the service depends on: which dependency fails, and why."""

from __future__ import annotations

from flask import g, has_app_context

from ect_registration.domain.decisions import Blocked
from ect_registration.ports.errors import Unavailable
from entrypoints.web.platform.requests.requests_log import chain_of, log


def log_outage(error: Unavailable) -> None:
    """Warn that a dependency is out of reach."""
    _warn(error.what, error.why)


def log_undecided(blocked: Blocked) -> None:
    """Warn that a rule could not be decided, if that is because a dependency is out of reach."""
    if "why" in blocked.because:
        _warn(str(blocked.because["what"]), str(blocked.because["why"]))


def log_busy(error: Exception) -> None:
    """Warn that the database was too busy for a page."""
    _warn("database", f"busy: {error}")


def log_rejected(error: Unavailable) -> None:
    """Log the guarantee that refuses a change every time, and where the change was made."""
    log.error(
        "rejected",
        request_id=_request_id(),
        what=error.what,
        why=error.why,
        chain=chain_of(error),
    )


def _warn(what: str, why: str) -> None:
    log.warning("unavailable", request_id=_request_id(), what=what, why=why)


def _request_id() -> str | None:
    return g.get("request_id") if has_app_context() else None
