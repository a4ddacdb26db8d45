"""Check answers, and registering what it showed."""

from __future__ import annotations

from collections.abc import Collection

from flask import redirect
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.journeys import JourneyId
from ect_registration.domain.rules.check_answers import DECIDED_AGAIN, SAVED_AS_SHOWN
from ect_registration.use_cases.registering import Registered
from ect_registration.use_cases.submitting import submit
from entrypoints.web.access import current_actor
from entrypoints.web.context import current_ports
from entrypoints.web.errors import trs_unavailable
from entrypoints.web.register_ect import pages
from entrypoints.web.register_ect.places import (
    CHECK_ANSWERS,
    DONE,
    address,
    go_on,
    look_at,
    shows,
)
from entrypoints.web.register_ect.sealing import unseal


def register(id: JourneyId, sealed: str) -> ResponseReturnValue:
    """Register what check answers showed, if that is still what would be saved."""
    shown = unseal(sealed, id)
    if shown is None:
        return check_answers(id, ())
    outcome = submit(id, shown, current_actor(), current_ports())
    if isinstance(outcome, Registered):
        return redirect(address(id, DONE), 303)
    if outcome.kind is Kind.UNAVAILABLE:
        return trs_unavailable(address(id, CHECK_ANSWERS), outcome.rule.id)
    if outcome.rule is DECIDED_AGAIN:
        return pages.stop(outcome)
    return check_answers(id, _changed(outcome))


def check_answers(id: JourneyId, changed: Collection[str] | None = None) -> ResponseReturnValue:
    """Unless a rule now stops the journey, or a question is open again: then that.

    ``changed``: nothing was saved, as these parts of what was shown are different now.
    """
    standing = look_at(id)
    if not shows(standing, CHECK_ANSWERS):
        return go_on(standing)
    return pages.check_answers(standing, changed)


def _changed(outcome: Blocked) -> Collection[str]:
    """The parts of the preview that are not what was shown."""
    if outcome.rule is not SAVED_AS_SHOWN:
        return ()
    return str(outcome.because["changed"]).split(", ")
