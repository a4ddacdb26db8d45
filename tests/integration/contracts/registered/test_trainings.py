from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    MENTOR_TRN,
    TERM_STARTS,
    THIS_YEAR,
    URN,
    a_mentor,
    a_partnership,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.people.training import Programme
from ect_registration.domain.values import Trn
from integration.contracts.steps import (
    OTHER_DELIVERY_PARTNER,
    OTHER_LEAD_PROVIDER,
    OTHER_URN,
    adding_ect,
    adding_mentor,
    changing_ect,
    changing_mentor,
    keep,
    outcome,
    taken_on,
)

LAST_DAY, OCTOBER = date(2025, 12, 19), date(2025, 10, 1)
WHOLE = Period(TERM_STARTS, LAST_DAY)
BOTH = [(an_ect, adding_ect, changing_ect), (a_mentor, adding_mentor, changing_mentor)]


@pytest.fixture(params=BOTH, ids=["ect", "mentor"])
def somebody(request):
    """An example of an ECT or a mentor, how to add one, and how to change one."""
    return request.param


def _adding(somebody, *trainings):
    example, adding, _ = somebody
    return adding(example(period=WHOLE, trainings=trainings))


def test_training_fills_the_period_or_part_of_it(store, somebody):
    """From the first day to the last at most."""
    inside = [
        a_training(period=Period(TERM_STARTS, date(2025, 10, 31))),
        a_training(period=Period(date(2025, 11, 1), LAST_DAY)),
    ]

    assert outcome(store, _adding(somebody, *inside)) == "kept"


@pytest.mark.parametrize(
    "period",
    [
        Period(TERM_STARTS - timedelta(days=1), LAST_DAY),
        Period(TERM_STARTS, LAST_DAY + timedelta(days=1)),
        Period(TERM_STARTS),
        Period(LAST_DAY + timedelta(days=1)),
    ],
    ids=["begins before", "ends after", "never ends", "begins after"],
)
def test_training_never_leaves_its_period(store, somebody, period):
    """One day outside is refused."""
    assert outcome(store, _adding(somebody, a_training(period=period))) == "conflict"


def test_trainings_never_overlap(store, somebody):
    """One shared day is refused."""
    overlapping = [
        a_training(period=Period(TERM_STARTS, date(2025, 10, 31))),
        a_training(period=Period(date(2025, 10, 31), LAST_DAY)),
    ]

    assert outcome(store, _adding(somebody, *overlapping)) == "conflict"


def test_a_withdrawn_training_may_lie_anywhere(store, somebody):
    """Outside its period, or over another training."""
    withdrawn = [
        a_training(period=WHOLE),
        a_training(period=WHOLE, withdrawn=True),
        a_training(period=Period(LAST_DAY + timedelta(days=30)), withdrawn=True),
    ]

    assert outcome(store, _adding(somebody, *withdrawn)) == "kept"


def test_a_period_is_never_cut_shorter_than_its_training(store, somebody):
    """The training has to end first, or with it."""
    example, adding, changing = somebody
    before = example(period=WHOLE, trainings=(a_training(period=WHOLE),))
    keep(store, adding(before))
    period = Period(TERM_STARTS, date(2025, 10, 31))
    shorter = attrs.evolve(before, period=period)
    ended = (attrs.evolve(before.trainings[0], period=period),)

    assert outcome(store, changing(before, shorter)) == "conflict"
    assert outcome(store, changing(before, attrs.evolve(shorter, trainings=ended))) == "kept"


def test_a_withdrawn_training_never_comes_back_outside_its_period(store, somebody):
    """Standing again, it is held to the guarantees again."""
    example, adding, changing = somebody
    training = a_training(period=Period(LAST_DAY + timedelta(days=1)), withdrawn=True)
    before = example(period=WHOLE, trainings=(training,))
    keep(store, adding(before))
    after = attrs.evolve(before, trainings=(attrs.evolve(training, withdrawn=False),))

    assert outcome(store, changing(before, after)) == "conflict"


def test_period_and_training_can_grow_together(store, somebody):
    """A leaving that is withdrawn gives both their days back."""
    example, adding, changing = somebody
    training = a_training(period=WHOLE)
    before = example(period=WHOLE, trainings=(training,))
    keep(store, adding(before))
    longer = Period(TERM_STARTS, date(2026, 7, 17))
    after = attrs.evolve(before, period=longer, trainings=(attrs.evolve(training, period=longer),))

    assert outcome(store, changing(before, after)) == "kept"


def test_a_trainings_id_names_one_training_for_ever(store, somebody):
    """Also when the other one was withdrawn."""
    training = a_training(period=Period(TERM_STARTS, TERM_STARTS), withdrawn=True)
    same = attrs.evolve(training, period=Period(LAST_DAY, LAST_DAY), withdrawn=False)

    assert outcome(store, _adding(somebody, training, same)) == "conflict"


