"""One line for each request, and one for each failure; nothing about people in either."""

from __future__ import annotations

import re
import time
import traceback
from secrets import token_hex

import structlog
from flask import Flask, Response, g, has_app_context, request

GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
HEADER = "X-Request-ID"

log = structlog.get_logger("entrypoints.web")


def set_up(app: Flask) -> None:
    """Count from the first moment to the last."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if GIVEN_ID.fullmatch(given) else token_hex(16)
    g.began = time.perf_counter()


def _end(answer: Response) -> Response:
    """The route as declared: addresses and queries may say who somebody is."""
    answer.headers[HEADER] = g.request_id
    log.info(
        "request",
        request_id=g.request_id,
        method=request.method if request.method.isalpha() else "",
        route=request.url_rule.rule if request.url_rule else None,
        status=answer.status_code,
        milliseconds=round((time.perf_counter() - g.began) * 1000, 1),
    )
    return answer


def log_failure(error: BaseException | None) -> None:
    """Types and places only: messages may quote what was typed."""
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
