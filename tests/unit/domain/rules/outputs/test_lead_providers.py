"""What lead providers may see, and which partnerships they may report."""

from __future__ import annotations

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    THIS_YEAR,
    a_partnership,
    a_school,
    a_training_year,
)
from ect_registration.domain.decisions import Allowed
from ect_registration.domain.rules.outputs.lead_providers import (
    EXISTS,
    LEAD_PROVIDER_CONFIRMS,
    LEAD_PROVIDER_SEES,
    MAY_NOT_REGISTER,
    NO_SUCH_SCHOOL,
    NOT_TOGETHER,
    UPDATED_WHEN_SEEN_TO_CHANGE,
    check_lead_provider_confirms,
    check_partner_change,
    cohort_of,
)
from ect_registration.domain.school import Partnership, SchoolStatus
from unit.lead_providers.people import OTHER_PROVIDER, an_ect_person, confirmed, seen_of

CLOSED = a_school(status=SchoolStatus.CLOSED)
TOGETHER_WITH_NOBODY = attrs.evolve(a_training_year(), pairs=frozenset())


def decide(**changes):
    """Decides on reporting the partnership of the examples."""
    facts = {
        "school": a_school(),
        "partnership": a_partnership(),
        "training_year": a_training_year(),
        "existing": [],
        "training_waits": False,
    }
    return check_lead_provider_confirms(**facts | changes)


def test_lead_provider_confirms_a_pair_that_works_together_at_a_school_that_may_register():
    """The year need not be open for registration."""
    assert decide() == LEAD_PROVIDER_CONFIRMS.allows(year=2025)
    closed_year = attrs.evolve(a_training_year(), open_for_registration=False)
    assert isinstance(decide(training_year=closed_year), Allowed)


def test_lead_provider_confirms_what_waits_at_a_school_that_may_not_register():
    """It was registered while the school still could."""
    assert isinstance(decide(school=CLOSED, training_waits=True), Allowed)


@pytest.mark.parametrize(
    ("changes", "field", "because"),
    [
        ({"school": None}, "school_id", NO_SUCH_SCHOOL),
        ({"school": CLOSED}, "school_id", MAY_NOT_REGISTER),
        ({"training_year": TOGETHER_WITH_NOBODY}, "delivery_partner_id", NOT_TOGETHER),
        ({"existing": [a_partnership()]}, "school_id", EXISTS),
        ({"existing": [a_partnership(delivery_partner="Another")]}, "school_id", EXISTS),
    ],
)
def test_lead_provider_confirms_nothing_else(changes, field, because):
    """The answer names the attribute, and what is wrong with it."""
    decision = decide(**changes)

    assert decision == LEAD_PROVIDER_CONFIRMS.finds_invalid(field, because=because)
    assert decision.message.startswith("The partnership cannot be reported: ")


def test_lead_provider_confirms_beside_partnerships_of_others_and_of_other_years():
    """One for each lead provider and year."""
    others: list[Partnership] = [
        a_partnership(lead_provider=OTHER_PROVIDER),
        a_partnership(year=THIS_YEAR.plus(-1)),
    ]

    assert isinstance(decide(existing=others), Allowed)


def test_lead_provider_confirms_another_delivery_partner_that_works_with_it():
    """In the year of the partnership."""
    somebody, nobody = a_partnership(), a_partnership(delivery_partner="Nobody")
    rule = LEAD_PROVIDER_CONFIRMS

    assert check_partner_change(somebody, a_training_year()) == rule.allows(year=2025)
    assert check_partner_change(nobody, a_training_year()) == rule.finds_invalid(
        "delivery_partner_id", because=NOT_TOGETHER
    )


def test_lead_provider_sees_whom_it_trains():
    """Training that waits for it is not seen, nor that of another."""
    waiting = confirmed(delivery_partner=None)

    assert seen_of(an_ect_person(confirmed())) is not None
    assert seen_of(an_ect_person(waiting)) is None
    assert LEAD_PROVIDER_SEES.id == "lead-provider-sees"


def test_updated_when_seen_to_change_and_not_when_a_day_has_passed():
    """What is kept of a person is the same on every day."""
    person = an_ect_person(confirmed(delivery_partner=DELIVERY_PARTNER))
    first = seen_of(person)

    assert seen_of(person, first) == first
    assert UPDATED_WHEN_SEEN_TO_CHANGE.id == "updated-when-seen-to-change"


@pytest.mark.parametrize("text", ["", "25", "20255", "2o25", "٢٠٢٥", "1899", "2101", " 2025"])
def test_a_cohort_is_the_year_in_which_an_academic_year_starts(text):
    """Four digits, as people write a year."""
    assert cohort_of(text) is None
    assert cohort_of("2025") == THIS_YEAR
    assert [cohort_of(year).starts_in for year in ("1900", "2100")] == [1900, 2100]