def test_training_belongs_to_one_ect_or_mentor_period(store):
    """The same training of an ECT and of a mentor is refused."""
    training = a_training()
    keep(store, adding_ect(an_ect(trainings=(training,))))

    assert outcome(store, adding_mentor(a_mentor(trainings=(training,)))) == "conflict"


def test_training_needs_a_lead_provider_whom_we_know(store, somebody):
    """A dangling name is refused."""
    training = a_training(lead_provider="Nobody", period=WHOLE)

    assert outcome(store, _adding(somebody, training)) == "conflict"


@pytest.mark.parametrize(
    "changes",
    [
        {"delivery_partner": OTHER_DELIVERY_PARTNER},
        {"delivery_partner": "Nobody"},
        {"lead_provider": OTHER_LEAD_PROVIDER},
        {"year": THIS_YEAR.plus(-1)},
    ],
    ids=["another partner", "nobody", "another provider", "another year"],
)
def test_confirmed_training_needs_the_partnership_that_confirms_it(store, somebody, changes):
    """Of that school, lead provider and year, with that delivery partner."""
    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    confirmed = a_training(period=WHOLE, delivery_partner=DELIVERY_PARTNER)

    assert outcome(store, _adding(somebody, attrs.evolve(confirmed, **changes))) == "conflict"
    assert outcome(store, _adding(somebody, confirmed)) == "kept"


def test_a_partnership_of_another_school_confirms_nothing(store, somebody):
    """Each school has its own."""
    keep(store, lambda uow: uow.partnerships.add(a_partnership(school=OTHER_URN)))
    confirmed = a_training(period=WHOLE, delivery_partner=DELIVERY_PARTNER)

    assert outcome(store, _adding(somebody, confirmed)) == "conflict"


@pytest.mark.parametrize(
    "training",
    [a_training(programme=Programme.SCHOOL_LED), a_training(lead_provider=None)],
    ids=["school-led with one", "provider-led without one"],
)
def test_a_lead_provider_goes_with_provider_led_training_only(store, somebody, training):
    """And provider-led training never goes without."""
    inside = attrs.evolve(training, period=WHOLE)

    assert outcome(store, _adding(somebody, inside)) == "conflict"


def _mentor(school=URN, trn=MENTOR_TRN, *periods):
    trainings = tuple(a_training(period=period) for period in periods)
    return a_mentor(
        school=school,
        teacher=Teacher(trn, "Joan Thackeray"),
        email=Email(f"{trn}@example.org"),
        trainings=trainings,
    )


@pytest.mark.parametrize(
    ("elsewhere", "comes_to"),
    [
        pytest.param(Period(TERM_STARTS, OCTOBER), "conflict", id="on the day it ends"),
        pytest.param(Period(date(2026, 1, 5)), "conflict", id="while it is to come"),
        pytest.param(Period(TERM_STARTS, date(2025, 9, 30)), "kept", id="the day after it ends"),
    ],
)
def test_one_open_mentor_training(store, elsewhere, comes_to):
    """No two overlapping trainings of a mentor, at whichever school they are."""
    taken_on(store, _mentor(OTHER_URN, MENTOR_TRN, elsewhere))

    assert outcome(store, adding_mentor(_mentor(URN, MENTOR_TRN, Period(OCTOBER)))) == comes_to


def test_one_open_mentor_training_when_an_old_one_is_changed(store):
    """Longer than it was, or no longer withdrawn."""
    until = Period(TERM_STARTS, date(2025, 9, 30))
    there = taken_on(store, _mentor(OTHER_URN, MENTOR_TRN, until))
    taken_on(store, _mentor(URN, MENTOR_TRN, Period(OCTOBER)))
    longer = (attrs.evolve(there.trainings[0], period=Period(TERM_STARTS)),)
    withdrawn = (attrs.evolve(longer[0], withdrawn=True),)
    changes = [attrs.evolve(there, trainings=trainings) for trainings in (longer, withdrawn)]

    assert [outcome(store, changing_mentor(there, changed)) for changed in changes] == [
        "conflict",
        "kept",
    ]
    assert outcome(store, changing_mentor(changes[1], changes[0])) == "conflict"


def test_a_mentor_may_be_trained_as_an_ect_as_well_and_so_may_somebody_else(store):
    """Only trainings of one person as a mentor are in each other's way."""
    mentor = taken_on(store, _mentor(URN, MENTOR_TRN, Period(TERM_STARTS)))
    other = _mentor(URN, Trn("2000002"), Period(TERM_STARTS))
    as_ect = an_ect(teacher=mentor.teacher, email=mentor.email, trainings=(a_training(),))

    assert outcome(store, adding_mentor(other), adding_ect(as_ect)) == "kept"
