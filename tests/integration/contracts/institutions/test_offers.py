from __future__ import annotations

from datetime import date

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    THIS_YEAR,
    a_delivery_partner,
    a_lead_provider,
    a_pairing,
    a_training_year,
    an_appropriate_body,
)
from ect_registration.domain.school import BodyKind, TrainingYear
from integration.contracts.steps import keep, outcome, seen


def _training_year(store, year=THIS_YEAR):
    return seen(store, lambda uow: uow.offers.training_year(year))


@pytest.fixture
def offers(empty_store):
    """A store with one lead provider, one delivery partner and one open year."""
    keep(
        empty_store,
        lambda uow: uow.offers.save_academic_year(THIS_YEAR, open_for_registration=True),
        lambda uow: uow.offers.save_lead_provider(a_lead_provider()),
        lambda uow: uow.offers.save_delivery_partner(a_delivery_partner()),
    )
    return empty_store


def test_a_year_that_nobody_saved_is_closed_and_empty(empty_store):
    """Absent is closed."""
    assert _training_year(empty_store) == TrainingYear(THIS_YEAR)


def test_a_training_year_says_who_works_in_it(offers):
    """Lead providers of the year, their pairs, and every lead provider we know."""
    assert _training_year(offers) == a_training_year()


def test_a_lead_provider_who_does_not_work_in_a_year_is_known_all_the_same(offers):
    """So that not this year is told apart from never heard of."""
    next_year = THIS_YEAR.plus(1)

    assert _training_year(offers, next_year) == TrainingYear(
        next_year, all_lead_providers=frozenset({LEAD_PROVIDER})
    )


def test_a_year_can_be_closed_again(offers):
    """The last word counts."""
    keep(offers, lambda uow: uow.offers.save_academic_year(THIS_YEAR, open_for_registration=False))

    assert _training_year(offers) == a_training_year(open_for_registration=False)


def test_a_lead_providers_years_become_the_given_ones(offers):
    """Reference data is set, not added to."""
    keep(
        offers,
        lambda uow: uow.offers.save_lead_provider(
            a_lead_provider(years=frozenset({THIS_YEAR.plus(1)}))
        ),
    )

    assert _training_year(offers).lead_providers == frozenset()
    assert _training_year(offers, THIS_YEAR.plus(1)).lead_providers == {LEAD_PROVIDER}


def test_a_delivery_partners_pairings_become_the_given_ones(offers):
    """A pairing that is not named any more is no longer on offer."""
    keep(
        offers,
        lambda uow: uow.offers.save_delivery_partner(
            a_delivery_partner(works_with=frozenset({a_pairing(year=THIS_YEAR.plus(1))}))
        ),
    )

    assert _training_year(offers).pairs == frozenset()
    assert _training_year(offers, THIS_YEAR.plus(1)).pairs == {(LEAD_PROVIDER, DELIVERY_PARTNER)}


def test_a_pairing_can_come_back(offers):
    """Left out once and named again, it is on offer again."""
    none = a_delivery_partner(works_with=frozenset())
    keep(offers, lambda uow: uow.offers.save_delivery_partner(none))
    keep(offers, lambda uow: uow.offers.save_delivery_partner(a_delivery_partner()))

    assert _training_year(offers) == a_training_year()


def test_saving_reference_data_again_changes_nothing(offers):
    """A world may be loaded twice."""
    before = _training_year(offers)
    keep(
        offers,
        lambda uow: uow.offers.save_academic_year(THIS_YEAR, open_for_registration=True),
        lambda uow: uow.offers.save_lead_provider(a_lead_provider()),
        lambda uow: uow.offers.save_delivery_partner(a_delivery_partner()),
    )

    assert _training_year(offers) == before


def test_a_pairing_needs_a_lead_provider_whom_we_know(empty_store):
    """A dangling name is refused."""
    refused = outcome(
        empty_store, lambda uow: uow.offers.save_delivery_partner(a_delivery_partner())
    )

    assert refused == "conflict"


def test_appropriate_bodies_come_by_name(empty_store):
    """Whatever the order of writing."""
    bodies = [
        an_appropriate_body(name=name) for name in ("Alpha Hub", "Beta Hub", "Gamma Hub", "Éire")
    ]
    for body in (bodies[2], bodies[0], bodies[3], bodies[1]):
        keep(empty_store, lambda uow, body=body: uow.offers.save_appropriate_body(body))

    assert list(seen(empty_store, lambda uow: uow.offers.appropriate_bodies())) == bodies


def test_saving_an_appropriate_body_again_sets_it_to_what_is_given(empty_store):
    """A hub that stopped reads stopped."""
    hub = an_appropriate_body()
    stopped = attrs.evolve(
        hub, kind=BodyKind.NATIONAL, active_from=None, active_until=date(2024, 8, 31)
    )
    keep(empty_store, lambda uow: uow.offers.save_appropriate_body(hub))
    keep(empty_store, lambda uow: uow.offers.save_appropriate_body(stopped))

    assert list(seen(empty_store, lambda uow: uow.offers.appropriate_bodies())) == [stopped]
