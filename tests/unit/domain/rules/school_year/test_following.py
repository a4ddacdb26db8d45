"""What follows from what TRS says by now, as tables."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from builders import NOW, a_teacher, a_teacher_record
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.teacher import InductionStatus, NoMatch, TrsFacts
from ect_registration.domain.rules.school_year.following import (
    Concern,
    concern_about,
    is_open,
    outcome_of,
    with_facts_of_trs,
    with_name_of_trs,
)
from ect_registration.domain.values import PersonName

CORRECTION = PersonName("Asha Bell")


@pytest.mark.parametrize(
    ("status", "outcome", "open_again"),
    [
        ("passed", Outcome.PASSED, False),
        ("failed", Outcome.FAILED, False),
        ("failed_in_wales", Outcome.FAILED, False),
        ("exempt", Outcome.EXEMPT, False),
        ("none", None, True),
        ("required_to_complete", None, True),
        ("in_progress", None, True),
        ("unknown", None, False),
    ],
)
def test_completed_by_trs_goes_by_the_status_of_induction(status, outcome, open_again):
    """An unknown status neither marks nor takes back."""
    induction = InductionStatus(status)

    assert (outcome_of(induction), is_open(induction)) == (outcome, open_again)


@pytest.mark.parametrize(
    ("answer", "concern"),
    [
        (a_teacher_record(), None),
        (a_teacher_record(prohibited=True), Concern.PROHIBITED),
        (NoMatch.TRN_NOT_FOUND, Concern.NOT_FOUND),
    ],
)
def test_completed_by_trs_leaves_the_prohibited_and_the_unknown_to_operators(answer, concern):
    """Nothing changes for them."""
    assert concern_about(answer) is concern


@pytest.mark.parametrize(
    ("kept", "correction", "says", "named", "changed_since"),
    [
        ("Asha Marlowe", None, "Asha Bell", "Asha Bell", False),
        ("Asha Marlowe", CORRECTION, "Asha Ng", "Asha Ng", True),
        ("Asha Marlowe", CORRECTION, "Asha Marlowe", "Asha Marlowe", False),
        ("Asha Marlowe", CORRECTION, "", "Asha Marlowe", False),
        ("", CORRECTION, "Asha Ng", "Asha Ng", True),
    ],
)
def test_names_follow_trs_and_a_correction_stays_shown(
    kept, correction, says, named, changed_since
):
    """A record that lost its name leaves the one that is kept."""
    teacher = a_teacher(trs_name=kept, corrected_name=correction)
    after = with_name_of_trs(teacher, says)

    assert (after.trs_name, after.trs_name_changed_since) == (named, changed_since)
    assert after.name == (correction.text if correction else named)
    assert (after is teacher) == (named == kept)


def test_facts_that_say_nothing_new_are_not_kept_again():
    """Only when they were said is newer."""
    facts = TrsFacts(True, InductionStatus.IN_PROGRESS, NOW, date(2025, 9, 1))
    teacher = a_teacher(facts=facts)
    later = attrs.evolve(facts, seen_at=NOW + timedelta(days=1))
    other = attrs.evolve(later, has_qts=False)

    assert with_facts_of_trs(teacher, later) is teacher
    assert with_facts_of_trs(teacher, other).facts == other
    assert with_facts_of_trs(a_teacher(facts=None), facts).facts == facts
