"""The addresses of a journey's pages, and the page that a journey is at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

import attrs
from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.journey_type import C, D, JourneyType
from ect_registration.use_cases.journeys.saved_journeys import Standing
from entrypoints.web.journeys.refused import note_refused
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found
from entrypoints.web.platform.requests.requests_log import note_rule

FIND, NUMBER = "find", "national-insurance-number"
CHECK_ANSWERS, DONE, STOPPED, NO_TRN = "check-answers", "done", "stopped", "no-trn"


# The pages of a journey that are no questions have views of their own, named after them.
PAGES_WITH_A_VIEW = {CHECK_ANSWERS, DONE, STOPPED, NO_TRN}


@attrs.frozen
class Place(Generic[D, C]):
    """The addresses of the journeys of one type."""

    journey_type: JourneyType[D, C]
    blueprint: str
    begins_at: str  # the endpoint of the page that they start from
    begins_with: Mapping[str, Any] = attrs.Factory(dict)  # and the values of its address
    about: Mapping[str, Any] = attrs.Factory(dict)  # values in the address of every page
    seen: Standing[C] | None = None  # where the journey is, if this request only reads

    @property
    def start(self) -> str:
        """Returns the address of the page that the journeys start from."""
        return url_for(self.begins_at, **self.begins_with)

    def address(self, id: JourneyId, step_id: str, *, change: bool = False) -> str:
        """Returns the address of a page of a journey.

        ``change`` remembers that the user came from check answers, and leads back there.
        """
        values: dict[str, Any] = {**self.about, "id": id, "change": "yes" if change else None}
        if step_id in PAGES_WITH_A_VIEW:
            return url_for(f"{self.blueprint}.{step_id.replace('-', '_')}", **values)
        return url_for(f"{self.blueprint}.question", step_id=step_id, **values)

    def look_at(self, id: JourneyId) -> Standing[C]:
        """Returns where this journey of the signed-in user is. Raises Gone."""
        return self.seen or look_at(self.journey_type, id)

    def go_on(self, standing: Standing[C]) -> ResponseReturnValue:
        """Redirects to the page that the journey is at."""
        if (blocked := refusal(standing)) is not None:
            note_rule(blocked.rule.id)
            note_refused(blocked, standing)
        return redirect(self.address(standing.journey.id, page_of(standing)), 303)

    def back_from(self, standing: Standing[C], step_id: str, *, changing: bool = False) -> str:
        """Returns the address of the page before; a change leads back to check answers."""
        progress = standing.decided.progress
        if changing and progress.shows(CHECK_ANSWERS):
            return self.address(standing.journey.id, CHECK_ANSWERS)
        before = progress.before(step_id) if progress.shows(step_id) else None
        return self.start if before is None else self.address(standing.journey.id, before.id)


def look_at(journey_type: JourneyType[D, C], id: JourneyId) -> Standing[C]:
    """Returns where a journey of this type and of the signed-in user is. Raises Gone."""
    standing = saved_journeys.look(journey_type, id, current_actor(), current_ports())
    if isinstance(standing, Blocked):  # the ECT or mentor that it was about is no longer known
        not_found(standing)
    return standing


def page_of(standing: Standing[C]) -> str:
    """Returns the page that a journey is at."""
    if standing.journey.registered is not None:
        return DONE
    step = standing.decided.progress.at
    return STOPPED if refusal(standing) is not None or step is None else step.id


def shows(standing: Standing[C], step_id: str) -> bool:
    """Says whether the user may see this step now."""
    return standing.journey.registered is None and standing.decided.progress.shows(step_id)


def refusal(standing: Standing[C]) -> Blocked | None:
    """Returns the rule that stops a journey; an invalid answer is asked again instead."""
    blocked = standing.decided.progress.blocked
    if blocked is None or blocked.kind is Kind.INVALID or standing.journey.registered is not None:
        return None
    return blocked
