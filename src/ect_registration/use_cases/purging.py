"""Removing what has outlived its use."""

from __future__ import annotations

from collections.abc import Mapping

from ect_registration.use_cases import journeys
from ect_registration.use_cases.limiting import purge_attempts
from ect_registration.use_cases.ports import Ports
from ect_registration.use_cases.sessions import purge_sessions


def purge(ports: Ports) -> Mapping[str, int]:
    """How many of each were removed. Purging again at once removes nothing."""
    return {
        "journeys": journeys.purge(ports),
        "sessions": purge_sessions(ports),
        "attempts": purge_attempts(ports),
    }
