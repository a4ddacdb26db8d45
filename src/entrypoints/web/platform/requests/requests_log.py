"""A log line for each request and each failure, without personal data."""

from __future__ import annotations

import re
import time
import traceback
from secrets import token_hex

import structlog
from flask import Flask, Response, before_render_template, g, has_app_context, request

CONVERTED = re.compile(r"<(?:[^<>]*:)?(\w+?)(?:_id)?>")  # <any('find','name'):step_id>
OF_A_JOURNEY = re.compile(r"/(?:register-ect|register-mentor|assign-mentor)/<id>/([a-z-]+)$")
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
HEADER = "X-Request-ID"
ARRIVED = "ect.arrived"  # in the environment: when the server had all of the request

log = structlog.get_logger("entrypoints.web")


def set_up(app: Flask) -> None:
    """Logs a line for every request, with its duration."""
    app.before_request(_begin)
    app.after_request(_end)
    before_render_template.connect(_note_rule_of_page, app)


def note_rule(rule_id: str) -> None:
    """Lets the line of this request say which rule stopped it, where no page carries the rule."""
    g.rule = rule_id


def say_nothing() -> None:
    """Leaves this request out of the log."""
    g.unlogged = True


def note_findings(what: str) -> None:
    """Lets the line of this request say what a check of the service's health found."""
    g.what = what


def _note_rule_of_page(_: Flask, context: dict[str, object], **__: object) -> None:
    """Notes the rule that the page shows as ``data-rule``."""
    if isinstance(rule := context.get("rule"), str):
        note_rule(rule)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if GIVEN_ID.fullmatch(given) else token_hex(16)
    g.began = request.environ.get(ARRIVED, time.perf_counter())  # it may have waited since


def _end(answer: Response) -> Response:
    """Logs the request without its address and query, which may identify a person."""
    answer.headers[HEADER] = g.request_id
    if g.get("unlogged"):
        return answer
    route = route_of_request()
    log.info(
        "request",
        request_id=g.request_id,
        method=request.method if request.method.isalpha() else "",
        route=route,
        **_known(step=_step(route), rule=g.get("rule"), what=g.get("what")),
        status=answer.status_code,
        milliseconds=round((time.perf_counter() - g.began) * 1000, 1),
    )
    return answer


def route_of_request() -> str | None:
    """Returns the route with the names of its parts, such as ``/school/ects/<id>``."""
    return CONVERTED.sub(r"<\1>", request.url_rule.rule) if request.url_rule else None


def _step(route: str | None) -> str | None:
    """Returns the step that was asked for: it is one of ours, or no route would have led here."""
    parts = request.view_args or {}
    step = parts.get("step_id") or parts.get("step")
    if step is None and (match := OF_A_JOURNEY.search(route or "")):
        return match[1]
    return step


def _known(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def log_failure(error: BaseException | None) -> None:
    """Logs the types and places of an error only: messages may quote typed text."""
    request_id = g.get("request_id") if has_app_context() else None
    log.error("failure", request_id=request_id, chain=chain_of(error))


def chain_of(error: BaseException | None) -> list[dict[str, object]]:
    """Returns the type and the places of an error and of its causes."""
    chain: list[dict[str, object]] = []
    while error is not None and len(chain) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"type": type(error).__name__, "at": places})
        error = error.__cause__ or error.__context__
    return chain
