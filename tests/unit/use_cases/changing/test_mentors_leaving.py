from __future__ import annotations

from datetime import date
from itertools import pairwise
from uuid import uuid4

import attrs

from builders import ECT_TRN, URN, a_mentor, a_mentorship, a_teacher, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.periods.leaving import LEAVING
from ect_registration.domain.rules.periods.status import Status, status_of
from unit.use_cases.leavers import (
    IN_DECEMBER,
    IN_OCTOBER,
    ect_leaves,
    ends,
    mentor_leaves,
    the_ect,
    the_mentor,
)
from unit.use_cases.town import BRAM, OTHER_SCHOOL


def test_a_mentor_leaves_with_training_and_mentorships(service, ect, mentor):
    """Their ECT needs a mentor again from the day after."""
    left = mentor_leaves(service, mentor, IN_OCTOBER)
    days = (IN_OCTOBER, date(2025, 10, 25))

    assert (
        left,
        left.trainings[0].period.finished_on,
        [status_of(the_ect(service), day) for day in days],
    ) == (the_mentor(service), IN_OCTOBER, [Status.REGISTERED, Status.MENTOR_REQUIRED])


def test_the_last_day_of_a_mentor_can_be_corrected_and_withdrawn(service, ect, mentor):
    """Mentorships move along, both ways."""
    last_days = []
    for day in (IN_DECEMBER, IN_OCTOBER, IN_DECEMBER, None):
        left = mentor_leaves(service, mentor, day)
        last_days.append((left.period.finished_on, ends(the_ect(service))[2]))

    assert (last_days, the_mentor(service), the_ect(service)) == (
        [
            (IN_DECEMBER, IN_DECEMBER),
            (IN_OCTOBER, IN_OCTOBER),
            (IN_DECEMBER, IN_DECEMBER),
            (None, None),
        ],
        mentor,
        ect,
    )


def test_a_mentor_who_leaves_takes_no_mentorship_past_the_ect(service, ect, mentor):
    """Nor when they stay after all."""
    mentor_leaves(service, mentor, IN_OCTOBER)
    ect_leaves(service, ect, IN_DECEMBER)
    mentor_leaves(service, mentor, None)

    assert ends(the_ect(service)) == [IN_DECEMBER] * 3


def test_every_ect_of_a_mentor_is_told(service, ect, mentor):
    """And none of another mentor."""
    other = service.has_mentor(
        a_mentor(teacher=a_teacher(trn=BRAM), email=Email("other@example.org"))
    )
    noor, pia = (
        service.has_ect(
            an_ect(
                teacher=a_teacher(trn=attrs.evolve(ECT_TRN, digits=digits)),
                email=Email(f"{digits}@example.org"),
                mentorships=(a_mentorship(whose),),
            )
        )
        for digits, whose in (("3000001", mentor), ("3000002", other))
    )
    mentor_leaves(service, mentor, IN_OCTOBER)

    assert [ends(the_ect(service, e.teacher.trn))[-1] for e in (ect, noor, pia)] == [
        IN_OCTOBER,
        IN_OCTOBER,
        None,
    ]


def _told(service, about):
    """What the history of this ECT or mentor says, oldest first."""
    return [
        (change.what, change.rules, dict(change.before), dict(change.after))
        for change in service.history()
        if change.about == about.id
    ]


def test_the_history_of_an_ect_says_when_their_mentor_leaves(service, ect, mentor):
    """When the last day is set, corrected and withdrawn; who did it and under which rule."""
    for day in (IN_DECEMBER, IN_OCTOBER, None):
        mentor_leaves(service, mentor, day)
    joan, days = {"mentor": "Joan Thackeray"}, (None, "2025-12-19", "2025-10-24", None)
    [mentors, ects] = service.history()[-2:]

    assert _told(service, ect) == [
        (
            What.MENTOR_LEAVING,
            ("leaving",),
            {**joan, "finished_on": before},
            {"finished_on": after},
        )
        for before, after in pairwise(days)
    ]
    assert (mentors.about, ects.about, ects.trn) == (mentor.id, ect.id, ECT_TRN)
    assert (ects.at, ects.actor, ects.school) == (mentors.at, mentors.actor, mentors.school)


