"""Pages for errors. None shows a stack trace, and each says what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import NoReturn

from flask import Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.rules.identifying.identity import TRS_UNAVAILABLE
from ect_registration.domain.rules.identifying.limits import JOURNEYS_EXPIRE
from ect_registration.ports.errors import Contention, Rejected, Unavailable
from ect_registration.use_cases.journeys.journey_type import Gone
from entrypoints.api import answers
from entrypoints.api.endpoints import BELOW
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.outages import log_busy, log_outage, log_rejected, log_undecided
from entrypoints.web.platform.requests.requests_log import note_rule
from entrypoints.web.platform.template_globals import on_our_date, time_and_date

TRY_AGAIN_AFTER = "30"  # seconds
NEARLY_A_MINUTE = timedelta(minutes=1, microseconds=-1)

PAGES = {
    400: "system/bad_request.html",
    401: "system/signed_out.html",
    404: "system/not_found.html",
    405: "system/not_allowed.html",
    413: "system/too_large.html",
    500: "system/problem.html",
    503: "system/unavailable.html",
}


def set_up(app: Flask) -> None:
    """Registers a page for every error."""
    app.register_error_handler(HTTPException, error_page)
    app.register_error_handler(Gone, _gone)
    app.register_error_handler(Unavailable, _out_of_reach)
    app.register_error_handler(Contention, _busy)
    app.register_error_handler(Rejected, _rejected)


def error_page(error: HTTPException) -> ResponseReturnValue:
    """Returns the page for an error of HTTP, by its status."""
    if request.path.startswith(BELOW):  # a method that no endpoint has
        return answers.not_found()
    status = error.code or 500
    template = PAGES.get(status) or PAGES[400 if status < 500 else 500]
    answer = Response(render_template(template), status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def not_found(blocked: Blocked) -> NoReturn:
    """Answers as for an unknown address; only the log has the rule."""
    note_rule(blocked.rule.id)
    abort(404)


def _gone(_: Gone) -> ResponseReturnValue:
    of_mentor = "ect" in (request.view_args or {})
    page = render_template(
        "system/journey_over.html", rule=JOURNEYS_EXPIRE.id, of_mentor=of_mentor
    )
    return page, 404


def _out_of_reach(error: Unavailable) -> ResponseReturnValue:
    log_outage(error)
    return _not_available()


def _busy(error: Contention) -> ResponseReturnValue:
    """Shows that the service is unavailable when the database is busy."""
    log_busy(error)
    return _not_available()


def _not_available() -> ResponseReturnValue:
    return render_template(PAGES[503]), 503, {"Retry-After": TRY_AGAIN_AFTER}


def _rejected(error: Rejected) -> ResponseReturnValue:
    """Shows a page that does not suggest trying again, because this is a bug."""
    log_rejected(error)
    return render_template(PAGES[500], nothing_saved=True), 500


def trs_unavailable(
    try_again: str | None = None,
    blocked: Blocked | None = None,
    typed: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Shows that TRS is out of reach, with a way back to the answers at ``try_again``.

    ``typed`` is on no draft yet: it is posted there, with ``again``: that answers nothing.
    """
    address = try_again or request.root_path + request.path
    blocked = blocked or TRS_UNAVAILABLE.cannot_tell()
    log_undecided(blocked)
    page = render_template(
        "system/trs_unavailable.html", try_again=address, rule=blocked.rule.id, typed=typed
    )
    return page, 503, {"Retry-After": TRY_AGAIN_AFTER}


def too_many_attempts(
    blocked: Blocked,
    try_again: str,
    typed: Mapping[str, str] | None = None,
    step: str | None = None,
    *,
    changing: bool = False,
) -> ResponseReturnValue:
    """Shows when to try again. ``typed`` is posted to ``try_again``, as in trs_unavailable.

    ``step``: the question that was answered too many times, if it was one; ``changing``: of a
    change, whose earlier answers the page carries.
    """
    then = _free_again_at(blocked)
    seconds = ceil((then - current_ports().clock.now()).total_seconds())
    page = render_template(
        "system/too_many_attempts.html",
        try_again=try_again,
        try_again_at=free_again_on(blocked),
        rule=blocked.rule.id,
        typed=typed,
        step=step,
        changing=changing,
    )
    return page, 429, {"Retry-After": str(max(seconds, 1))}


def free_again_on(blocked: Blocked) -> str:
    """Returns when a user who tried too many times can try again, as pages show it."""
    shown = _free_again_at(blocked) + NEARLY_A_MINUTE  # it is shown without its seconds
    return time_and_date(on_our_date(shown))


def _free_again_at(blocked: Blocked) -> datetime:
    return datetime.fromisoformat(str(blocked.because["try_again_at"]))
