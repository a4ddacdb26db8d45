"""One mentor period out of two, where a person mentors at two schools that become one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from builders import TODAY, URN, a_mentor, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.email import Email
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.use_cases.gias.moving import move_school
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.extracts import closed_school, imported
from unit.use_cases.leavers import IN_DECEMBER, ect_leaves, mentor_leaves
from unit.use_cases.service import USER
from unit.use_cases.town import BRAM, OTHER_SCHOOL


def _mentor(service, id):
    with service.store.reading() as uow:
        return uow.mentors.find(id)


def _there(service, mentor, first, last=None, **changes):
    """The same person's period at the other school."""
    there = attrs.evolve(
        mentor, id=MentorId(uuid4()), school=OTHER_SCHOOL, period=Period(first, last), trainings=()
    )
    return service.has_mentor(attrs.evolve(there, **changes))


@pytest.mark.parametrize("days", [-400, 0, 3])
def test_of_two_mentor_periods_the_longer_standing_takes_over_the_other(
    service, ect, mentor, days
):
    """Its id and email stay, and mentorships move to it; the earlier training stays."""
    there = _there(service, mentor, mentor.period.started_on + timedelta(days))
    outcome, _ = imported(service, closed_school(), links=[(URN, OTHER_SCHOOL, "Successor")])
    kept, other = (there, mentor) if days <= 0 else (mentor, there)
    [moved] = service.ects_of()
    longer = _mentor(service, kept.id)

    assert (outcome.counts["moved"], outcome.left) == (1, [])
    assert (longer.school, longer.period, longer.email) == (
        OTHER_SCHOOL,
        kept.period,
        kept.email,
    )
    assert _mentor(service, other.id).withdrawn
    assert [m.mentor for m in moved.mentorships if not m.withdrawn] == [kept.id]
    assert [t.period for t in longer.trainings if not t.withdrawn] == [
        t.period for t in mentor.trainings
    ]


@pytest.mark.parametrize("last_day", [None, TODAY + timedelta(60), TODAY + timedelta(9)])
def test_the_kept_period_has_the_days_of_both(service, last_day):
    """It ends when the later of the two does."""
    here = service.has_mentor(a_mentor(period=Period(TODAY - timedelta(9), last_day), email=None))
    first, last = TODAY - timedelta(30), TODAY + timedelta(30)
    there = _there(service, here, first, last)
    move_school(URN, OTHER_SCHOOL, USER, service.ports)
    latest = None if last_day is None else max(last_day, last)

    assert _mentor(service, there.id).period == Period(first, latest)


def test_a_kept_period_that_comes_back_leaves_its_address_to_whoever_has_it_by_now(service):
    """A merger goes on, and the mentor needs an email, which stands in history."""
    address = Email("joan.thackeray@example.org")
    here = service.has_mentor(a_mentor(email=None))
    there = _there(service, here, TODAY - timedelta(90), TODAY - timedelta(5), email=address)
    service.has_ect(an_ect(teacher=Teacher(BRAM, "Bram Okafor"), email=address))
    outcome, _ = imported(
        service, closed_school(), links=[(URN, OTHER_SCHOOL, "Successor - merged")]
    )
    kept = _mentor(service, there.id)

    assert (outcome.counts["moved"], outcome.left) == (1, [])
    assert (kept.period, kept.email) == (Period(TODAY - timedelta(90)), None)
    [line] = [line for line in service.history(OTHER_SCHOOL) if line.about == kept.id]
    assert (line.what, line.rules) == (What.SCHOOL_MOVED, ("school-merged",))
    assert line.before == {
        "merged_with": str(here.id),
        "finished_on": (TODAY - timedelta(5)).isoformat(),
        "email": address.address,
    }
    assert line.after == {"finished_on": None, "email": None}


def test_history_says_which_records_of_a_mentor_became_one(service, ect, mentor):
    """In that of both periods, and of each ECT whose mentor they are."""
    there = _there(service, mentor, mentor.period.started_on - timedelta(40))
    move_school(URN, OTHER_SCHOOL, USER, service.ports)
    lines = [line for line in service.history(OTHER_SCHOOL) if "school" not in line.before]

    assert [(line.about, line.trn, line.before, line.after) for line in lines[-3:]] == [
        (
            there.id,
            mentor.teacher.trn,
            {"merged_with": str(mentor.id), "finished_on": None},
            {"finished_on": None},
        ),
        (mentor.id, mentor.teacher.trn, {"merged_into": str(there.id)}, {"withdrawn": True}),
        (
            ect.id,
            ect.teacher.trn,
            {"mentor": mentor.teacher.name, "merged_with": str(mentor.id)},
            {"merged_into": str(there.id)},
        ),
    ]


@pytest.mark.parametrize("who", ["the ECT", "the mentor"])
def test_a_last_day_can_be_withdrawn_after_two_schools_became_one(service, ect, mentor, who):
    """Mentorships keep what ended them, and the day on which they were assigned."""
    assigned = attrs.evolve(ect.mentorships[0], assigned_on=TODAY)
    known = attrs.evolve(ect, mentorships=(assigned,))
    service.do(lambda uow: uow.ects.change(ect, known))
    first = mentor.period.started_on - timedelta(40)
    there = _there(service, mentor, first, None if who == "the ECT" else TODAY, email=None)
    if who == "the ECT":
        ect_leaves(service, known, IN_DECEMBER)
    else:
        mentor_leaves(service, mentor, IN_DECEMBER)
    move_school(URN, OTHER_SCHOOL, USER, service.ports)
    [left] = service.ects_of()
    user = Actor(USER, OTHER_SCHOOL)
    if who == "the ECT":
        ect_leaves(service, left, None, user)
    else:
        mentor_leaves(service, _mentor(service, there.id), None, user)
    [back] = service.ects_of()
    [mentorship] = [each for each in back.mentorships if not each.withdrawn]

    assert [m.period.finished_on for m in left.mentorships if not m.withdrawn] == [IN_DECEMBER]
    assert (mentorship.mentor, mentorship.period, mentorship.assigned_on) == (
        there.id,
        assigned.period,
        TODAY,
    )
    assert [t.period for t in _mentor(service, there.id).trainings if not t.withdrawn] == [
        t.period for t in mentor.trainings
    ]


def test_a_mentor_with_three_periods_is_left_for_people(service, ect, mentor):
    """Until two are left."""
    first = mentor.period.started_on
    _there(service, mentor, first - timedelta(30), first + timedelta(1))
    _there(service, mentor, first + timedelta(2))
    outcome, _ = imported(service, closed_school(), links=[(URN, OTHER_SCHOOL, "Successor")])

    assert "more than two overlapping periods" in outcome.left[0].reason
    assert service.ects_of()[0].school == URN
