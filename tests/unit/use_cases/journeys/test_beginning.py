"""Whether a school may begin a journey, before anything is asked."""

from __future__ import annotations

import attrs

from builders import URN, a_mentor, an_ect
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.values import Urn
from ect_registration.use_cases.journeys.beginning import check_may_begin
from ect_registration.use_cases.journeys.ect_journey import ECT_JOURNEY
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY

UNKNOWN = Urn("999999")


def test_a_school_that_may_register_may_begin(service):
    """Nothing is refused before the first question."""
    assert check_may_begin(ECT_JOURNEY, EctDraft(), URN, service.ports) is None


def test_own_school_only_stops_a_school_that_is_not_known(service):
    """The use case says so for pages and commands alike."""
    blocked = check_may_begin(ECT_JOURNEY, EctDraft(), UNKNOWN, service.ports)

    assert blocked is not None
    assert blocked.rule.id == "own-school-only"


def test_own_school_only_stops_an_assignment_to_an_ect_of_another_school(service):
    """An ECT that the school does not have answers as an unknown one does."""
    draft = attrs.evolve(AssignmentDraft(an_ect().id, a_mentor().id), another_provider=True)
    blocked = check_may_begin(ASSIGNMENT_JOURNEY, draft, URN, service.ports)

    assert blocked is not None
    assert blocked.rule.id == "own-school-only"
