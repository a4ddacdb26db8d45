"""Which version of the API has which endpoint, as TRS decides it: before anything else."""

from __future__ import annotations

import re
from enum import StrEnum

import attrs

NEXT = "Next"

VERSIONS = (
    "20240101", "20240307", "20240412", "20240416", "20240606", "20240814", "20240912",
    "20240920", "20250203", "20250327", "20250425", "20250627", "20250804", "20250905",
    "20260120", "20260224", "20260416", "20260515", "20260612",
)  # fmt: skip

NUMBER_LOOKUP_SINCE = "20250203"
SHAPES_SINCE = "20250627"  # we do not know the bodies of earlier versions
GONE_AND_MOVED_SINCE = "20260120"  # earlier versions answer 404 for both


class Endpoint(StrEnum):
    """What we stand in for."""

    PERSON = "person"
    FIND = "find"
    TRNS = "trns"


@attrs.frozen
class Route:
    """An endpoint, and the TRN in its path."""

    endpoint: Endpoint
    version: str
    trn: str = ""


_SINCE = {Endpoint.PERSON: "20240606", Endpoint.FIND: "20240814", Endpoint.TRNS: "20250905"}

_PATHS = (
    ("POST", re.compile(r"/v3/persons/find/?", re.IGNORECASE), Endpoint.FIND),
    ("GET", re.compile(r"/v3/persons/([^/]+)/?", re.IGNORECASE), Endpoint.PERSON),
    ("GET", re.compile(r"/v3/trns/([^/]+)/?", re.IGNORECASE), Endpoint.TRNS),
)


def route(method: str, path: str, version: str | None) -> Route | None:
    """None where this version has no such endpoint. Without a version one gets the oldest."""
    served = VERSIONS[0] if version is None else version
    if served not in {*VERSIONS, NEXT}:
        return None
    for its_method, pattern, endpoint in _PATHS:
        match = pattern.fullmatch(path)
        if match and method == its_method and served >= _SINCE[endpoint]:  # "N" > "2"
            trn = match[1].strip() if pattern.groups else ""
            return Route(endpoint, served, trn)
    return None
