"""The records of a school move to its successor on every store alike."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import (
    DELIVERY_PARTNER,
    LEAD_PROVIDER,
    THIS_YEAR,
    TODAY,
    URN,
    a_change,
    a_journey,
    a_mentor,
    a_mentorship,
    a_partnership,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.training import TrainingId
from ect_registration.domain.reference.tables import ReferenceKind
from ect_registration.domain.school import SchoolRecords, SchoolStatus, Succession
from ect_registration.domain.values import Trn, Urn
from ect_registration.testing.clock import FixedClock
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords
from ect_registration.use_cases.gias.moving import Moved, move_school
from ect_registration.use_cases.gias.moving_some import move_some
from ect_registration.use_cases.transactions import Ports
from integration.contracts.steps import (
    OTHER_DELIVERY_PARTNER,
    OTHER_URN,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)

SUCCESSION = Succession(URN, OTHER_URN, TODAY)
CONFIRMED = {"delivery_partner": DELIVERY_PARTNER}


def _move(uow):
    uow.schools.move_records(SUCCESSION)


def _peopled(store):
    """An ECT with training and a mentor, a partnership and a draft at the first school."""
    keep(store, lambda uow: uow.partnerships.add(a_partnership()))
    mentor = taken_on(store, a_mentor(trainings=(a_training(id=TrainingId(uuid4())),)))
    training = a_training(id=TrainingId(uuid4()), **CONFIRMED)
    ect = an_ect(trainings=(training,), mentorships=(a_mentorship(mentor),))
    registered(store, ect)
    journey = a_journey()
    keep(store, lambda uow: uow.journeys.add(journey))
    return ect, mentor, journey


def test_everything_moves_with_its_ids_and_days(store):
    """Trainings, mentorships, the partnership and the draft included."""
    ect, mentor, journey = _peopled(store)
    keep(store, _move)

    def found(uow):
        return (
            uow.ects.find(ect.id),
            uow.mentors.find(mentor.id),
            list(uow.partnerships.of_school(OTHER_URN)),
            list(uow.partnerships.of_school(URN)),
            uow.journeys.find(journey.id).school,
        )

    assert seen(store, found) == (
        attrs.evolve(seen(store, lambda uow: uow.ects.find(ect.id)), school=OTHER_URN),
        attrs.evolve(mentor, school=OTHER_URN),
        [a_partnership(school=OTHER_URN)],
        [],
        OTHER_URN,
    )
    moved = seen(store, lambda uow: uow.ects.find(ect.id))
    assert (moved.trainings, moved.period) == (ect.trainings, ect.period)
    assert [m.id for m in moved.mentorships] == [m.id for m in ect.mentorships]


def test_some_move_with_copies_of_their_partnerships(store):
    """Trainings and mentorships come along; the partnership and the draft stay as well."""
    ect, mentor, journey = _peopled(store)
    stays = an_ect(id=EctId(uuid4()), teacher=a_teacher(trn=Trn("1000077")), email=None)
    registered(store, stays)
    keep(store, lambda uow: _move_some(uow, ect, mentor))

    def found(uow):
        return (
            uow.ects.find(ect.id),
            uow.mentors.find(mentor.id),
            list(uow.partnerships.of_school(OTHER_URN)),
            list(uow.partnerships.of_school(URN)),
            uow.journeys.find(journey.id).school,
            uow.ects.find(stays.id).school,
            list(uow.schools.successions_of([URN])),
        )

    moved, mentors, there, here, draft, school, successions = seen(store, found)
    assert (moved.school, moved.trainings) == (OTHER_URN, ect.trainings)
    assert [m.id for m in moved.mentorships] == [m.id for m in ect.mentorships]
    assert mentors == attrs.evolve(mentor, school=OTHER_URN)
    assert (there, here) == ([a_partnership(school=OTHER_URN)], [a_partnership()])
    assert (draft, school, successions) == (URN, URN, [])


def test_some_are_trained_by_the_partnership_that_is_there(store):
    """A partnership of the other school counts before the one that they had."""
    ect, mentor, _ = _peopled(store)
    other = {"delivery_partner": OTHER_DELIVERY_PARTNER, "school": OTHER_URN}
    keep(store, lambda uow: uow.partnerships.add(a_partnership(**other)))
    keep(store, lambda uow: _move_some(uow, ect, mentor))

    moved = seen(store, lambda uow: uow.ects.find(ect.id))
    assert moved.training.delivery_partner == OTHER_DELIVERY_PARTNER
    assert list(seen(store, lambda uow: uow.partnerships.of_school(OTHER_URN))) == [
        a_partnership(**other)
    ]


def test_a_partnership_that_has_ended_is_copied_as_such(store):
    """A training that it confirmed, and that ended before, has its delivery partner still."""
    ect, mentor, _ = _peopled(store)
    ended = {"school": str(URN), "lead_provider": LEAD_PROVIDER, "year": THIS_YEAR.starts_in}
    row = ended | {"delivery_partner": DELIVERY_PARTNER, "active": False}
    keep(store, lambda uow: uow.reference.save(ReferenceKind.PARTNERSHIPS, [row]))
    keep(store, lambda uow: _move_some(uow, ect, mentor))

    assert seen(store, lambda uow: uow.ects.find(ect.id)).trainings == ect.trainings
    assert list(seen(store, lambda uow: uow.partnerships.of_school(OTHER_URN))) == []


@pytest.mark.parametrize("side", [0, 1])
def test_nobody_is_parted_from_their_mentor(store, side):
    """Neither an ECT nor a mentor moves alone."""
    alone = _peopled(store)[side]

    assert outcome(store, lambda uow: _move_some(uow, alone)) == "conflict"


def _move_some(uow, *periods):
    uow.schools.move_periods([each.id for each in periods], URN, OTHER_URN)


def test_what_took_the_place_of_a_school_is_remembered(store):
    """Since when, too, for each school asked about; nothing has taken the place of others."""
    third = attrs.evolve(seen(store, lambda uow: uow.schools.find(URN)), urn=Urn("100003"))
    then = Succession(OTHER_URN, third.urn, TODAY)
    keep(store, lambda uow: uow.schools.save(third))
    keep(store, _move, lambda uow: uow.schools.move_records(then))

    def found(*urns):
        return list(seen(store, lambda uow: uow.schools.successions_of(urns)))

    assert found(third.urn, OTHER_URN, URN) == [SUCCESSION, then]
    assert (found(URN), found(third.urn), found()) == ([SUCCESSION], [], [])


def test_a_school_that_is_unknown_takes_over_nothing(store):
    """Nor does it have anything."""
    nowhere = attrs.evolve(SUCCESSION, successor=Urn("199999"))

    assert outcome(store, lambda uow: uow.schools.move_records(nowhere)) == "conflict"


def test_training_takes_the_partnership_of_the_successor(store):
    """The school's own with that lead provider and year stays behind, and ends."""
    ect, *_ = _peopled(store)
    keep(store, lambda uow: uow.partnerships.add(a_partnership(school=OTHER_URN)))
    keep(store, _move)
    moved = seen(store, lambda uow: uow.ects.find(ect.id))

    assert moved.trainings[0].delivery_partner == DELIVERY_PARTNER
    assert list(seen(store, lambda uow: uow.partnerships.of_school(URN))) == []
    assert list(seen(store, lambda uow: uow.partnerships.of_school(OTHER_URN))) == [
        a_partnership(school=OTHER_URN)
    ]
    assert (moved.trainings[0].lead_provider, THIS_YEAR) == (LEAD_PROVIDER, THIS_YEAR)
    assert URN not in seen(
        store, lambda uow: uow.schools.records(TODAY)
    )  # nothing is left to move


