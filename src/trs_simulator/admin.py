"""Tells a running simulator what to get wrong, and asks it what it was asked."""

from __future__ import annotations

import json
from collections import Counter

import attrs
from flask import Blueprint, Response, request

from trs_simulator.faults import FaultBook, read_fault
from trs_simulator.responses import as_json


def admin(faults: FaultBook, calls: Counter[str]) -> Blueprint:
    """Returns pages: ``GET /simulator`` shows, POST and DELETE ``/simulator/faults`` add, clear.

    The addresses are outside ``/v3``: TRS has nothing there.
    """
    pages = Blueprint("admin", __name__, url_prefix="/simulator")

    @pages.get("")
    def state() -> Response:
        waiting = [attrs.asdict(fault) for fault in faults.waiting()]
        return as_json({"calls": dict(calls), "faults": waiting})

    @pages.post("/faults")
    def add() -> Response:
        try:
            faults.add(read_fault(json.loads(request.get_data())))
        except ValueError as error:
            return as_json({"error": str(error)}, status=400)
        return state()

    @pages.delete("/faults")
    def clear() -> Response:
        faults.clear()
        return state()

    return pages
