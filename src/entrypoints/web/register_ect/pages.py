"""What the pages of registering an ECT show."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from ect_registration.domain.rules.check_answers import Preview
from ect_registration.domain.rules.previous_school import TRANSFER_ENDS_PREVIOUS
from ect_registration.domain.rules.programme import what_happens_next
from ect_registration.journeys.ect_case import EctCase
from ect_registration.use_cases.journeys.journey_types import ECT_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.registering.submit import submit
from ect_registration.use_cases.school.ects import EctSummary, summary_of
from entrypoints.web.ects import wording
from entrypoints.web.journeys.check_answers import Checking
from entrypoints.web.journeys.pages import Pages
from entrypoints.web.journeys.urls import Place
from entrypoints.web.platform.messages import evidence_of
from entrypoints.web.register_ect.answers import choice_rows, sections_of
from entrypoints.web.register_ect.forms import FORMS

START = "/school/register-ect"
PLACE = Place(ECT_JOURNEY, START, START)


def _previous(case: EctCase) -> Mapping[str, object]:
    """Where the teacher was registered before: the proof of identity lets the school see it."""
    ect = case.previous_elsewhere
    if ect is None:
        return {}
    return {
        "previous": summary_of(ect, case.today),
        "school": case.schools[ect.school],
        "wording": wording,
    }


def _offered(case: EctCase) -> Mapping[str, object]:
    """What a yes would save; a delivery partner where a partnership gives one."""
    offered = case.reuse.offered
    if offered is None:
        return {}
    rows = choice_rows(offered.choices, offered.delivery_partner)
    given_one = offered.delivery_partner is not None
    return {"offered": [row for row in rows if given_one or row.shown != "delivery_partner"]}


def _answers(standing: Standing[EctCase]) -> Mapping[str, object]:
    """Everything that would be saved, and what that brings about."""
    case, progress = standing.decided.case, standing.decided.progress
    ends = [d for d in progress.decisions if d.rule is TRANSFER_ENDS_PREVIOUS]
    return {
        "sections": sections_of(case, progress),
        "next_steps": what_happens_next(case.choices.lead_provider),
        "leaves_on": evidence_of(ends[0])["last_day"] if ends else None,
    }


PAGES = Pages(
    PLACE,
    "register_ect",
    FORMS,
    also_shown={"registered-before": _previous, "reuse-choices": _offered},
)
CHECKING = Checking(PAGES, Preview, lambda case: case.preview, _answers, submit)


def done(ect: EctSummary) -> str:
    """What is finished, what is not, and what happens next."""
    next_steps = what_happens_next(ect.lead_provider)
    return render_template(
        "register_ect/done.html",
        ect=ect,
        needs_mentor=wording.needs_mentor(ect),
        next_steps=next_steps,
    )