def test_records_are_counted_by_school(store):
    """Besides, those that are open and go on after the closing day."""
    _peopled(store)
    counted = SchoolRecords(ects=1, mentors=1, partnerships=1, drafts=1, going_on=2)

    assert seen(store, lambda uow: uow.schools.records(TODAY)) == {URN: counted}
    assert seen(store, lambda uow: uow.schools.records(TODAY, [URN, OTHER_URN])) == {URN: counted}
    assert seen(store, lambda uow: uow.schools.records(TODAY, [OTHER_URN])) == {}

    def close(day):
        def closing(uow):
            school = uow.schools.find(URN)
            uow.schools.save(attrs.evolve(school, status=SchoolStatus.CLOSED, closed_on=day))

        return closing

    keep(store, close(TODAY))
    assert seen(store, lambda uow: uow.schools.records(TODAY))[URN].going_on == 2
    mentor = taken_on(
        store, a_mentor(id=uuid4(), school=OTHER_URN, period=Period(TODAY, TODAY), email=None)
    )
    assert seen(store, lambda uow: uow.schools.records(TODAY))[mentor.school].going_on == 1
    tomorrow = TODAY + timedelta(1)
    assert seen(store, lambda uow: uow.schools.records(tomorrow))[mentor.school].going_on == 0


