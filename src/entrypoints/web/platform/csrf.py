"""Posts that did not come from a page of ours, or from one that has grown old."""

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
    """Every post needs the token of its session, and must not come from another site."""
    app.before_request(_refuse_other_sites)
    csrf = CSRFProtect(app)
    app.register_error_handler(CSRFError, _show_again)
    return csrf


def _refuse_other_sites() -> None:
    """Browsers say where a post comes from, and nobody else can be tricked into sending one."""
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
    """Whether this is a page shown again, with what was posted without a good token."""
    return bool(g.get("stale_answers", False))


def _show_again(_: CSRFError) -> ResponseReturnValue:
    """The page as for a GET, which changes nothing, with what was typed and a fresh token."""
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
    """What the view answers, or the page for what it raises: Flask is past that by now."""
    try:
        found = current_app.view_functions[endpoint](**(request.view_args or {}))
    except Exception as error:  # noqa: BLE001 - whatever it is, its handler knows
        found = current_app.handle_user_exception(error)
    return make_response(found)
