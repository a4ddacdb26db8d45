"""What the simulator answers with: bodies of TRS's two families, and the many empty ones."""

from __future__ import annotations

import json
from uuid import uuid4

import attrs

Headers = tuple[tuple[str, str], ...]

_PROBLEM = (("Content-Type", "application/problem+json; charset=utf-8"),)
_RFC = "https://tools.ietf.org/html/rfc9110#section-15.5.1"


@attrs.frozen
class Response:
    """Status, headers and body. The content length is added on the way out."""

    status: int
    headers: Headers = ()
    body: bytes = attrs.field(default=b"", repr=False)


def as_json(content: object, status: int = 200) -> Response:
    """An answer that went well."""
    headers = (("Content-Type", "application/json; charset=utf-8"),)
    return Response(status, headers, json.dumps(content, ensure_ascii=False).encode())


def _problem(status: int, content: dict[str, object]) -> Response:
    return Response(status, _PROBLEM, json.dumps(content, ensure_ascii=False).encode())


def domain_problem(status: int, code: int, title: str, detail: str | None = None) -> Response:
    """TRS's own family: an error code, no trace."""
    told = {} if detail is None else {"detail": detail}
    return _problem(status, {"title": title, "status": status, **told, "errorCode": code})


def framework_problem(errors: dict[str, list[str]] | None = None) -> Response:
    """The web framework's family, always 400: a trace, no error code."""
    title = "Bad Request" if errors is None else "One or more validation errors occurred."
    told: dict[str, object] = {} if errors is None else {"errors": errors}
    trace = f"00-{uuid4().hex}-{uuid4().hex[:16]}-00"
    return _problem(400, {"type": _RFC, "title": title, "status": 400, **told, "traceId": trace})


def not_found(trn: str, mismatch: str = "") -> Response:
    """Unknown, or a second fact that differs: then the detail repeats it."""
    return domain_problem(404, 10001, "Person not found.", f"TRN: '{trn}'{mismatch}")


def moved(path: str) -> Response:
    """Merged. The Location is relative and loses the query."""
    return Response(308, (("Location", path),))


def not_simulated() -> Response:
    """Better no answer than one of a wrong shape."""
    text = b"The simulator knows the bodies of version 20250627 and later only."
    return Response(501, (("Content-Type", "text/plain; charset=utf-8"),), text)
