"""Check answers: what it shows, and where its button leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import redirect, request
from flask.typing import ResponseReturnValue

from ect_registration.domain.decisions import Blocked, Kind
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.check_answers import (
    DECIDED_AGAIN,
    SAVED_AS_SHOWN,
    P,
)
from ect_registration.use_cases.journeys.journey_type import C, D
from ect_registration.use_cases.journeys.saved_journeys import Standing
from entrypoints.web.journeys.pages import Pages
from entrypoints.web.journeys.refused import note_refused
from entrypoints.web.journeys.signed_preview import seal, unseal
from entrypoints.web.journeys.urls import CHECK_ANSWERS, DONE
from entrypoints.web.platform.errors import trs_unavailable
from entrypoints.web.platform.requests.observed_requests import note_done


def posted_preview(id: JourneyId, preview: type[P]) -> P | None:
    """Returns what check answers showed; None when that cannot be read any more."""
    return unseal(request.form.get("shown", ""), id, preview)


def show_answers(
    pages: Pages[D, C],
    standing: Standing[C],
    preview: P,
    answers: Mapping[str, object],
    changed: Collection[str] | None,
    template: str = CHECK_ANSWERS,
) -> str:
    """Shows everything that would be saved.

    ``changed`` names the parts that are different now, so that nothing was saved; None on the
    first visit.
    """
    return pages.show(
        template,
        standing,
        rule=None if changed is None else SAVED_AS_SHOWN.id,
        back=pages.place.back_from(standing, CHECK_ANSWERS),
        changed=changed or (),
        shown=seal(preview, standing.journey.id),
        **answers,
    )


def after_submitting(
    pages: Pages[D, C], id: JourneyId, outcome: object
) -> ResponseReturnValue | None:
    """Returns where a submission leads; None: back to check answers, which have changed."""
    if not isinstance(outcome, Blocked):
        note_done()
        return redirect(pages.place.address(id, DONE), 303)
    if outcome.kind is Kind.UNAVAILABLE:
        return trs_unavailable(pages.place.address(id, CHECK_ANSWERS), outcome)
    if outcome.rule is DECIDED_AGAIN:
        note_refused(outcome, pages.place.look_at(id))
        return pages.stop(outcome)
    return None


def changed_parts(outcome: object) -> Collection[str]:
    """Returns the names of the parts of the preview that are different from what was shown."""
    if not isinstance(outcome, Blocked) or outcome.rule is not SAVED_AS_SHOWN:
        return ()
    return str(outcome.because["changed"]).split(", ")
