"""The three kinds of journey there are."""

from __future__ import annotations

from collections.abc import Collection

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.rules.mentors.mentor import check_own_mentor
from ect_registration.domain.values import Trn
from ect_registration.journeys.ect_case import EctCase
from ect_registration.journeys.mentor_case import AssignmentCase, MentorCase
from ect_registration.journeys.register_ect import REGISTER_ECT
from ect_registration.journeys.register_mentor import ASSIGN_MENTOR, REGISTER_MENTOR
from ect_registration.use_cases.journeys.ect_facts import gather, with_draft
from ect_registration.use_cases.journeys.journey_type import JourneyKind
from ect_registration.use_cases.journeys.mentor_facts import (
    gather_assignment,
    gather_mentor,
    with_assignment_draft,
    with_mentor_draft,
)


def _the_ect(case: MentorCase, person: Collection[Trn]) -> Blocked | None:
    """Nobody mentors themself: the ECT is not to be found."""
    decision = check_own_mentor(person, case.facts.ect_trns)
    return decision if isinstance(decision, Blocked) else None


ECT_JOURNEY = JourneyKind[EctDraft, EctCase](
    drafts=EctDraft,
    steps=REGISTER_ECT,
    gather=gather,
    with_draft=with_draft,
    draft_of=lambda case: case.draft,
    afresh=lambda _, search: EctDraft(search),
)

MENTOR_JOURNEY = JourneyKind[MentorDraft, MentorCase](
    drafts=MentorDraft,
    steps=REGISTER_MENTOR,
    gather=gather_mentor,
    with_draft=with_mentor_draft,
    draft_of=lambda case: case.draft,
    afresh=lambda draft, search: MentorDraft(draft.ect, draft.replace, search),
    bars=_the_ect,
)

ASSIGNMENT_JOURNEY = JourneyKind[AssignmentDraft, AssignmentCase](
    drafts=AssignmentDraft,
    steps=ASSIGN_MENTOR,
    gather=gather_assignment,
    with_draft=with_assignment_draft,
    draft_of=lambda case: case.draft,
    afresh=lambda draft, _: AssignmentDraft(draft.ect, draft.mentor, draft.replace),
)
