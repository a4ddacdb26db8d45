from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import TERM_STARTS, a_mentor, a_mentorship, a_teacher, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.values import Trn
from integration.contracts.steps import (
    OTHER_URN,
    adding_ect,
    changing_ect,
    changing_mentor,
    keep,
    outcome,
    registered,
    seen,
    taken_on,
)

LAST_DAY = date(2025, 12, 19)
WHOLE = Period(TERM_STARTS, LAST_DAY)
OUTSIDE = {
    "begins before": Period(TERM_STARTS - timedelta(days=1), LAST_DAY),
    "ends after": Period(TERM_STARTS, LAST_DAY + timedelta(days=1)),
    "never ends": Period(TERM_STARTS),
    "begins after": Period(LAST_DAY + timedelta(days=1)),
}


def _mentored(mentor, *periods, **changes):
    mentorships = tuple(a_mentorship(mentor, period=period) for period in periods)
    return an_ect(mentorships=mentorships, **changes)


@pytest.mark.parametrize("period", OUTSIDE.values(), ids=OUTSIDE)
def test_a_mentorship_never_leaves_the_ects_period(store, period):
    """One day outside is refused."""
    mentor = taken_on(store, a_mentor(period=Period(date(2020, 9, 1))))

    assert outcome(store, adding_ect(_mentored(mentor, period, period=WHOLE))) == "conflict"


@pytest.mark.parametrize("period", OUTSIDE.values(), ids=OUTSIDE)
def test_a_mentorship_never_leaves_the_mentors_period(store, period):
    """One day outside is refused."""
    mentor = taken_on(store, a_mentor(period=WHOLE))
    ect = _mentored(mentor, period, period=Period(date(2020, 9, 1)))

    assert outcome(store, adding_ect(ect)) == "conflict"


def test_a_mentorship_may_fill_both_periods(store):
    """From the first day to the last."""
    mentor = taken_on(store, a_mentor(period=WHOLE))

    assert outcome(store, adding_ect(_mentored(mentor, WHOLE, period=WHOLE))) == "kept"


def test_an_ect_has_one_mentor_at_a_time(store):
    """One shared day is refused, the next day is free."""
    mentor = taken_on(store, a_mentor())
    first = Period(TERM_STARTS, date(2025, 10, 31))
    overlapping = _mentored(mentor, first, Period(date(2025, 10, 31)))
    following = _mentored(mentor, first, Period(date(2025, 11, 1)))

    assert outcome(store, adding_ect(overlapping)) == "conflict"
    assert outcome(store, adding_ect(following)) == "kept"


def test_a_second_mentor_has_to_wait_until_the_first_has_gone(store):
    """Added later, an overlapping mentorship is refused as well."""
    mentor = taken_on(store, a_mentor())
    before = registered(store, _mentored(mentor, Period(TERM_STARTS)))
    second = a_mentorship(mentor, period=Period(date(2026, 1, 5)))
    after = attrs.evolve(before, mentorships=(*before.mentorships, second))

    assert outcome(store, changing_ect(before, after)) == "conflict"


def test_a_mentor_may_have_several_ects(store):
    """At the same time."""
    mentor = taken_on(store, a_mentor())
    registered(store, _mentored(mentor, Period(TERM_STARTS)))
    another = _mentored(
        mentor,
        Period(TERM_STARTS),
        teacher=a_teacher(trn=Trn("3000001")),
        email=Email("ect1@example.org"),
    )

    assert outcome(store, adding_ect(another)) == "kept"


def test_nobody_mentors_themself(store):
    """A teacher who is both never gets themself, unless the mentorship is withdrawn."""
    both = a_teacher()
    mentor = taken_on(store, a_mentor(teacher=both, email=an_ect().email))
    mentored = _mentored(mentor, Period(TERM_STARTS))
    [mentorship] = mentored.mentorships
    withdrawn = attrs.evolve(mentored, mentorships=(attrs.evolve(mentorship, withdrawn=True),))

    assert outcome(store, adding_ect(mentored)) == "conflict"
    assert outcome(store, adding_ect(withdrawn)) == "kept"
    assert outcome(store, changing_ect(withdrawn, mentored)) == "conflict"


