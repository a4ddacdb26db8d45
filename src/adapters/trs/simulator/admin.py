"""Telling a running simulator what to get wrong, and asking what it was asked."""

from __future__ import annotations

import json
from collections import Counter
from wsgiref.types import WSGIEnvironment

import attrs

from adapters.trs.simulator.faults import FaultBook, read_fault
from adapters.trs.simulator.responses import Response, as_json

ADMIN = "/simulator"  # outside /v3: TRS has nothing there

LONGEST_REQUEST = 10_000


def administer(environ: WSGIEnvironment, faults: FaultBook, calls: Counter[str]) -> Response:
    """``GET /simulator`` shows; ``POST /simulator/faults`` adds, ``DELETE`` clears."""
    match environ["REQUEST_METHOD"], environ["PATH_INFO"]:
        case "GET", "/simulator":
            return _state(faults, calls)
        case "POST", "/simulator/faults":
            return _added(environ, faults, calls)
        case "DELETE", "/simulator/faults":
            faults.clear()
            return _state(faults, calls)
        case _:
            return Response(404)


def _state(faults: FaultBook, calls: Counter[str]) -> Response:
    waiting = [attrs.asdict(fault) for fault in faults.waiting()]
    return as_json({"calls": dict(calls), "faults": waiting})


def _added(environ: WSGIEnvironment, faults: FaultBook, calls: Counter[str]) -> Response:
    length = min(int(environ.get("CONTENT_LENGTH") or 0), LONGEST_REQUEST)
    try:
        faults.add(read_fault(json.loads(environ["wsgi.input"].read(length))))
    except ValueError as error:
        return as_json({"error": str(error)}, status=400)
    return _state(faults, calls)
