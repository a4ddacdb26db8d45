"""Whether an ECT is eligible for funding for training."""

from __future__ import annotations

from datetime import date

import pytest

from builders import NOW, a_teacher_record
from ect_registration.domain.people.funding import Funding, FundingNeed
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts
from ect_registration.domain.rules.school_year.funding import FundedTraining, funding_of

QTS, PERIOD = FundingNeed.QTS, FundingNeed.INDUCTION_PERIOD
YES, NO, NOT_KNOWN = Funding.YES, Funding.NO, Funding.NOT_KNOWN


@pytest.mark.parametrize(
    ("has_qts", "induction", "funding", "needs"),
    [
        (True, "in_progress", YES, []),
        (False, "in_progress", NO, [QTS]),
        (True, "required_to_complete", NO, [PERIOD]),
        (True, "none", NO, [PERIOD]),
        (False, "none", NO, [QTS, PERIOD]),
        (False, "required_to_complete", NO, [QTS, PERIOD]),
        (True, "passed", NO, []),
        (True, "failed", NO, []),
        (True, "failed_in_wales", NO, []),
        (True, "exempt", NO, []),
        (True, "unknown", NOT_KNOWN, []),
        (False, "unknown", NOT_KNOWN, []),
    ],
)
def test_funded_training_needs_qts_and_an_open_induction_period(
    has_qts, induction, funding, needs
):
    """What is missing is named, unless the induction is over."""
    facts = TrsFacts(has_qts, InductionStatus(induction), NOW)

    assert funding_of(facts, completed=False) == FundedTraining(funding, tuple(needs))


def test_where_trs_was_never_asked_funding_is_not_known():
    """Records brought in from elsewhere were not looked up."""
    assert funding_of(None, completed=False) == FundedTraining(NOT_KNOWN)


def test_a_completed_ect_gets_no_funding():
    """Whatever TRS said when it was last asked."""
    facts = TrsFacts(True, InductionStatus.IN_PROGRESS, NOW)

    assert funding_of(facts, completed=True) == FundedTraining(NO)


def test_facts_are_those_of_the_record():
    """With the moment at which TRS showed it."""
    record = a_teacher_record(
        induction_started_on=date(2025, 9, 1), induction_completed_on=date(2026, 7, 20)
    )

    assert TrsFacts.of(record, NOW) == TrsFacts(
        True,
        InductionStatus.REQUIRED_TO_COMPLETE,
        NOW,
        date(2025, 9, 1),
        date(2026, 7, 20),
    )
