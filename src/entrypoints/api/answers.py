"""Answers of the programming interface: data, and what is wrong, both as JSON."""

from __future__ import annotations

import json
from typing import Any

from flask import Response

from entrypoints.api.rendering import plain
from entrypoints.api.shapes import Errors, NoAccess, Trouble

TRY_AGAIN_AFTER = 30  # seconds


def data(found: Any) -> Response:
    """Returns what was asked for."""
    return _json({"data": found}, 200)


def troubles(status: int, *wrong: Trouble, **headers: str) -> Response:
    """Returns what is wrong with a request, or why it cannot be answered now."""
    answer = _json(plain(Errors(wrong)), status)
    for name, value in headers.items():
        answer.headers[name.replace("_", "-")] = value
    return answer


def bad_request(title: str, detail: str) -> Response:
    """Says which parameter, or what of the body, cannot be read."""
    return troubles(400, Trouble(title, detail))


def not_found() -> Response:
    """Says that there is no such record, as for one that another lead provider sees."""
    return troubles(404, Trouble("Not found", "There is nothing at this address for you"))


def no_access() -> Response:
    """Says that a request needs a token that is accepted."""
    detail = "Send a token that is neither expired nor revoked: Authorization: Bearer TOKEN"
    answer = _json(plain(NoAccess(detail)), 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def too_many(seconds: int) -> Response:
    """Says when the token is accepted again."""
    detail = f"This token was used too often. Try again in {seconds} seconds"
    return troubles(429, Trouble("Too many requests", detail), Retry_After=str(seconds))


def unavailable(seconds: int = TRY_AGAIN_AFTER) -> Response:
    """Says that nothing was changed, and when to try again."""
    return _not_available(f"Nothing was changed. Try again in {seconds} seconds", seconds)


def not_finished(seconds: int = TRY_AGAIN_AFTER) -> Response:
    """Says when to try again; what was sent may have been kept all the same."""
    detail = f"Try again in {seconds} seconds. If you sent something, look for it first"
    return _not_available(detail, seconds)


def _not_available(detail: str, seconds: int) -> Response:
    return troubles(503, Trouble("Not available", detail), Retry_After=str(seconds))


def _json(content: Any, status: int) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type="application/json; charset=utf-8")
