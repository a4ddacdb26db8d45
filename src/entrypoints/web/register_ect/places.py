"""Where the pages of a journey are, and at which of them a journey is."""

from __future__ import annotations

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from ect_registration.case import EctCase
from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.journeys import JourneyId
from ect_registration.use_cases import journeys
from ect_registration.use_cases.journey_kinds import ECT_JOURNEY
from ect_registration.use_cases.journeys import Standing
from entrypoints.web.access import current_actor
from entrypoints.web.context import current_ports

START = "/school/register-ect"
CHECK_ANSWERS, DONE, STOPPED = "check-answers", "done", "stopped"


def address(id: JourneyId, step_id: str, *, change: bool = False) -> str:
    """``change`` remembers that somebody came from check answers, and leads back there."""
    return f"{START}/{id}/{step_id}{'?change=yes' if change else ''}"


def look_at(id: JourneyId) -> Standing[EctCase]:
    """Where a journey of the user who is signed in stands. Raises Gone."""
    standing = journeys.look(ECT_JOURNEY, id, current_actor(), current_ports())
    if isinstance(standing, Blocked):  # the school is not one that we know any more
        abort(404)
    return standing


def go_on(standing: Standing[EctCase]) -> ResponseReturnValue:
    """To the page that the journey is at."""
    return redirect(address(standing.journey.id, _place_of(standing)), 303)


def _place_of(standing: Standing[EctCase]) -> str:
    if standing.journey.registered is not None:
        return DONE
    step = standing.decided.progress.at
    return STOPPED if refusal(standing) is not None or step is None else step.id


def shows(standing: Standing[EctCase], step_id: str) -> bool:
    """Whether this step may be seen now."""
    return standing.journey.registered is None and standing.decided.progress.shows(step_id)


def refusal(standing: Standing[EctCase]) -> Blocked | None:
    """What stops a journey. An answer that cannot be right stops nobody: it is asked again."""
    blocked = standing.decided.progress.blocked
    if blocked is None or blocked.kind is Kind.INVALID or standing.journey.registered is not None:
        return None
    return blocked


def back_from(standing: Standing[EctCase], step_id: str, *, changing: bool = False) -> str:
    """The page before this one; whoever changes an answer came from check answers."""
    progress = standing.decided.progress
    if changing and progress.shows(CHECK_ANSWERS):
        return address(standing.journey.id, CHECK_ANSWERS)
    before = progress.before(step_id)
    return START if before is None else address(standing.journey.id, before.id)
