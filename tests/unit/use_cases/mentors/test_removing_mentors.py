"""Ending a mentorship without a new mentor: `mentor-removed`."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from builders import TODAY, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY
from ect_registration.domain.rules.periods.status import Status, status_of
from ect_registration.use_cases.changing.removing_mentor import (
    look_at_removing_mentor,
    remove_mentor,
)
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.leavers import the_ect
from unit.use_cases.service import ACTOR, USER
from unit.use_cases.town import BRAM, OTHER_SCHOOL

DAY = timedelta(1)
FIRST, IN_OCTOBER = date(2025, 9, 1), date(2025, 10, 24)
LATEST = date(2026, 1, 10)


@pytest.mark.parametrize("last_day", [None, TODAY, IN_OCTOBER, LATEST])
def test_a_mentor_is_removed_and_the_ect_needs_one_again(service, ect, last_day):
    """Today, or up to four months ahead."""
    shown = look_at_removing_mentor(ect.id, last_day, ACTOR, service.ports)
    done = remove_mentor(ect.id, last_day, ACTOR, service.ports)
    on = last_day or TODAY

    assert (done, the_ect(service)) == (shown, done.ect)
    assert [effect.after for effect in done.effects] == [Period(FIRST, on)]
    assert done.without_mentor == (Period(on + DAY),)
    assert [status_of(done.ect, day) for day in (on, on + DAY)] == [
        Status.REGISTERED,
        Status.MENTOR_REQUIRED,
    ]
    days, because = {"finished_on": on.isoformat()}, {"because": "mentor-removed"}
    mentor = ect.mentorships[0].mentor
    assert [(line.what, line.about, dict(line.after)) for line in service.history()] == [
        (What.MENTOR_REMOVED, ect.id, days),
        (What.MENTORSHIP_MOVED, mentor, days | because),
    ]


def test_a_mentor_who_was_to_come_does_not(service, mentor):
    """All mentorships after that day are withdrawn."""
    coming = a_mentorship(mentor, period=Period(IN_OCTOBER))
    ect = service.has_ect(an_ect(mentorships=(coming,)))
    done = remove_mentor(ect.id, None, ACTOR, service.ports)

    assert done.ect.mentorships[0].withdrawn
    assert [effect.after for effect in done.effects] == [None]


def test_removing_nobody_changes_nothing(service, ect):
    """There is nothing to do, and no line of history."""
    remove_mentor(ect.id, TODAY, ACTOR, service.ports)
    lines = service.history()
    again = remove_mentor(ect.id, IN_OCTOBER, ACTOR, service.ports)

    assert again.ect == again.before
    assert service.history() == lines


@pytest.mark.parametrize("last_day", [TODAY - DAY, LATEST + DAY])
def test_a_last_day_of_mentoring_out_of_range_is_invalid(service, ect, last_day):
    """Not in the past, and not further ahead than leaving."""
    blocked = remove_mentor(ect.id, last_day, ACTOR, service.ports)

    assert (blocked.rule.id, blocked.kind, blocked.field, blocked.message) == (
        "mentor-removed",
        Kind.INVALID,
        "last_day",
        "Enter a last day of mentoring from 2025-09-10 to 2026-01-10",
    )


def test_nobody_removes_the_mentor_of_somebody_who_left(service, mentor):
    """Nor of another school's ECT, nor of an unknown one."""
    gone = service.has_ect(
        an_ect(
            teacher=Teacher(BRAM, "Bram"),
            email=Email("bram@example.org"),
            period=Period(FIRST, TODAY - DAY),
        )
    )
    stranger = Actor(USER, OTHER_SCHOOL)
    blocked = [
        remove_mentor(gone.id, None, ACTOR, service.ports),
        remove_mentor(gone.id, None, stranger, service.ports),
        remove_mentor(EctId(uuid4()), None, ACTOR, service.ports),
    ]

    assert [each.rule.id for each in blocked] == ["mentor-removed", *["own-school-only"] * 2]
    assert blocked[1:] == [OWN_SCHOOL_ONLY.refuses()] * 2
