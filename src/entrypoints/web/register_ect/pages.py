"""The pages of registering an ECT, and the values that they show."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.rules.periods.previous_school import TRANSFER_ENDS_PREVIOUS
from ect_registration.domain.rules.periods.status import AtSchool
from ect_registration.domain.rules.registering.programme import what_happens_next
from ect_registration.journeys.ect_case import EctCase
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.registering.register_ect import submit_ect
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from entrypoints.web.ects import wording
from entrypoints.web.journeys.check_answers import (
    after_submitting,
    changed_parts,
    posted_preview,
    show_answers,
)
from entrypoints.web.journeys.pages import Pages
from entrypoints.web.journeys.urls import CHECK_ANSWERS, Place, shows
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.messages import evidence_of
from entrypoints.web.register_ect.answers import choice_rows, sections_of
from entrypoints.web.register_ect.forms import FORMS

PLACE = Place(ECT_JOURNEY, "register_ect", begins_at="register_ect.start")


def _previous(case: EctCase) -> Mapping[str, object]:
    """Returns the teacher's registration at another school, which the school may see now."""
    ect = case.previous_elsewhere
    if ect is None:
        return {}
    return {
        "previous": summary_of(ect, case.today),
        "school": case.schools[ect.school],
        "wording": wording,
    }


def _offered(case: EctCase) -> Mapping[str, object]:
    """Returns the choices that a yes would save, with the partnership's delivery partner."""
    offered = case.reuse.offered
    if offered is None:
        return {}
    rows = choice_rows(offered.choices, offered.delivery_partner)
    given_one = offered.delivery_partner is not None
    return {"offered": [row for row in rows if given_one or row.shown != "delivery_partner"]}


def _answers(standing: Standing[EctCase]) -> Mapping[str, object]:
    """Returns the rows of check answers, and what happens next."""
    case, progress = standing.decided.case, standing.decided.progress
    ends = [d for d in progress.decisions if d.rule is TRANSFER_ENDS_PREVIOUS]
    return {
        "sections": sections_of(case, progress),
        "next_steps": what_happens_next(case.choices.lead_provider, case.delivery_partner),
        "leaves_on": evidence_of(ends[0])["last_day"] if ends else None,
    }


class EctPages(Pages[EctDraft, EctCase]):
    """The pages of registering an ECT."""

    def extras(self, page: str, case: EctCase) -> Mapping[str, object]:
        """Returns what one page shows besides its question."""
        if page == "registered-before":
            return _previous(case)
        return _offered(case) if page == "reuse-choices" else {}


PAGES = EctPages(PLACE, "register_ect", FORMS)


def check_answers(id: JourneyId, changed: Collection[str] | None = None) -> ResponseReturnValue:
    """Shows check answers, unless a rule stops the journey or a question is open again."""
    standing = PLACE.look_at(id)
    if not shows(standing, CHECK_ANSWERS):
        return PLACE.go_on(standing)
    return show_answers(
        PAGES, standing, standing.decided.case.preview, _answers(standing), changed
    )


def register(id: JourneyId) -> ResponseReturnValue:
    """Registers the ECT, if what check answers showed is still what would be saved."""
    shown = posted_preview(id, Preview)
    if shown is None:
        return check_answers(id, ())
    outcome = submit_ect(id, shown, current_actor(), current_ports())
    return after_submitting(PAGES, id, outcome) or check_answers(id, changed_parts(outcome))


def done(ect: EctSummary) -> ResponseReturnValue:
    """Shows the confirmation: what is finished, what is not, and what happens next.

    After a registration was undone, this leads to its page, which says what became of it.
    """
    if ect.at_school is AtSchool.UNDONE:
        return redirect(url_for("ects.ect", id=ect.id), 303)
    next_steps = what_happens_next(ect.lead_provider, ect.delivery_partner)
    return render_template(
        "register_ect/done.html",
        ect=ect,
        needs_mentor=wording.needs_mentor(ect),
        next_steps=next_steps,
    )
