"""Makes the simulator's answers: bodies of TRS's two families, and the many empty ones."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from flask import Response

_JSON = "application/json; charset=utf-8"
_PROBLEM = "application/problem+json; charset=utf-8"
_RFC = "https://tools.ietf.org/html/rfc9110#section-15.5.1"


class TrsResponse(Response):
    """Represents a response without a content type unless one is given, like TRS's empty ones."""

    default_mimetype = None


def empty(status: int, **headers: str) -> Response:
    """Return a response without a body."""
    return TrsResponse(status=status, headers=headers)


def as_json(content: object, status: int = 200, content_type: str = _JSON) -> Response:
    """Return a response with JSON."""
    body = json.dumps(content, ensure_ascii=False)
    return TrsResponse(body, status, content_type=content_type)


def domain_problem(status: int, code: int, title: str, detail: str | None = None) -> Response:
    """Return a problem of TRS's own family: an error code, no trace."""
    told = {} if detail is None else {"detail": detail}
    content = {"title": title, "status": status, **told, "errorCode": code}
    return as_json(content, status, _PROBLEM)


def framework_problem(errors: dict[str, list[str]] | None = None) -> Response:
    """Return a problem of the web framework's family, always 400: a trace, no error code."""
    title = "Bad Request" if errors is None else "One or more validation errors occurred."
    told: dict[str, Any] = {} if errors is None else {"errors": errors}
    trace = f"00-{uuid4().hex}-{uuid4().hex[:16]}-00"
    content = {"type": _RFC, "title": title, "status": 400, **told, "traceId": trace}
    return as_json(content, 400, _PROBLEM)


def not_found(trn: str, mismatch: str = "") -> Response:
    """Return 404 for an unknown TRN, or for a second fact that differs: the detail repeats it."""
    return domain_problem(404, 10001, "Person not found.", f"TRN: '{trn}'{mismatch}")


def moved(path: str) -> Response:
    """Return 308 for a merged record. The Location is relative and loses the query."""
    return empty(308, Location=path)


def not_simulated() -> Response:
    """Return 501: better no answer than one of a wrong shape."""
    text = "The simulator knows the bodies of version 20250627 and later only."
    return TrsResponse(text, 501, mimetype="text/plain")
