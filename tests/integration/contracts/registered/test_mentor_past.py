from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from builders import URN, a_mentor, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorPast, MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from integration.contracts.steps import OTHER_URN, keep, seen, taken_on

OLD, NEW, SOMEBODY = Trn("4000001"), Trn("4000002"), Trn("4000003")
JULY = date(2023, 7, 14)


def past(store, id):
    """What a reader finds."""
    return seen(store, lambda uow: uow.mentors.past_of_person_with(id))


def mentor(trn, started_on, **changes):
    """Of this TRN, from that day on."""
    return a_mentor(
        teacher=Teacher(trn, "Piers Hallam"),
        email=Email(f"{trn}@example.org"),
        period=Period(started_on),
        **changes,
    )


def remember(store, *known):
    """What is known of training before."""
    keep(store, *(lambda uow, one=one: uow.mentors.save_training_history(one) for one in known))


def test_of_an_unknown_period_there_is_no_past(store):
    """Also when there are others."""
    taken_on(store, mentor(OLD, date(2025, 9, 1)))
    remember(store, MentorTrainingHistory(OLD, early_roll_out=True))

    assert _plain(past(store, MentorId(uuid4()))) == _plain(MentorPast())


@pytest.mark.parametrize(
    "known",
    [
        (),
        (MentorTrainingHistory(OLD),),
        (MentorTrainingHistory(OLD, early_roll_out=True),),
        (MentorTrainingHistory(OLD, completed_on=JULY, timed_out_on=date(2024, 2, 29)),),
    ],
)
def test_the_past_is_of_every_school_and_before(store, known):
    """Periods oldest first with their trainings, and what was loaded, but nobody else's."""
    later = taken_on(store, mentor(OLD, date(2025, 9, 1)))
    first = taken_on(
        store,
        mentor(
            OLD,
            date(2024, 9, 1),
            school=OTHER_URN,
            trainings=(a_training(period=Period(date(2025, 9, 1))),),
        ),
    )
    taken_on(store, mentor(SOMEBODY, date(2024, 9, 1)))
    remember(store, *known, MentorTrainingHistory(SOMEBODY, early_roll_out=True))
    expected = MentorPast([first, later], list(known))

    assert (_plain(past(store, later.id)), _plain(past(store, first.id))) == (
        _plain(expected),
        _plain(expected),
    )


def test_merged_trns_are_one_person(store):
    """Periods and training under both, whichever is asked about."""
    one = taken_on(store, mentor(OLD, date(2024, 9, 1)))
    other = taken_on(store, mentor(NEW, date(2025, 9, 1)))
    keep(store, lambda uow: uow.teachers.merge(OLD, NEW))
    known = [
        MentorTrainingHistory(OLD, completed_on=JULY),
        MentorTrainingHistory(NEW, early_roll_out=True),
    ]
    remember(store, *reversed(known))

    assert {_plain(past(store, id)) for id in (one.id, other.id)} == {
        _plain(MentorPast([one, other], known))
    }


def test_training_under_an_old_trn_counts_for_a_person_known_under_the_new(store):
    """Whom nobody had registered before the merger."""
    period = taken_on(store, mentor(NEW, date(2025, 9, 1)))
    keep(store, lambda uow: uow.teachers.merge(OLD, NEW))
    remember(store, MentorTrainingHistory(OLD, early_roll_out=True))

    assert [known.trn for known in past(store, period.id).training_history] == [OLD]


def _pasts(store, *trns):
    found = seen(store, lambda uow: uow.mentors.pasts_of_people(trns))
    return {trn: _plain(each) for trn, each in found.items()}


def test_the_pasts_of_several_people_are_each_persons_own(store):
    """What is found of one of their periods, by the TRN that it is under."""
    later = taken_on(store, mentor(OLD, date(2025, 9, 1)))
    first = taken_on(store, mentor(OLD, date(2024, 9, 1), school=OTHER_URN))
    other = taken_on(store, mentor(NEW, date(2024, 9, 1)))
    taken_on(store, mentor(SOMEBODY, date(2024, 9, 1)))
    known = MentorTrainingHistory(OLD, early_roll_out=True)
    remember(store, known, MentorTrainingHistory(SOMEBODY, early_roll_out=True))

    assert _pasts(store, NEW, OLD) == {
        OLD: _plain(MentorPast([first, later], [known])),
        NEW: _plain(MentorPast([other])),
    }


