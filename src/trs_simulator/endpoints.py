"""Says which endpoint TRS has since which version of its API, and which role each needs."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from flask import Response

from trs_simulator.keys import APPROPRIATE_BODY, GET_PERSON
from trs_simulator.persons import Call, find, person, trn

NEXT = "Next"  # sorts after every date

VERSIONS = (
    "20240101", "20240307", "20240412", "20240416", "20240606", "20240814", "20240912",
    "20240920", "20250203", "20250327", "20250425", "20250627", "20250804", "20250905",
    "20260120", "20260224", "20260416", "20260515", "20260612", NEXT,
)  # fmt: skip


@attrs.frozen
class Endpoint:
    """Describes an endpoint that the simulator has; without ``roles`` any key will do."""

    method: str
    path: str
    since: str
    roles: frozenset[str] | None
    answer: Callable[[Call], Response]


ENDPOINTS = {
    "person": Endpoint(
        "GET", "/v3/persons/<trn>", "20240606", frozenset({GET_PERSON, APPROPRIATE_BODY}), person
    ),
    "find": Endpoint("POST", "/v3/persons/find", "20240814", frozenset({GET_PERSON}), find),
    "trns": Endpoint("GET", "/v3/trns/<trn>", "20250905", None, trn),
}
