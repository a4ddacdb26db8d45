"""What a store finds that a school should do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import TODAY, URN, a_mentor, a_mentorship, a_teacher, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.notice import Role
from ect_registration.domain.search.ect_needs import Need
from ect_registration.domain.search.ect_search import EctsWanted
from ect_registration.domain.values import Trn
from integration.contracts.steps import OTHER_URN, adding_ect, ids, keep, seen, taken_on

DAY = timedelta(days=1)
LAST_YEAR = date(2024, 9, 1)
WHOLE = Period(LAST_YEAR)


def _somebody(number, **changes):
    return an_ect(
        **{
            "teacher": a_teacher(trn=Trn(f"300000{number}")),
            "email": Email(f"ect{number}@example.org"),
            "period": WHOLE,
            **changes,
        }
    )


def _in_need(store, most=5):
    wanted = EctsWanted(URN, TODAY, most_in_need=most)
    return seen(store, lambda uow: uow.ects.look(wanted, 0, 20)).in_need


def _needs(store, *ects):
    keep(store, *map(adding_ect, ects))
    return dict(_in_need(store).counts)


@pytest.fixture
def mentor(store):
    """Somebody who mentors whoever is there."""
    return taken_on(store, a_mentor(period=WHOLE))


@pytest.mark.parametrize(
    ("last_day", "mentored", "needs"),
    [
        (None, [], {Need.MENTOR: 1}),
        (None, [WHOLE], {}),
        (None, [Period(LAST_YEAR, TODAY - DAY)], {Need.MENTOR: 1}),
        (None, [Period(LAST_YEAR, TODAY)], {Need.MENTOR_FOR_SOME_DAYS: 1}),
        (None, [Period(TODAY + DAY)], {Need.MENTOR_FOR_SOME_DAYS: 1}),
        (None, [Period(TODAY)], {}),
        (None, [Period(LAST_YEAR, TODAY + DAY), Period(TODAY + 2 * DAY)], {}),
        (
            None,
            [Period(LAST_YEAR, TODAY + DAY), Period(TODAY + 3 * DAY)],
            {Need.MENTOR_FOR_SOME_DAYS: 1},
        ),
        (TODAY + DAY, [Period(LAST_YEAR, TODAY + DAY)], {}),
        (TODAY + DAY, [Period(LAST_YEAR, TODAY)], {Need.MENTOR_FOR_SOME_DAYS: 1}),
        (TODAY - DAY, [], {}),
    ],
)
def test_days_without_a_mentor_are_found(store, mentor, last_day, mentored, needs):
    """As the rule finds them: ahead, between two mentors, and when nobody follows."""
    ect = _somebody(
        1,
        period=Period(LAST_YEAR, last_day),
        mentorships=tuple(a_mentorship(mentor, period=period) for period in mentored),
    )

    assert _needs(store, ect) == needs


@pytest.mark.parametrize("starts", [TODAY, TODAY + 9 * DAY])
def test_an_ect_who_starts_later_needs_a_mentor_from_then_on(store, mentor, starts):
    """Not before."""
    on_time = _somebody(
        1,
        period=Period(starts),
        mentorships=(a_mentorship(mentor, period=Period(starts)),),
    )
    late = _somebody(
        2,
        period=Period(starts),
        mentorships=(a_mentorship(mentor, period=Period(starts + DAY)),),
    )

    assert _needs(store, on_time) == {}
    assert _needs(store, late) == {Need.MENTOR_FOR_SOME_DAYS: 1}


@pytest.mark.parametrize(
    ("trainings", "needs"),
    [
        ((), {}),
        ((a_training(period=Period(TODAY)),), {Need.CONFIRMATION: 1}),
        ((a_training(period=Period(TODAY + DAY)),), {}),
        ((a_training(period=Period(LAST_YEAR), withdrawn=True),), {}),
        ((a_training(period=Period(LAST_YEAR, TODAY - DAY)),), {}),
        (
            (
                a_training(period=Period(LAST_YEAR, TODAY)),
                a_training(period=Period(TODAY + DAY)),
            ),
            {},
        ),
    ],
)
def test_training_that_is_not_confirmed_is_found_once_it_begins(store, mentor, trainings, needs):
    """The latest one speaks."""
    ect = _somebody(1, trainings=trainings, mentorships=(a_mentorship(mentor, period=WHOLE),))

    assert _needs(store, ect) == needs


def test_what_other_ects_have_helps_nobody(store, mentor):
    """Neither another ECT's mentor, nor another's later training."""
    theirs = a_mentorship(mentor, period=Period(LAST_YEAR, TODAY))
    waiting = a_training(period=Period(LAST_YEAR), delivery_partner=None)
    alone = _somebody(1, mentorships=(theirs,), trainings=(waiting,))
    other = _somebody(
        2,
        mentorships=(a_mentorship(mentor, period=WHOLE),),
        trainings=(a_training(period=Period(TODAY), delivery_partner=None),),
    )

    assert _needs(store, alone, other) == {Need.MENTOR_FOR_SOME_DAYS: 1, Need.CONFIRMATION: 2}


def test_each_need_names_some_and_counts_all(store, mentor):
    """By first day, then in the order of writing; not those who completed or are elsewhere."""
    first = _somebody(1, period=Period(date(2025, 9, 2)), email=None)
    second, third = (_somebody(n, period=Period(date(2025, 9, 3))) for n in (2, 3))
    earliest = _somebody(4)
    completed = _somebody(5, completed=True, email=None)
    elsewhere = _somebody(6, school=OTHER_URN)
    keep(store, *map(adding_ect, (first, second, third, earliest, completed, elsewhere)))
    found = _in_need(store, most=3)

    assert dict(found.counts) == {Need.MENTOR: 4, Need.EMAIL: 1}
    assert ids(found.ects[Need.MENTOR]) == ids([earliest, first, second])
    assert ids(found.ects[Need.EMAIL]) == ids([first])
    assert _in_need(store, most=0).counts == {}


def test_people_who_are_here_are_told_with_their_roles(store):
    """In progress or completed as an ECT, or a mentor who has not left; merged TRNs are one."""
    here, done, gone = (Trn(f"300000{number}") for number in (1, 2, 3))
    old, retained, elsewhere = Trn("3000004"), Trn("3000005"), Trn("3000006")
    left = Period(LAST_YEAR, TODAY - DAY)
    for number, changes in (
        (1, {}),
        (2, {"completed": True, "period": left}),
        (3, {"period": left}),
        (4, {}),
        (6, {"school": OTHER_URN}),
    ):
        keep(store, adding_ect(_somebody(number, **changes)))
    keep(store, lambda uow: uow.teachers.merge(old, retained))
    taken_on(store, a_mentor(teacher=a_teacher(trn=gone), email=Email("a@example.org")))
    everybody = [here, done, gone, retained, elsewhere]

    assert set(seen(store, lambda uow: uow.people.here(URN, everybody, TODAY))) == {
        (here, Role.ECT),
        (done, Role.ECT),
        (gone, Role.MENTOR),
        (retained, Role.ECT),
    }
    assert set(seen(store, lambda uow: uow.people.here(URN, [], TODAY))) == set()
