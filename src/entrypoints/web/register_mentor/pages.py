"""The pages of registering a new mentor, and of assigning a mentor of the school."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flask import request
from flask.typing import ResponseReturnValue

from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.people.ect import EctId
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.journeys.mentoring_case import MentoringCase
from ect_registration.use_cases.journeys.journey_type import C, Gone, JourneyType
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY, MENTOR_JOURNEY
from ect_registration.use_cases.journeys.saved_journeys import Standing, draft_of
from ect_registration.use_cases.registering.assign_mentor import submit_assignment
from entrypoints.web.ects.details import days_of
from entrypoints.web.journeys.pages import Pages
from entrypoints.web.journeys.urls import DONE, Place, look_at, page_of
from entrypoints.web.mentors.details import why_not
from entrypoints.web.mentors.wording import details_go_to
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.register_mentor.forms import ASSIGNING_FORMS, FORMS

A = TypeVar("A", MentorDraft, AssignmentDraft)

FOLDER = "register_mentor"


def registering_at(
    ect: EctId, *, replace: bool, seen: Standing[MentorCase] | None = None
) -> Place[MentorDraft, MentorCase]:
    """Returns the addresses of registering a new mentor for this ECT."""
    return Place(
        MENTOR_JOURNEY,
        "register_mentor",
        begins_at="choose_mentor.choose",
        begins_with=_question_values(ect, replace=replace),
        about={"ect": ect},
        seen=seen,
    )


def assigning_at(
    ect: EctId, *, replace: bool, seen: Standing[AssignmentCase] | None = None
) -> Place[AssignmentDraft, AssignmentCase]:
    """Returns the addresses of assigning a mentor of the school to this ECT."""
    return Place(
        ASSIGNMENT_JOURNEY,
        "assign_mentor",
        begins_at="choose_mentor.choose",
        begins_with=_question_values(ect, replace=replace),
        about={"ect": ect},
        seen=seen,
    )


def _question_values(ect: EctId, *, replace: bool) -> Mapping[str, object]:
    """Returns the values in the address of the question that both journeys start from."""
    return {"ect": ect, "change": "yes" if replace else None}


class MentorPages(Pages[MentorDraft, MentorCase]):
    """The pages of registering a new mentor."""

    def extras(self, page: str, case: MentorCase) -> Mapping[str, object]:
        """Returns what one page shows besides its question."""
        if page in {"only-here", "start-date"}:
            return _elsewhere(case)
        return _training(case, case.teacher.name) if page == "training" else {}


class AssignmentPages(Pages[AssignmentDraft, AssignmentCase]):
    """The pages of assigning a mentor of the school."""

    def extras(self, page: str, case: AssignmentCase) -> Mapping[str, object]:
        """Returns what one page shows besides its question."""
        return _training(case, case.mentor.teacher.name) if page == "training" else {}

    def onward(self, standing: Standing[AssignmentCase]) -> ResponseReturnValue:
        """Assigns the mentor when nothing is left to ask, else leads to the next question."""
        if page_of(standing) == DONE and standing.journey.registered is None:
            id = standing.journey.id
            submit_assignment(id, current_actor(), current_ports())
            standing = self.place.look_at(id)  # refused, it is where the rule stops it
        return self.place.go_on(standing)


def registering(ect: EctId, id: JourneyId) -> MentorPages:
    """Returns the pages of a journey that registers a mentor for this ECT. Raises Gone."""
    draft, seen = _begun_for(ect, MENTOR_JOURNEY, id)
    return MentorPages(registering_at(ect, replace=draft.replace, seen=seen), FOLDER, FORMS)


def assigning(ect: EctId, id: JourneyId) -> AssignmentPages:
    """Returns the pages of a journey that assigns a mentor to this ECT. Raises Gone."""
    draft, seen = _begun_for(ect, ASSIGNMENT_JOURNEY, id)
    place = assigning_at(ect, replace=draft.replace, seen=seen)
    return AssignmentPages(place, FOLDER, ASSIGNING_FORMS)


def _begun_for(
    ect: EctId, journey_type: JourneyType[A, C], id: JourneyId
) -> tuple[A, Standing[C] | None]:
    """Returns the draft, and its standing for a request that only reads.

    Raises Gone, as for an address that names another ECT.
    """
    seen = look_at(journey_type, id) if request.method in {"GET", "HEAD"} else None
    draft = (
        draft_of(journey_type, id, current_actor(), current_ports())
        if seen is None
        else journey_type.draft_in(seen.journey)
    )
    if draft.ect != ect:
        raise Gone
    return draft, seen


def _elsewhere(case: MentorCase) -> Mapping[str, object]:
    """Returns the other schools where they mentor, with the days."""
    periods = [(case.schools[m.school], days_of(m.period)) for m in case.elsewhere]
    return {"elsewhere": periods}


def _training(case: MentoringCase, mentor: str) -> Mapping[str, object]:
    """Returns whether the mentor can get funded training, and with which lead provider."""
    named = case.draft.lead_provider if case.draft.another_provider else None
    return {
        "mentor": mentor,
        "why_not": why_not(case),
        "named": named,
        "next_steps": details_go_to(named or case.ect.lead_provider or "", case.delivery_partner),
    }
