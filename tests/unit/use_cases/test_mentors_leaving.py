from __future__ import annotations

from datetime import date
from uuid import uuid4

import attrs

from builders import ECT_TRN, URN, a_mentor, a_mentorship, a_teacher, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.mentorship import MentorId
from ect_registration.domain.rules.status import LEAVING, Status, status_of
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
