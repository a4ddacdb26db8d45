"""`school-merged`: by which partnership people are trained after two schools became one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import DELIVERY_PARTNER, TODAY, URN, a_mentor, a_teacher, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.records.history import What
from ect_registration.domain.school import Partnership
from ect_registration.domain.values import Trn
from ect_registration.use_cases.gias.import_schools import LeftForPeople
from ect_registration.use_cases.gias.moving import move_school
from ect_registration.use_cases.gias.moving_some import move_some
from ect_registration.use_cases.operating.person import history_of
from unit.use_cases.extracts import closed_school, imported
from unit.use_cases.reference_rows import PAIRINGS, PARTNERSHIPS, change, row_of
from unit.use_cases.service import USER
from unit.use_cases.town import OTHER_PARTNER, OTHER_SCHOOL

LINKS = [(URN, OTHER_SCHOOL, "Successor - merged")]
YESTERDAY = TODAY - timedelta(1)


@pytest.fixture
def pair(ect):
    """The lead provider of the ECT, in the year of their training."""
    return {"lead_provider": ect.training.lead_provider, "year": ect.training.year.starts_in}


@pytest.fixture(autouse=True)
def partnerships(service, pair):
    """Both schools have one for that year, each with a delivery partner of its own."""
    for urn, partner in ((URN, DELIVERY_PARTNER), (OTHER_SCHOOL, OTHER_PARTNER)):
        row = pair | {"delivery_partner": partner}
        change(service, PAIRINGS, row)
        change(service, PARTNERSHIPS, row | {"school": str(urn)})


def _end(service, urn, pair):
    change(service, PARTNERSHIPS, pair | {"school": str(urn), "active": False})


def _move(service, some):
    if not some:
        return move_school(URN, OTHER_SCHOOL, USER, service.ports)
    with service.store.reading() as uow:
        ids = [each.id for each in (*uow.ects.at_school(URN), *uow.mentors.at_school(URN))]
    return move_some(ids, URN, OTHER_SCHOOL, USER, service.ports)


def _active(service, pair):
    rows = [row_of(service, PARTNERSHIPS, school=str(urn), **pair) for urn in (URN, OTHER_SCHOOL)]
    return [(row["delivery_partner"], row["active"]) for row in rows]


def _partner(service):
    [moved] = service.ects_of()
    return moved.trainings[0].delivery_partner


def _told_of(service, somebody):
    """Where the history of a person says that the delivery partner is another, and which."""
    return [
        (line.school, line.before["delivery_partner"], line.after["delivery_partner"])
        for line in history_of(somebody.teacher.trn, service.ports)
        if line.what is What.PARTNERSHIP_CHANGED
    ]


def _kept(service, record):
    with service.store.reading() as uow:
        return uow.ects.find(record.id) or uow.mentors.find(record.id)


def _trained_until(service, ect, last_day):
    """The ECT's training ends then."""
    here = _kept(service, ect)
    over = attrs.evolve(here.training, period=Period(here.training.period.started_on, last_day))
    service.do(lambda uow: uow.ects.change(here, attrs.evolve(here, trainings=(over,))))


def test_a_partnership_that_goes_on_wins_over_one_that_has_ended(service, ect, mentor, pair):
    """`school-merged`: that of the successor is taken up with its delivery partner, and listed."""
    _end(service, OTHER_SCHOOL, pair)
    outcome, _ = imported(service, closed_school(), links=LINKS)

    assert _partner(service) == DELIVERY_PARTNER
    assert _active(service, pair) == [(DELIVERY_PARTNER, False), (DELIVERY_PARTNER, True)]
    assert outcome.left == [
        LeftForPeople(
            str(URN),
            f"The partnership of {OTHER_SCHOOL} with {pair['lead_provider']} in 2025 to 2026 had "
            f"ended. It goes on with the delivery partner of {URN}, {DELIVERY_PARTNER}",
        )
    ]
    lines = [e for e in service.history(OTHER_SCHOOL) if e.what is What.PARTNERSHIP_REPORTED]
    assert (lines[-1].actor, lines[-1].after["delivery_partner"]) == (USER, DELIVERY_PARTNER)
    assert _told_of(service, ect) == []


def test_a_partnership_that_goes_on_wins_for_those_who_are_named(service, ect, mentor, pair):
    """As where the whole school moves; at the other school it goes on as well."""
    _end(service, OTHER_SCHOOL, pair)
    outcome = _move(service, some=True)

    assert _partner(service) == DELIVERY_PARTNER
    assert _active(service, pair) == [(DELIVERY_PARTNER, True), (DELIVERY_PARTNER, True)]
    there = Partnership(OTHER_SCHOOL, pair["lead_provider"], DELIVERY_PARTNER, ect.training.year)
    assert (outcome.replaced, outcome.taken_up) == ((), (there,))


def test_a_partnership_that_trains_nobody_who_is_named_stays_where_it_is(service, pair):
    """What the other school ended stays ended."""
    colleague = a_mentor(id=MentorId(uuid4()), teacher=a_teacher(trn=Trn("3000009")), email=None)
    service.has_mentor(colleague)
    _end(service, OTHER_SCHOOL, pair)
    outcome = move_some([colleague.id], URN, OTHER_SCHOOL, USER, service.ports)

    assert (outcome.replaced, outcome.taken_up) == ((), ())
    assert _active(service, pair) == [(DELIVERY_PARTNER, True), (OTHER_PARTNER, False)]


@pytest.mark.parametrize("some", [False, True])
def test_another_delivery_partner_of_training_that_is_over_is_told(service, ect, pair, some):
    """Also where the partnership that confirmed it has ended."""
    _trained_until(service, ect, YESTERDAY)
    _end(service, URN, pair)
    outcome = _move(service, some)

    assert _partner(service) == OTHER_PARTNER
    assert [(each.school, each.delivery_partner) for each in outcome.replaced] == [
        (URN, DELIVERY_PARTNER)
    ]
    assert _told_of(service, ect) == [(OTHER_SCHOOL, DELIVERY_PARTNER, OTHER_PARTNER)]


def test_another_delivery_partner_is_told_only_of_those_who_move(service, ect, pair):
    """The colleague stays, and is trained as before."""
    training = a_training(id=TrainingId(uuid4()), delivery_partner=DELIVERY_PARTNER)
    colleague = a_mentor(
        id=MentorId(uuid4()),
        teacher=a_teacher(trn=Trn("3000009")),
        email=None,
        trainings=(training,),
    )
    service.has_mentor(colleague)
    move_some([colleague.id], URN, OTHER_SCHOOL, USER, service.ports)

    assert _told_of(service, colleague) == [(OTHER_SCHOOL, DELIVERY_PARTNER, OTHER_PARTNER)]
    assert _told_of(service, ect) == []


@pytest.mark.parametrize("some", [False, True])
def test_a_partnership_that_has_ended_confirms_nothing_after_a_merger(service, ect, pair, some):
    """`reference-changes`: open training waits where the partnerships of both have ended."""
    confirmed = _kept(service, ect)
    for urn in (URN, OTHER_SCHOOL):
        _end(service, urn, pair)
    waiting = _kept(service, ect)
    service.do(lambda uow: uow.ects.change(waiting, confirmed))
    _move(service, some)

    assert _partner(service) is None