def test_a_mentor_is_at_the_ects_school(store):
    """A mentor of another school is refused."""
    mentor = taken_on(store, a_mentor(school=OTHER_URN))

    assert outcome(store, adding_ect(_mentored(mentor, Period(TERM_STARTS)))) == "conflict"


def test_a_mentorship_needs_a_mentor_whom_we_know(store):
    """A dangling id is refused."""
    nobody = a_mentor(id=MentorId(uuid4()))

    assert outcome(store, adding_ect(_mentored(nobody, Period(TERM_STARTS)))) == "conflict"


def test_a_withdrawn_mentorship_may_lie_anywhere(store):
    """Outside both periods, or over another mentorship."""
    mentor = taken_on(store, a_mentor(period=WHOLE))
    ect = an_ect(
        period=WHOLE,
        mentorships=(
            a_mentorship(mentor, period=WHOLE),
            a_mentorship(mentor, period=WHOLE, withdrawn=True),
            a_mentorship(mentor, period=Period(date(2026, 1, 5)), withdrawn=True),
        ),
    )

    assert outcome(store, adding_ect(ect)) == "kept"


def test_a_period_is_never_cut_shorter_than_its_mentorship(store):
    """Neither the ECT's nor the mentor's: the mentorship has to end first, or with it."""
    mentor = taken_on(store, a_mentor())
    ect = registered(store, _mentored(mentor, Period(TERM_STARTS)))
    shorter_ect = attrs.evolve(ect, period=WHOLE)
    shorter_mentor = attrs.evolve(mentor, period=WHOLE)

    assert outcome(store, changing_ect(ect, shorter_ect)) == "conflict"
    assert outcome(store, changing_mentor(mentor, shorter_mentor)) == "conflict"


def test_a_mentor_leaves_once_their_mentorships_have_ended(store):
    """Mentorships first, then the mentor's period, in one unit of work."""
    mentor = taken_on(store, a_mentor())
    ect = registered(store, _mentored(mentor, Period(TERM_STARTS)))
    ended = tuple(attrs.evolve(one, period=WHOLE) for one in ect.mentorships)
    without = attrs.evolve(ect, mentorships=ended)
    left = attrs.evolve(mentor, period=WHOLE)
    keep(store, changing_ect(ect, without), changing_mentor(mentor, left))

    assert seen(store, lambda uow: uow.ects.find(ect.id)) == without
    assert seen(store, lambda uow: uow.mentors.find(mentor.id)) == left


def test_a_mentorships_id_names_one_mentorship_for_ever(store):
    """Also when the other one was withdrawn."""
    mentor = taken_on(store, a_mentor())
    mentorship = a_mentorship(mentor, withdrawn=True)
    registered(store, an_ect(mentorships=(mentorship,)))
    same = an_ect(
        teacher=a_teacher(trn=Trn("3000001")),
        email=Email("ect1@example.org"),
        mentorships=(attrs.evolve(mentorship, withdrawn=False),),
    )

    assert outcome(store, adding_ect(same)) == "conflict"


def test_whoever_mentors_goes_on_where_a_change_to_come_is_cancelled(store):
    """The coming mentorship makes room before the present one takes its days."""
    present = taken_on(store, a_mentor())
    coming = taken_on(
        store,
        a_mentor(
            id=MentorId(uuid4()),
            teacher=attrs.evolve(a_teacher(), trn=Trn("7654321")),
            email=Email("coming@example.org"),
        ),
    )
    ect = registered(store, _mentored(present, Period(TERM_STARTS)))
    later = a_mentorship(coming, period=Period(LAST_DAY))
    scheduled = ect.mentored_from_then_on(later, coming, TERM_STARTS)
    again = a_mentorship(present, period=Period(TERM_STARTS + timedelta(days=9)))
    cancelled = scheduled.mentored_from_then_on(again, present, TERM_STARTS)
    done = [
        outcome(store, changing_ect(ect, scheduled)),
        outcome(store, changing_ect(scheduled, cancelled)),
    ]

    assert done == ["kept", "kept"]
    assert seen(store, lambda uow: uow.ects.find(ect.id)).mentorships == cancelled.mentorships
    assert [(m.period, m.withdrawn) for m in cancelled.mentorships] == [
        (Period(TERM_STARTS), False),
        (Period(LAST_DAY), True),
    ]