def test_many_schools_are_found_and_saved_at_once(store):
    """By URN; unknown ones are left out."""
    both = seen(store, lambda uow: uow.schools.with_urns([OTHER_URN, Urn("199999"), URN]))
    renamed = [attrs.evolve(school, name=f"{school.name} again") for school in both]
    keep(store, lambda uow: uow.schools.save_all(renamed))

    assert [school.urn for school in both] == [URN, OTHER_URN]
    assert seen(store, lambda uow: uow.schools.with_urns([URN, OTHER_URN])) == renamed


def test_history_of_a_period_came_along(store):
    """Written where the period was then, and read where it is now."""
    ect, *_ = _peopled(store)
    change = a_change(about=ect.id)
    keep(store, lambda uow: uow.history.add([change]))
    assert list(seen(store, lambda uow: uow.history.about(OTHER_URN, ect.id))) == []
    keep(store, _move)

    assert list(seen(store, lambda uow: uow.history.about(OTHER_URN, ect.id))) == [change]
    assert list(seen(store, lambda uow: uow.history.of_school(OTHER_URN))) == []


def _ports(store):
    return Ports(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        teacher_records=MemoryTeacherRecords(()),
        clock=FixedClock(TODAY),
        new_id=uuid4,
        pause=lambda _: None,
    )


@pytest.mark.parametrize("days", [-30, 30])
def test_of_a_mentor_of_both_schools_one_period_is_left(store, days):
    """The longer-standing one takes over the mentorships of the other, from either school."""
    ect, mentor, _ = _peopled(store)
    first = mentor.period.started_on + timedelta(days)
    there = taken_on(
        store,
        attrs.evolve(
            mentor, id=MentorId(uuid4()), school=OTHER_URN, period=Period(first), trainings=()
        ),
    )
    moved = move_school(URN, OTHER_URN, "operator:test", _ports(store))
    kept = there if days < 0 else mentor
    [left] = seen(store, lambda uow: uow.mentors.at_school(OTHER_URN))
    found = seen(store, lambda uow: uow.ects.find(ect.id))

    assert isinstance(moved, Moved)
    assert (left.id, left.period) == (kept.id, kept.period)
    assert len(left.trainings) == len(mentor.trainings)
    assert [m.mentor for m in found.mentorships if not m.withdrawn] == [kept.id]


@pytest.mark.parametrize("some", [False, True])
def test_a_partnership_that_goes_on_wins_over_one_that_has_ended(store, some):
    """Training stays confirmed, with the delivery partner that it had."""
    ect, mentor, _ = _peopled(store)
    ended = {"school": str(OTHER_URN), "lead_provider": LEAD_PROVIDER, "year": THIS_YEAR.starts_in}
    row = ended | {"delivery_partner": OTHER_DELIVERY_PARTNER, "active": False}
    keep(store, lambda uow: uow.reference.save(ReferenceKind.PARTNERSHIPS, [row]))
    given = (URN, OTHER_URN, "operator:test", _ports(store))
    moved = move_some([ect.id, mentor.id], *given) if some else move_school(*given)

    there = a_partnership(school=OTHER_URN)
    assert (moved.replaced, moved.taken_up) == ((), (there,))
    assert seen(store, lambda uow: uow.ects.find(ect.id)).trainings == ect.trainings
    assert list(seen(store, lambda uow: uow.partnerships.of_school(OTHER_URN))) == [there]
