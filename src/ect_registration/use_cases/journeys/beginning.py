"""Decides whether a school may begin a journey at all."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.values import Trn, Urn
from ect_registration.use_cases.journeys.journey_type import C, D, JourneyType
from ect_registration.use_cases.transactions import Ports


def check_may_begin(
    journey_type: JourneyType[D, C], draft: D, school: Urn, ports: Ports, trn: Trn | None = None
) -> Blocked | None:
    """Says why a school may not begin, or not search for this TRN; None when it may."""
    with ports.reading() as uow:
        today = ports.clock.today()
        return journey_type.check_before_search(draft, school, today, uow, trn)
