from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs

from builders import URN, a_mentor
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn
from ect_registration.ports.stored.holds import Hold
from endings import left_on
from integration.contracts.steps import OTHER_URN, ids, keep, seen, taken_on

OLD, RETAINED, OTHER = Trn("4000001"), Trn("4000002"), Trn("4000003")
A_YEAR_AGO, DONE = date(2024, 9, 1), date(2023, 7, 21)


def _mentor(trn, school=URN, **changes):
    return a_mentor(
        teacher=Teacher(trn, f"Mentor {trn}"),
        email=Email(f"{trn}@example.org"),
        school=school,
        **changes,
    )


def _of_person_with(store, id):
    return seen(store, lambda uow: uow.mentors.past_of_person_with(id).periods)


def _merge(store, old=OLD, retained=RETAINED):
    keep(store, lambda uow: uow.teachers.merge(old, retained))


def _load(store, *histories):
    for history in histories:
        keep(store, lambda uow, each=history: uow.mentors.save_training_history(each))


def _known(store, *trns):
    return list(seen(store, lambda uow: uow.mentors.training_history(trns)))


def test_the_periods_of_a_person_are_found_by_one_of_them(store):
    """At every school, oldest first, and nobody else's."""
    now = taken_on(store, _mentor(OLD))
    before = taken_on(store, _mentor(OLD, OTHER_URN, period=Period(A_YEAR_AGO)))
    taken_on(store, _mentor(OTHER))

    assert [ids(_of_person_with(store, each.id)) for each in (now, before)] == [
        ids([before, now])
    ] * 2


def test_of_nobody_there_is_no_period(store):
    """When there is no such period to begin with."""
    taken_on(store, _mentor(OLD))

    assert list(_of_person_with(store, MentorId(uuid4()))) == []


def test_the_periods_of_merged_trns_are_one_persons(store):
    """Known under both TRNs, nothing moves, and both are found by either."""
    old = taken_on(store, _mentor(OLD, period=Period(A_YEAR_AGO)))
    retained = taken_on(store, _mentor(RETAINED))
    apart = [ids(_of_person_with(store, each.id)) for each in (old, retained)]
    _merge(store)

    assert apart == [ids([old]), ids([retained])]
    assert [ids(_of_person_with(store, each.id)) for each in (old, retained)] == [
        ids([old, retained])
    ] * 2


def test_the_periods_of_a_trn_that_moved_are_still_found(store):
    """Known under the old TRN only, a person is known under the retained one from then on."""
    old = taken_on(store, _mentor(OLD))
    _merge(store)

    assert ids(_of_person_with(store, old.id)) == ids([old])


def test_earlier_training_is_known_by_trn_in_order(store):
    """Of those asked for; the person need not be known."""
    first, second = MentorTrainingHistory(OLD, completed_on=DONE), MentorTrainingHistory(OTHER)
    _load(store, second, first, MentorTrainingHistory(RETAINED))

    assert (_known(store, OTHER, OLD), _known(store, Trn("4999999")), _known(store)) == (
        [first, second],
        [],
        [],
    )


def test_earlier_training_is_set_to_what_is_given_last(store):
    """Facts that are not given any more are gone."""
    _load(
        store,
        MentorTrainingHistory(OLD, early_roll_out=True, completed_on=DONE, timed_out_on=DONE),
        MentorTrainingHistory(OLD, timed_out_on=DONE),
    )

    assert _known(store, OLD) == [MentorTrainingHistory(OLD, timed_out_on=DONE)]


def test_earlier_training_is_known_under_every_merged_trn(store):
    """Asked for by any of them, also where nobody was ever registered under it."""
    old, retained = MentorTrainingHistory(OLD, completed_on=DONE), MentorTrainingHistory(RETAINED)
    _load(store, old, retained)
    apart = _known(store, RETAINED)
    _merge(store)
    _merge(store, OTHER, RETAINED)

    assert apart == [retained]
    assert [_known(store, trn) for trn in (OLD, RETAINED, OTHER)] == [[old, retained]] * 3


def test_earlier_training_that_is_discarded_was_never_there(store):
    """A unit of work that is not committed leaves nothing."""
    with store.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        uow.mentors.save_training_history(MentorTrainingHistory(OLD))

    assert _known(store, OLD) == []


def test_training_goes_with_the_period_at_another_school(store):
    """Ending there and beginning here is one unit of work."""
    there = taken_on(store, _mentor(OLD, OTHER_URN, period=Period(A_YEAR_AGO)))
    ended = left_on(there, date(2025, 8, 31))
    here = attrs.evolve(_mentor(OLD), id=MentorId(uuid4()))
    keep(
        store,
        lambda uow: uow.mentors.change(there, ended),
        lambda uow: uow.mentors.add(here),
    )

    assert list(_of_person_with(store, here.id)) == [ended, here]
