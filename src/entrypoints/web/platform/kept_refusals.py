"""Keeps what rules refused once the answer has been sent, so that no user waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Flask, Response, g, request

from ect_registration.domain.records.refusal import Refusal
from ect_registration.use_cases.operating.refusals import keep_refusals
from ect_registration.use_cases.transactions import Ports
from entrypoints.web.platform.context import here
from entrypoints.web.platform.requests.requests_log import log


def set_up(app: Flask) -> None:
    """Keeps refusals after each request."""
    app.after_request(_keep_afterwards)


def note_refusals(refusals: Sequence[Refusal]) -> None:
    """Has refusals kept when this request has been answered.

    Only a post refuses: a user who looks at the page again has met that refusal already.
    """
    if request.method == "POST":
        g.refusals = [*g.get("refusals", ()), *refusals]


def _keep_afterwards(answer: Response) -> Response:
    if refusals := g.get("refusals"):
        answer.call_on_close(partial(_keep, refusals, here().ports, g.request_id))
    return answer


def _keep(refusals: Sequence[Refusal], ports: Ports, request_id: str) -> None:
    if not keep_refusals(refusals, ports):
        log.warning("refusals not kept", request_id=request_id, number=len(refusals))
