"""`mentor-change`: who mentors an ECT until when, once another mentor takes over."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import attrs

from builders import TERM_STARTS, TODAY, a_mentor, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.mentorship import MentorId, Mentorship, MentorshipId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.rules.mentors.replacement import MentorReplaced, mentors_replaced
from ect_registration.domain.values import Trn

CHRISTMAS, NEXT_TERM = date(2025, 12, 19), date(2026, 1, 5)
YESTERDAY = TODAY - timedelta(days=1)
JOAN = a_mentor()


def _mentor(number: int, name: str):
    teacher = Teacher(Trn(f"{2000000 + number}"), name)
    return a_mentor(id=MentorId(UUID(int=number)), teacher=teacher)


KIT, OLA = _mentor(2, "Kit Alder"), _mentor(3, "Ola Eden")


def _replaced(by, first_day: date, *mentorships: Mentorship):
    ect = an_ect(mentorships=mentorships)
    taken = Mentorship(MentorshipId(UUID(int=9)), by.id, by.teacher, Period(first_day))
    after = ect.mentored_from_then_on(taken, by, TODAY)
    return list(mentors_replaced(ect, after, by.id, TODAY))


def test_the_mentor_of_today_stays_until_the_day_before():
    """And one whose mentorship is to come does not begin it."""
    now = a_mentorship(JOAN, period=Period(TERM_STARTS, CHRISTMAS))
    coming = attrs.evolve(
        a_mentorship(KIT, period=Period(NEXT_TERM)), id=MentorshipId(UUID(int=8))
    )

    assert _replaced(OLA, TODAY, now, coming) == [
        MentorReplaced(now.id, JOAN.teacher.name, TERM_STARTS, YESTERDAY),
        MentorReplaced(coming.id, "Kit Alder", NEXT_TERM, None),
    ]


def test_whoever_leaves_before_mentors_until_they_leave():
    """Not until the day before somebody else comes."""
    now = a_mentorship(JOAN, period=Period(TERM_STARTS, CHRISTMAS))

    assert _replaced(OLA, NEXT_TERM, now) == [
        MentorReplaced(now.id, JOAN.teacher.name, TERM_STARTS, CHRISTMAS)
    ]


def test_nobody_replaces_themself():
    """Who mentors the ECT now stays, and the one to come is cancelled."""
    now = a_mentorship(JOAN, period=Period(TERM_STARTS, CHRISTMAS))
    coming = attrs.evolve(
        a_mentorship(KIT, period=Period(NEXT_TERM)), id=MentorshipId(UUID(int=8))
    )

    assert _replaced(JOAN, TODAY, now, coming) == [
        MentorReplaced(coming.id, "Kit Alder", NEXT_TERM, None)
    ]


def test_earlier_mentors_are_not_replaced():
    """Their days are over, or were withdrawn."""
    over = a_mentorship(JOAN, period=Period(TERM_STARTS, YESTERDAY))
    withdrawn = attrs.evolve(a_mentorship(KIT), id=MentorshipId(UUID(int=8)), withdrawn=True)

    assert _replaced(OLA, TODAY, over, withdrawn) == []
