from __future__ import annotations

from uuid import uuid4

import pytest

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    MENTOR_TRN,
    TERM_STARTS,
    THIS_YEAR,
    TODAY,
    URN,
    a_delivery_partner,
    a_mentor,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import AcademicYear, Period, day_before
from ect_registration.domain.people.training import TrainingId, TrainingState
from ect_registration.domain.school import Offer
from ect_registration.domain.values import Urn
from ect_registration.ports.stored.offers import TrainedPerson
from integration.contracts.steps import (
    OTHER_DELIVERY_PARTNER,
    OTHER_LEAD_PROVIDER,
    OTHER_URN,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)


def _adding(partnership):
    return lambda uow: uow.partnerships.add(partnership)


def test_a_schools_partnerships_come_newest_first_then_by_lead_provider(store):
    """And nobody else's come with them."""
    newest = a_partnership()
    beside = a_partnership(
        lead_provider=OTHER_LEAD_PROVIDER, delivery_partner=OTHER_DELIVERY_PARTNER
    )
    older = a_partnership(year=THIS_YEAR.plus(-1))
    elsewhere = a_partnership(school=OTHER_URN)
    keep(store, *map(_adding, (older, beside, elsewhere, newest)))

    found = seen(store, lambda uow: uow.partnerships.of_school(URN))

    assert list(found) == [newest, beside, older]


def test_an_offer_to_a_school_has_its_partnerships_the_year_and_all_bodies(store):
    """What is asked for one by one elsewhere, in the same order."""
    keep(store, _adding(a_partnership(year=THIS_YEAR.plus(-1))), _adding(a_partnership()))

    def both(uow):
        one_by_one = Offer(
            uow.offers.training_year(THIS_YEAR),
            tuple(uow.offers.appropriate_bodies()),
            tuple(uow.partnerships.of_school(URN)),
        )
        return uow.offers.to_school(URN, THIS_YEAR), one_by_one

    offer, one_by_one = seen(store, both)
    of_school = seen(store, lambda uow: uow.schools.with_offer(URN, THIS_YEAR))
    school = seen(store, lambda uow: uow.schools.with_latest_registration(URN))

    assert (offer, of_school) == (one_by_one, (*school, offer))
    assert (len(offer.partnerships), offer.year.open_for_registration) == (2, True)


def test_a_school_without_partnerships_has_none(store):
    """An empty answer, also for a school that we do not know."""
    assert list(seen(store, lambda uow: uow.partnerships.of_school(URN))) == []
    assert list(seen(store, lambda uow: uow.partnerships.of_school(Urn("999999")))) == []


def test_one_partnership_for_a_school_a_lead_provider_and_a_year(store):
    """A second one is refused, also with another delivery partner."""
    keep(store, _adding(a_partnership()))

    assert outcome(store, _adding(a_partnership())) == "conflict"
    second = a_partnership(delivery_partner=OTHER_DELIVERY_PARTNER)
    assert outcome(store, _adding(second)) == "conflict"


def test_a_partnership_needs_a_pair_that_works_together_in_its_year(store):
    """Another year, another provider or another partner will not do."""
    strangers = [
        a_partnership(year=AcademicYear(2019)),
        a_partnership(lead_provider=OTHER_LEAD_PROVIDER),
        a_partnership(
            delivery_partner=OTHER_DELIVERY_PARTNER,
            year=THIS_YEAR.plus(-1),
        ),
    ]

    assert [outcome(store, _adding(stranger)) for stranger in strangers] == ["conflict"] * 3


def test_a_partnership_needs_names_that_we_know(store):
    """A dangling name is refused."""
    dangling = [
        a_partnership(school=Urn("999999")),
        a_partnership(lead_provider="Nobody"),
        a_partnership(delivery_partner="Nobody"),
    ]

    assert [outcome(store, _adding(one)) for one in dangling] == ["conflict"] * 3


def test_a_partnership_outlives_its_pairing(store):
    """What a school reported stays, also when the two work together no more."""
    keep(store, _adding(a_partnership()))
    alone = a_delivery_partner(works_with=frozenset())
    keep(store, lambda uow: uow.offers.save_delivery_partner(alone))

    assert list(seen(store, lambda uow: uow.partnerships.of_school(URN))) == [a_partnership()]


