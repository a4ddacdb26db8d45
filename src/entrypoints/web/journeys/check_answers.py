"""Check answers, and saving what it showed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Generic

import attrs
from flask import redirect
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.check_answers import DECIDED_AGAIN, SAVED_AS_SHOWN, P
from ect_registration.use_cases.journeys.journey_type import C, D
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.transactions import Actor, Ports
from entrypoints.web.journeys.pages import Pages
from entrypoints.web.journeys.signed_preview import seal, unseal
from entrypoints.web.journeys.urls import CHECK_ANSWERS, DONE, shows
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.errors import trs_unavailable


@attrs.frozen
class Checking(Generic[D, C, P]):
    """Everything at a glance, before it is saved."""

    pages: Pages[D, C]
    preview: type[P]
    preview_of: Callable[[C], P]
    answers: Callable[[Standing[C]], Mapping[str, object]]  # for the page
    submit: Callable[[JourneyId, P, Actor, Ports], object]  # a Blocked when it is refused

    def show(self, id: JourneyId, changed: Collection[str] | None = None) -> ResponseReturnValue:
        """Unless a rule now stops the journey, or a question is open again: then that.

        ``changed``: nothing was saved, as these parts of what was shown are different now.
        """
        place = self.pages.place
        standing = place.look_at(id)
        if not shows(standing, CHECK_ANSWERS):
            return place.go_on(standing)
        return self.pages.show(
            CHECK_ANSWERS,
            standing,
            rule=None if changed is None else SAVED_AS_SHOWN.id,
            back=place.back_from(standing, CHECK_ANSWERS),
            changed=changed or (),
            shown=seal(self.preview_of(standing.decided.case), id),
            **self.answers(standing),
        )

    def confirm(self, id: JourneyId, sealed: str) -> ResponseReturnValue:
        """Save what check answers showed, if that is still what would be saved."""
        shown = unseal(sealed, id, self.preview)
        if shown is None:
            return self.show(id, ())
        outcome = self.submit(id, shown, current_actor(), current_ports())
        place = self.pages.place
        if not isinstance(outcome, Blocked):
            return redirect(place.address(id, DONE), 303)
        if outcome.kind is Kind.UNAVAILABLE:
            return trs_unavailable(place.address(id, CHECK_ANSWERS), outcome)
        if outcome.rule is DECIDED_AGAIN:
            return self.pages.stop(outcome)
        return self.show(id, _changed(outcome))


def _changed(outcome: Blocked) -> Collection[str]:
    """The parts of the preview that are not what was shown."""
    if outcome.rule is not SAVED_AS_SHOWN:
        return ()
    return str(outcome.because["changed"]).split(", ")
