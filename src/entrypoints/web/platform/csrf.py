"""Protection against forged posts, and posts from pages that were open for too long."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from entrypoints.web.platform.context import here
from entrypoints.web.platform.sessions import current_session

SIGN_OUT = "signing_in.sign_out"  # the endpoint
STALE = "This page was open for too long. Check your answers, then continue"
STALE_WITHOUT_ANSWERS = "This page was open for too long, and nothing has been changed. Continue"


def protect(app: Flask) -> CSRFProtect:
    """Requires the session's token on every post, and refuses posts from other sites."""
    app.before_request(_refuse_other_sites)
    csrf = CSRFProtect(app)
    app.register_error_handler(CSRFError, _show_again)
    return csrf


def _refuse_other_sites() -> None:
    """Refuses posts that a browser says come from another site."""
    if request.method != "POST":
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is None and origin is not None:
        ours = {request.host, urlsplit(here().settings.base_url).netloc}
        site = "same-origin" if urlsplit(origin).netloc in ours else "cross-site"
    if site not in {None, "same-origin", "none"}:
        abort(400)


def stale_answers() -> bool:
    """Says whether this is a page shown again, with what was posted without a good token."""
    return bool(g.get("stale_answers", False))


def _show_again(_: CSRFError) -> ResponseReturnValue:
    """Shows the page as for a GET, with the typed answers and a fresh token."""
    rule = request.url_rule
    if rule is not None and rule.endpoint == SIGN_OUT and current_session() is None:
        # Signed out in another tab: there is nothing left to do.
        return redirect(url_for("signing_in.signed_out"), 303)
    if rule is None or "GET" not in (rule.methods or ()):
        return render_template("system/stale.html"), 400
    g.stale_answers = True
    request.method = "GET"
    answer = _ask(rule.endpoint)
    if answer.status_code in {200, 422}:
        answer.status_code = 400
    return answer


def _ask(endpoint: str) -> Response:
    """Returns the view's answer, or the page for the error that it raises."""
    try:
        found = current_app.view_functions[endpoint](**(request.view_args or {}))
    except Exception as error:  # noqa: BLE001 - whatever it is, its handler knows
        found = current_app.handle_user_exception(error)
    return make_response(found)