def _reporting(partnership, confirmed):
    """Add the partnership, and note whose trainings it confirmed."""

    def report(uow):
        uow.partnerships.add(partnership)
        confirmed.extend(uow.partnerships.confirm_waiting(partnership, TODAY))

    return report


def test_a_reported_partnership_confirms_the_waiting_trainings(store):
    """Of ECTs and mentors alike; the answer is whose they are, by TRN."""
    ect = registered(store, an_ect(trainings=(a_training(),)))
    mentor = taken_on(store, a_mentor(trainings=(a_training(),)))
    confirmed = []
    keep(store, _reporting(a_partnership(), confirmed))

    partners = [
        seen(store, lambda uow: uow.ects.find(ect.id)).training.delivery_partner,
        seen(store, lambda uow: uow.mentors.find(mentor.id)).trainings[0].delivery_partner,
    ]

    assert partners == [DELIVERY_PARTNER, DELIVERY_PARTNER]
    assert confirmed == [
        TrainedPerson(ECT_TRN, ect.id, DELIVERY_PARTNER),
        TrainedPerson(MENTOR_TRN, mentor.id, DELIVERY_PARTNER),
    ]


def test_a_confirmed_training_waits_no_more(store):
    """Confirming again finds nobody."""
    ect = registered(store, an_ect(trainings=(a_training(),)))
    confirmed = []
    keep(store, _reporting(a_partnership(), confirmed))
    keep(
        store,
        lambda uow: confirmed.extend(uow.partnerships.confirm_waiting(a_partnership(), TODAY)),
    )

    assert [each.period for each in confirmed] == [ect.id]


def test_each_training_that_is_confirmed_counts(store):
    """One that goes on and one to come, of the same person."""
    until = Period(TERM_STARTS, TODAY)
    both = (
        a_training(id=TrainingId(uuid4()), period=until),
        a_training(id=TrainingId(uuid4()), period=Period(TODAY.replace(month=12))),
    )
    ect = registered(store, an_ect(trainings=both))
    confirmed = []
    keep(store, _reporting(a_partnership(), confirmed))

    assert confirmed == [TrainedPerson(ECT_TRN, ect.id, DELIVERY_PARTNER)] * 2


def test_only_trainings_of_that_school_provider_and_year_are_confirmed(store):
    """Everything else stays as it was."""
    others = (
        a_training(lead_provider=OTHER_LEAD_PROVIDER, period=Period(TERM_STARTS, TERM_STARTS)),
        a_training(year=THIS_YEAR.plus(1), period=Period(TERM_STARTS.replace(month=10))),
    )
    ect = registered(store, an_ect(trainings=others))
    elsewhere = taken_on(store, a_mentor(school=OTHER_URN, trainings=(a_training(),)))
    confirmed = []
    keep(store, _reporting(a_partnership(), confirmed))

    assert confirmed == []
    assert seen(store, lambda uow: uow.ects.find(ect.id)) == ect
    assert seen(store, lambda uow: uow.mentors.find(elsewhere.id)) == elsewhere


def test_a_withdrawn_training_waits_for_nobody(store):
    """It is not confirmed, and its person not told."""
    ect = registered(store, an_ect(trainings=(a_training(withdrawn=True),)))
    confirmed = []
    keep(store, _reporting(a_partnership(), confirmed))

    assert confirmed == []
    assert seen(store, lambda uow: uow.ects.find(ect.id)) == ect


@pytest.mark.parametrize(("last_day", "number"), [(day_before(TODAY), 0), (TODAY, 1)])
def test_a_training_that_has_ended_waits_for_nobody(store, last_day, number):
    """It goes on until the end of its last day."""
    training = a_training(period=Period(TERM_STARTS, last_day))
    ect = registered(store, an_ect(trainings=(training,)))
    confirmed = []
    keep(store, _reporting(a_partnership(), confirmed))

    state = seen(store, lambda uow: uow.ects.find(ect.id)).trainings[0].state
    assert len(confirmed) == number
    assert (state is TrainingState.CONFIRMED) == bool(number)
