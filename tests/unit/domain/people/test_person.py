"""Whose journey it is, for somebody who asks what is kept about them."""

from __future__ import annotations

from uuid import UUID

import pytest

from builders import NOW, a_journey
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import AnyDraft
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import InductionStatus, NoMatch, Search, TeacherRecord
from ect_registration.domain.records.kept_data import is_about
from ect_registration.domain.values import Trn

ASHA, FORMER, SOMEBODY = Trn("1234567"), Trn("7654321"), Trn("1111111")
ECT = EctId(UUID(int=1))
MERGED = TeacherRecord(
    ASHA, "Asha Marlowe", InductionStatus.NONE, prohibited=False, has_qts=True, merged_from=FORMER
)


def _searched(trn: Trn, answer: TeacherRecord | NoMatch) -> EctDraft:
    return EctDraft(search=Search(trn, answer, NOW))


@pytest.mark.parametrize(
    ("draft", "about_asha"),
    [
        (EctDraft(), False),
        (MentorDraft(ECT), False),
        (AssignmentDraft(ECT, MentorId(UUID(int=2))), False),
        (_searched(ASHA, NoMatch.DATE_OF_BIRTH_DIFFERS), True),
        (_searched(SOMEBODY, NoMatch.TRN_NOT_FOUND), False),
        (_searched(FORMER, MERGED), True),
        (MentorDraft(ECT, search=Search(FORMER, MERGED, NOW)), True),
    ],
)
def test_a_journey_is_about_whom_it_searched_for(draft: AnyDraft, about_asha: bool) -> None:
    """By the TRN that was typed, or by one that TRS has merged it into."""
    assert is_about(a_journey(draft=draft), [ASHA]) is about_asha
