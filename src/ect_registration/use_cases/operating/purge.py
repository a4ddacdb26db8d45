"""Removes expired journeys, sessions and attempts, and old notices and refusals."""

from __future__ import annotations

from collections.abc import Mapping

from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.notifying.outbox import purge_notices
from ect_registration.use_cases.operating.refusals import purge_refusals
from ect_registration.use_cases.signing_in.limits import purge_attempts
from ect_registration.use_cases.signing_in.sessions import purge_sessions
from ect_registration.use_cases.transactions import Ports


def purge(ports: Ports) -> Mapping[str, int]:
    """Removes what has expired; returns the counts. Purging again at once removes nothing."""
    return {
        "journeys": saved_journeys.purge(ports),
        "sessions": purge_sessions(ports),
        "attempts": purge_attempts(ports),
        "notices": purge_notices(ports),
        "refusals": purge_refusals(ports),
    }
