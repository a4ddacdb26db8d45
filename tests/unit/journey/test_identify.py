"""What a search alone decides, as the unfinished list and ``ect trs find`` ask."""

from __future__ import annotations

import pytest

from builders import a_search, a_teacher_record
from ect_registration.domain.drafts.ect_draft import EctDraft
from ect_registration.domain.people.teacher import InductionStatus, NoMatch
from ect_registration.journeys.person_case import FoundPerson
from ect_registration.journeys.register_ect import check_found


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (NoMatch.TRN_NOT_FOUND, "trn-not-found"),
        (NoMatch.DATE_OF_BIRTH_DIFFERS, "date-of-birth-differs"),
        (NoMatch.DETAILS_DO_NOT_MATCH, "details-do-not-match"),
        (a_teacher_record(induction=InductionStatus.PASSED), "induction-passed"),
        (a_teacher_record(), None),
    ],
)
def test_a_search_is_decided_by_the_declaration_of_registering(answer, rule):
    """A rule that is added there holds here too."""
    stop = check_found(a_search(answer=answer))

    assert (stop and stop.rule.id) == rule


def test_a_found_person_can_forget_the_search():
    """As every case can: the engine asks nothing else of it."""
    found = FoundPerson(EctDraft(a_search()))

    assert found.forgetting(["search"]).draft == EctDraft()
