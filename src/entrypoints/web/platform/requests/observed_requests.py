"""Tells the observer of every request: its route, never its address."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request

from entrypoints.web.platform.context import here
from entrypoints.web.platform.requests.requests_log import route_of_request

NO_ROUTE = "none"
OUTCOME_DONE = "done"


def set_up(app: Flask) -> None:
    """Tells of requests when they are answered."""
    app.after_request(_tell)


def note_done() -> None:
    """Lets this request count as one that finished a journey."""
    g.done = True


def _tell(answer: Response) -> Response:
    route, observer = route_of_request() or NO_ROUTE, here().observer
    seconds = time.perf_counter() - g.began
    observer.request(route, request.method, answer.status_code, seconds)
    if request.method == "POST" and (outcome := _outcome()):
        observer.outcome(route, outcome)
    return answer


def _outcome() -> str | None:
    """Returns what this post brought about; None where nothing was decided."""
    rule: str | None = g.get("rule")
    return OUTCOME_DONE if g.get("done") else rule
