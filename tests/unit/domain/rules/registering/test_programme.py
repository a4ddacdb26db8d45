from __future__ import annotations

import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    THIS_YEAR,
    a_partnership,
    a_training_year,
)
from ect_registration.domain.decisions import Allowed, Blocked, Evidence, Kind
from ect_registration.domain.people.training import Programme
from ect_registration.domain.rules.registering.programme import (
    CONFIRMED_OR_INTEREST,
    LEAD_PROVIDER_NOT_AVAILABLE,
    TRAINING_PROGRAMME,
    check_confirmed_or_interest,
    check_lead_provider,
    check_training_programme,
    partnership_with,
    what_happens_next,
)


@pytest.mark.parametrize("programme", Programme)
def test_training_programme_allows_both(programme: Programme) -> None:
    """Provider-led or school-led: it puts the choice on record."""
    assert check_training_programme(programme) == Allowed(
        TRAINING_PROGRAMME, {"programme": programme.value}
    )


def test_training_programme_asks_for_one_of_two() -> None:
    """In words that say what to do."""
    assert TRAINING_PROGRAMME.tells == (
        "Select if the training programme is provider-led or school-led"
    )


OFFER = a_training_year(all_lead_providers=frozenset({LEAD_PROVIDER, "Last Year's"}))
EVIDENCE: Evidence = {"year": "2025 to 2026", "offered": 1}
LEAD_PROVIDER_TELLS = "Select a lead provider from the list for the 2025 to 2026 academic year"


def test_lead_provider_not_available_lets_one_on_that_works_that_year() -> None:
    """Out of those working in the expected training start year."""
    assert check_lead_provider(LEAD_PROVIDER, OFFER) == Allowed(
        LEAD_PROVIDER_NOT_AVAILABLE, EVIDENCE
    )


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        pytest.param("Last Year's", Kind.REFUSED, id="one that works in another year"),
        pytest.param("Nobody's", Kind.INVALID, id="one we never heard of"),
        pytest.param(LEAD_PROVIDER.lower(), Kind.INVALID, id="a name in another case"),
        pytest.param("", Kind.INVALID, id="nothing"),
    ],
)
def test_lead_provider_not_available_stops_any_other(chosen: str, kind: Kind) -> None:
    """At the question and at submission alike."""
    assert check_lead_provider(chosen, OFFER) == Blocked(
        LEAD_PROVIDER_NOT_AVAILABLE, EVIDENCE, kind, "lead_provider", LEAD_PROVIDER_TELLS
    )


def test_a_partnership_is_found_by_lead_provider_and_year() -> None:
    """Neither another provider's nor another year's will do, whatever the order."""
    last_year = a_partnership(year=THIS_YEAR.plus(-1))
    others = a_partnership(lead_provider="Another")
    this_year = a_partnership()

    for partnerships in ([last_year, others, this_year], [this_year, others, last_year]):
        assert partnership_with(partnerships, LEAD_PROVIDER, THIS_YEAR) == this_year

    assert partnership_with([last_year, others], LEAD_PROVIDER, THIS_YEAR) is None


@pytest.mark.parametrize(
    ("lead_provider", "delivery_partner", "training"),
    [
        pytest.param(None, None, "school_led", id="school-led"),
        pytest.param(LEAD_PROVIDER, None, "expression_of_interest", id="without a partnership"),
        pytest.param(LEAD_PROVIDER, DELIVERY_PARTNER, "confirmed", id="with a partnership"),
    ],
)
def test_confirmed_or_interest_puts_the_training_on_record(
    lead_provider: str | None, delivery_partner: str | None, training: str
) -> None:
    """Never refuses; a partnership makes the difference."""
    assert check_confirmed_or_interest(lead_provider, delivery_partner) == Allowed(
        CONFIRMED_OR_INTEREST, {"training": training}
    )


def test_told_what_happens_for_a_provider_led_ect() -> None:
    """The details go to that lead provider, and the school need not contact it."""
    assert what_happens_next(LEAD_PROVIDER, "Marsh Lane Partners") == (
        "We will pass the ECT’s details on to Harbour Teacher Development, who will contact your "
        "school. You do not need to contact them separately"
    )


def test_told_what_happens_before_the_lead_provider_has_confirmed() -> None:
    """It sees the choice of the school, and gets the details when it confirms."""
    assert what_happens_next(LEAD_PROVIDER, None) == (
        "We will pass the ECT’s details on to Harbour Teacher Development when they confirm that "
        "they work with your school. They can already see that your school has chosen them. You "
        "do not need to contact them separately"
    )


def test_told_what_happens_says_nothing_for_a_school_led_ect() -> None:
    """There is no lead provider to pass anything on to."""
    assert what_happens_next(None, None) is None
