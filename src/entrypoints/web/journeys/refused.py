"""What a journey's pages keep of refusals: the person and the rule, for support."""

from __future__ import annotations

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.notice import Role
from ect_registration.use_cases.journeys.journey_type import C
from ect_registration.use_cases.journeys.saved_journeys import Standing
from ect_registration.use_cases.operating.refusals import number_asked, person_of, refusal_of
from entrypoints.web.platform.access import current_actor
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.kept_refusals import note_refusals


def note_refused(blocked: Blocked, standing: Standing[C]) -> None:
    """Has a refusal of this journey kept, of a person only once they are proven."""
    draft, today = standing.journey.draft, current_ports().clock.today()
    if not isinstance(draft, AssignmentDraft):  # assigning asks for no proof
        person = person_of(draft.search, current_actor())
        note_refusals(refusal_of(blocked, _role_of(draft), person, today))


def note_searched(standing: Standing[C]) -> None:
    """Has it counted that a search called for the National Insurance number."""
    draft, today = standing.journey.draft, current_ports().clock.today()
    if not isinstance(draft, AssignmentDraft):
        note_refusals(number_asked(draft.search, _role_of(draft), today))


def _role_of(draft: EctDraft | MentorDraft) -> Role:
    return Role.ECT if isinstance(draft, EctDraft) else Role.MENTOR