@pytest.mark.parametrize("asked", [(OLD,), (NEW,), (OLD, NEW), (NEW, OLD)])
def test_the_past_of_merged_trns_stands_under_each_of_them(store, asked):
    """Periods and training under both, whichever are asked about."""
    one = taken_on(store, mentor(OLD, date(2024, 9, 1)))
    other = taken_on(store, mentor(NEW, date(2025, 9, 1)))
    keep(store, lambda uow: uow.teachers.merge(OLD, NEW))
    known = [MentorTrainingHistory(trn, early_roll_out=True) for trn in (OLD, NEW)]
    remember(store, *reversed(known))
    expected = _plain(MentorPast([one, other], known))

    assert _pasts(store, *asked) == {OLD: expected, NEW: expected}


def test_the_past_of_a_trn_that_moved_stands_under_the_retained_one(store):
    """With training under the old one; a third that was merged says nothing more."""
    period = taken_on(store, mentor(OLD, date(2025, 9, 1)))
    keep(store, lambda uow: uow.teachers.merge(OLD, NEW))
    keep(store, lambda uow: uow.teachers.merge(SOMEBODY, NEW))
    known = MentorTrainingHistory(OLD, early_roll_out=True)
    remember(store, known)
    moved = seen(store, lambda uow: uow.mentors.find(period.id))
    expected = {NEW: _plain(MentorPast([moved], [known]))}

    assert [_pasts(store, trn) for trn in (OLD, NEW, SOMEBODY)] == [expected] * 3


def test_who_never_mentored_has_no_past(store):
    """Although something is known of them; nor do those whom nobody asks about."""
    taken_on(store, mentor(OLD, date(2025, 9, 1)))
    remember(store, MentorTrainingHistory(SOMEBODY, early_roll_out=True))

    assert (_pasts(store, SOMEBODY), _pasts(store)) == ({}, {})


def test_somebody_is_known_under_every_trn_with_their_past(store):
    """And what the schools are called where they mentored."""
    one = taken_on(store, mentor(OLD, date(2024, 9, 1)))
    other = taken_on(store, mentor(NEW, date(2025, 9, 1), school=OTHER_URN))
    taken_on(store, mentor(SOMEBODY, date(2024, 9, 1)))
    keep(store, lambda uow: uow.teachers.merge(OLD, NEW))
    known = [MentorTrainingHistory(trn, early_roll_out=True) for trn in (OLD, NEW)]
    remember(store, *known)
    names = seen(store, lambda uow: {urn: uow.schools.find(urn).name for urn in (URN, OTHER_URN)})
    found = seen(store, lambda uow: uow.mentors.known_as([NEW]))

    assert [teacher.trn for teacher in found.teachers] == [OLD, NEW]
    assert (_plain(found.past), found.schools) == (_plain(MentorPast([one, other], known)), names)


@pytest.mark.parametrize("begin", ["reading", "unit_of_work"])
def test_somebody_whom_nobody_registered_may_have_been_trained(store, begin):
    """Known as a teacher, or not at all; whoever may write is told the same."""
    remember(store, MentorTrainingHistory(OLD, early_roll_out=True))
    keep(store, lambda uow: uow.teachers.save(Teacher(NEW, "Piers Hallam")))
    with getattr(store, begin)() as uow:
        trained, teacher, nobody = (
            uow.mentors.known_as(trns) for trns in ([OLD], [NEW], [SOMEBODY])
        )
        unasked = uow.mentors.known_as([])

    assert [known.trn for known in trained.past.training_history] == [OLD]
    assert (list(trained.teachers), list(trained.past.periods)) == ([], [])
    assert [known.trn for known in teacher.teachers] == [NEW]
    assert _plain(teacher.past) == _plain(nobody.past) == _plain(unasked.past) == ((), ())


def _plain(found):
    return tuple(found.periods), tuple(found.training_history)
