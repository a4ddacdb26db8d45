from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from builders import a_mentor, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.mentor import MentorPast, MentorTrainingHistory
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.teacher import Teacher
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


def _plain(found):
    return tuple(found.periods), tuple(found.training_history)
