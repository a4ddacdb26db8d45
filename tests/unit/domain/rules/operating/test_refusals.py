"""Which refusals say whom they were about, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from ect_registration.domain.catalogue import CATALOGUE
from ect_registration.domain.rules.identifying.email import EMAIL_IN_USE
from ect_registration.domain.rules.operating.refusals import check_refusals_kept, first_day_kept

ONLY_COUNTED = {
    "induction-passed",
    "induction-failed",
    "induction-exempt",
    "prohibited-from-teaching",
}


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: f"refusals-kept {rule.id}")
def test_a_refusal_keeps_its_person_unless_induction_or_prohibition_refused(rule):
    """They say something of a person that only TRS should keep."""
    decided = check_refusals_kept(rule, proven=True)

    assert decided.because == {"kept": rule.id not in ONLY_COUNTED}


def test_without_a_proof_of_identity_nobody_is_kept():
    """The school may have typed anybody's TRN."""
    assert check_refusals_kept(EMAIL_IN_USE, proven=False).because == {"kept": False}


def test_refusals_are_kept_for_90_days():
    """The day of the refusal not counted."""
    assert first_day_kept(date(2025, 12, 9)) == date(2025, 9, 10)