def test_a_mentorship_that_will_not_begin_is_told_as_such(service, mentor):
    """It is withdrawn, until the mentor stays after all."""
    begins = Period(date(2025, 11, 3))
    ect = service.has_ect(
        an_ect(period=begins, mentorships=(a_mentorship(mentor, period=begins),))
    )
    for day in (IN_OCTOBER, None):
        mentor_leaves(service, mentor, day)

    assert _told(service, ect) == [
        (
            What.MENTOR_LEAVING,
            ("leaving",),
            {"mentor": "Joan Thackeray", "finished_on": None},
            after,
        )
        for after in ({"withdrawn": True}, {"finished_on": None})
    ]


def test_a_mentorship_that_was_over_before_is_not_told_again(service, mentor):
    """Of an ECT who had this mentor twice."""
    until = Period(date(2025, 9, 1), date(2025, 9, 5))
    again = a_mentorship(mentor, period=Period(date(2025, 9, 8)))
    ect = service.has_ect(an_ect(mentorships=(a_mentorship(mentor, period=until), again)))
    mentor_leaves(service, mentor, IN_OCTOBER)

    assert [after for _, _, _, after in _told(service, ect)] == [{"finished_on": "2025-10-24"}]


def test_an_ect_for_whom_nothing_changes_is_told_nothing(service, mentor):
    """They leave first, or had the mentor before."""
    until = Period(date(2025, 9, 1), date(2025, 9, 5))
    first = service.has_ect(
        an_ect(
            period=Period(date(2025, 9, 1), IN_OCTOBER),
            mentorships=(a_mentorship(mentor, period=Period(date(2025, 9, 1), IN_OCTOBER)),),
        )
    )
    before = service.has_ect(
        an_ect(
            teacher=a_teacher(trn=BRAM),
            email=Email("bram@example.org"),
            mentorships=(a_mentorship(mentor, period=until),),
        )
    )
    mentor_leaves(service, mentor, IN_DECEMBER)

    assert [change.about for change in service.history()] == [mentor.id]
    assert [the_ect(service), the_ect(service, BRAM)] == [first, before]


def test_the_last_day_of_a_mentor_stays_when_they_return(service, mentor):
    """The next period here begins later; at another school both may stay open."""
    mentor_leaves(service, mentor, IN_OCTOBER)
    elsewhere = attrs.evolve(
        mentor, id=MentorId(uuid4()), school=OTHER_SCHOOL, trainings=(), period=Period(IN_OCTOBER)
    )
    service.has_mentor(elsewhere)
    moved = mentor_leaves(service, mentor, IN_DECEMBER)
    service.has_mentor(
        attrs.evolve(elsewhere, id=MentorId(uuid4()), school=URN, period=Period(date(2026, 1, 5)))
    )
    refused = mentor_leaves(service, mentor, None)

    assert (moved.period.finished_on, refused.rule, refused.kind) == (
        IN_DECEMBER,
        LEAVING,
        Kind.REFUSED,
    )


def test_training_that_returns_goes_up_to_the_one_that_began_elsewhere_meanwhile(service, mentor):
    """A person has one mentor training at a time."""
    mentor_leaves(service, mentor, IN_OCTOBER)
    begins = date(2025, 11, 1)
    elsewhere = a_mentor(
        school=OTHER_SCHOOL, period=Period(begins), trainings=(a_training(period=Period(begins)),)
    )
    service.has_mentor(elsewhere)
    stays = mentor_leaves(service, mentor, None)

    assert (stays.period.finished_on, stays.trainings[0].period.finished_on) == (
        None,
        date(2025, 10, 31),
    )


def test_training_that_was_over_elsewhere_before_is_not_in_the_way(service):
    """Only one that begins later ends it."""
    early = Period(date(2025, 9, 5), date(2025, 9, 12))
    service.has_mentor(
        a_mentor(school=OTHER_SCHOOL, period=early, trainings=(a_training(period=early),))
    )
    later = a_training(period=Period(date(2025, 10, 1)))
    here = service.has_mentor(a_mentor(trainings=(later,)))
    mentor_leaves(service, here, IN_OCTOBER)

    assert mentor_leaves(service, here, None) == here


def test_training_that_was_withdrawn_elsewhere_is_not_in_the_way(service, mentor):
    """It never takes place."""
    mentor_leaves(service, mentor, IN_OCTOBER)
    withdrawn = a_training(period=Period(date(2025, 11, 1)), withdrawn=True)
    service.has_mentor(
        a_mentor(school=OTHER_SCHOOL, period=Period(IN_OCTOBER), trainings=(withdrawn,))
    )

    assert mentor_leaves(service, mentor, None) == mentor
