from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    THIS_YEAR,
    URN,
    a_delivery_partner,
    a_pairing,
    a_partnership,
    a_registration,
    a_teacher,
    a_training,
    an_ect,
    choices,
    school_led,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.training import TrainingId, TrainingState
from ect_registration.domain.records.history import What
from unit.use_cases.town import BRAM, LAST_YEAR, OTHER_PARTNER, OTHER_SCHOOL, WITHOUT_QTS

REUSE = {
    "reuse_previous_choices": True,
    "appropriate_body": None,
    "programme": None,
    "lead_provider": None,
}
OF_LAST_YEAR = a_partnership(year=LAST_YEAR)


def _bram_registered(service, **changes):
    """A year ago, at Larkfield."""
    bram = an_ect(
        teacher=a_teacher(trn=BRAM, trs_name="Bram Okafor"),
        email=Email("bram.okafor@example.org"),
        period=Period(date(2024, 9, 1)),
        registration=a_registration(expected_training_start_year=LAST_YEAR),
    )
    return service.has_ect(attrs.evolve(bram, **changes))


def _has_partnership(service, partnership):
    service.do(lambda uow: uow.partnerships.add(partnership))


def _partnerships(service, urn=URN):
    with service.store.reading() as uow:
        return list(uow.partnerships.of_school(urn))


def test_reused_choices_are_those_of_the_latest_registration(service):
    """By the moment of registration, whoever has left since."""
    _bram_registered(service, registration=a_registration(choices=choices()))
    service.clock.wait(minutes=1)
    service.register(
        trn=str(WITHOUT_QTS), email="noor@example.org", programme="school_led", lead_provider=None
    )
    ect = service.register(**REUSE).ect

    assert (ect.registration.choices, ect.training.state) == (
        school_led(),
        TrainingState.SCHOOL_LED,
    )


def test_reuse_with_a_partnership_of_this_year(service):
    """Confirms the training with its delivery partner, and adds nothing."""
    _bram_registered(service)
    _has_partnership(service, a_partnership())
    training = service.register(**REUSE).ect.training

    assert (training.delivery_partner, _partnerships(service)) == (
        DELIVERY_PARTNER,
        [a_partnership()],
    )


def test_reuse_with_a_partnership_of_an_earlier_year_carries_it_over(service):
    """Into the expected year; the earlier one stays."""
    _bram_registered(service)
    _has_partnership(service, OF_LAST_YEAR)
    training = service.register(**REUSE).ect.training

    assert (training.state, _partnerships(service)) == (
        TrainingState.CONFIRMED,
        [a_partnership(), OF_LAST_YEAR],
    )


def test_a_partnership_is_carried_over_from_any_earlier_year(service):
    """Straight into the expected one, over years without."""
    years = (THIS_YEAR.plus(-2), THIS_YEAR)
    pairings = frozenset(a_pairing(year=year) for year in years)
    service.do(
        lambda uow: uow.offers.save_delivery_partner(a_delivery_partner(works_with=pairings))
    )
    _bram_registered(service)
    _has_partnership(service, a_partnership(year=years[0]))
    service.register(**REUSE)

    assert [partnership.year for partnership in _partnerships(service)] == [years[1], years[0]]


def test_a_partnership_is_carried_over_once(service):
    """The second registration finds it there."""
    _bram_registered(service)
    _has_partnership(service, OF_LAST_YEAR)
    first = service.register(**REUSE).ect
    second = service.register(**REUSE, trn=str(WITHOUT_QTS), email="noor@example.org").ect

    assert (first.training.delivery_partner, second.training.delivery_partner) == (
        DELIVERY_PARTNER,
        DELIVERY_PARTNER,
    )


def test_a_partnership_carried_over_confirms_what_waits_for_it(service):
    """Trainings of the same school, provider and year, and no others."""
    waiting = _bram_registered(service, trainings=(a_training(),))
    _has_partnership(service, OF_LAST_YEAR)
    other_school = service.has_ect(
        an_ect(
            school=OTHER_SCHOOL,
            teacher=a_teacher(trn=WITHOUT_QTS),
            email=Email("noor@example.org"),
            trainings=(a_training(id=TrainingId(uuid4())),),
        )
    )
    service.register(**REUSE)

    assert (
        service.ects_of(waiting.teacher.trn)[0].training.delivery_partner,
        service.ects_of(other_school.teacher.trn)[0].training.delivery_partner,
    ) == (DELIVERY_PARTNER, None)


def test_the_newest_of_the_earlier_partnerships_is_carried_over(service):
    """Its delivery partner no longer works with the provider, so nothing is: it is not valid."""
    _bram_registered(service)
    _has_partnership(service, a_partnership(year=LAST_YEAR, delivery_partner=OTHER_PARTNER))

    assert service.register(**REUSE).rule.id == "reuse-not-valid"


def test_no_carries_nothing_over(service):
    """Although there is something to carry."""
    _bram_registered(service)
    _has_partnership(service, OF_LAST_YEAR)
    training = service.register(reuse_previous_choices=False).ect.training

    assert (training.state, _partnerships(service)) == (
        TrainingState.EXPRESSION_OF_INTEREST,
        [OF_LAST_YEAR],
    )


def test_reuse_without_a_partnership_is_an_expression_of_interest(service):
    """With the lead provider chosen then."""
    _bram_registered(service)
    training = service.register(**REUSE).ect.training

    assert (training.state, training.lead_provider) == (
        TrainingState.EXPRESSION_OF_INTEREST,
        LEAD_PROVIDER,
    )


def test_a_partnership_carried_over_is_a_line_of_history(service):
    """After the registration that carried it, and before those whom it confirms."""
    waiting = _bram_registered(service, trainings=(a_training(),))
    _has_partnership(service, OF_LAST_YEAR)
    service.register(**REUSE)
    _, carried, person = service.history()

    assert (person.what, person.about) == (What.PARTNERSHIP_REPORTED, waiting.id)
    assert (carried.what, dict(carried.after)) == (
        What.PARTNERSHIP_REPORTED,
        {
            "lead_provider": LEAD_PROVIDER,
            "delivery_partner": DELIVERY_PARTNER,
            "year": 2025,
            "confirmed": 1,
        },
    )
