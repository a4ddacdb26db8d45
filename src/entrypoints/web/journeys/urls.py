"""Where the pages of a journey are, and at which of them a journey is."""

from __future__ import annotations

from typing import Generic

import attrs
from flask import redirect
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.journeys.journey_type import C, D, JourneyType
from ect_registration.use_cases.journeys.saved_journeys import Standing
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import not_found
from entrypoints.web.platform.requests_log import note_rule

FIND, NUMBER = "find", "national-insurance-number"
CHECK_ANSWERS, DONE, STOPPED = "check-answers", "done", "stopped"


@attrs.frozen
class Place(Generic[D, C]):
    """Where the journeys of one kind are."""

    kind: JourneyType[D, C]
    start: str  # the page that they start from
    root: str  # what the addresses of their pages begin with
    seen: Standing[C] | None = None  # where one stands, if somebody has looked who only looks

    def address(self, id: JourneyId, step_id: str, *, change: bool = False) -> str:
        """``change`` remembers that somebody came from check answers, and leads back there."""
        return f"{self.root}/{id}/{step_id}{'?change=yes' if change else ''}"

    def look_at(self, id: JourneyId) -> Standing[C]:
        """Where a journey of the user who is signed in stands. Raises Gone."""
        return self.seen or look_at(self.kind, id)

    def go_on(self, standing: Standing[C]) -> ResponseReturnValue:
        """To the page that the journey is at."""
        if (blocked := refusal(standing)) is not None:
            note_rule(blocked.rule.id)
        return redirect(self.address(standing.journey.id, page_of(standing)), 303)

    def back_from(self, standing: Standing[C], step_id: str, *, changing: bool = False) -> str:
        """The page before this one; whoever changes an answer came from check answers."""
        progress = standing.decided.progress
        if changing and progress.shows(CHECK_ANSWERS):
            return self.address(standing.journey.id, CHECK_ANSWERS)
        before = progress.before(step_id) if progress.shows(step_id) else None
        return self.start if before is None else self.address(standing.journey.id, before.id)


def look_at(kind: JourneyType[D, C], id: JourneyId) -> Standing[C]:
    """Where a journey of this kind and of the user who is signed in stands. Raises Gone."""
    standing = saved_journeys.look(kind, id, current_actor(), current_ports())
    if isinstance(standing, Blocked):  # whom it was about is not one that we know any more
        not_found(standing)
    return standing


def page_of(standing: Standing[C]) -> str:
    """The page that a journey is at."""
    if standing.journey.registered is not None:
        return DONE
    step = standing.decided.progress.at
    return STOPPED if refusal(standing) is not None or step is None else step.id


def shows(standing: Standing[C], step_id: str) -> bool:
    """Whether this step may be seen now."""
    return standing.journey.registered is None and standing.decided.progress.shows(step_id)


def refusal(standing: Standing[C]) -> Blocked | None:
    """What stops a journey. An answer that cannot be right stops nobody: it is asked again."""
    blocked = standing.decided.progress.blocked
    if blocked is None or blocked.kind is Kind.INVALID or standing.journey.registered is not None:
        return None
    return blocked
