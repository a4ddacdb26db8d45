"""`school-opens-and-closes`: GIAS publishes another closing day after records have ended."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from builders import TERM_STARTS, URN, a_mentor, a_teacher
from ect_registration.domain.people.closing import closing_of
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.records.history import What
from ect_registration.domain.values import Trn
from ect_registration.use_cases.gias.closing import end_school
from ect_registration.use_cases.gias.import_schools import LeftForPeople
from unit.use_cases.extracts import closed_school, imported
from unit.use_cases.service import USER

FIRST = TERM_STARTS + timedelta(14)
NOW = FIRST + timedelta(60)
LATER = FIRST + timedelta(7)
GIVEN = FIRST + timedelta(3)


@pytest.fixture(autouse=True)
def sixty_days_later(service):
    """The school closed two weeks into the term."""
    service.clock.turn_to(NOW)


def _last_days(service, *records):
    with service.store.reading() as uow:
        found = [uow.ects.find(each.id) or uow.mentors.find(each.id) for each in records]
    parts = [part for each in found for part in (each, *each.trainings)]
    parts += [part for each in found for part in getattr(each, "mentorships", ())]
    return {part.period.finished_on for part in parts if not part.withdrawn}


@pytest.mark.parametrize("days", [-7, 7, 59])
def test_ends_follow_a_closing_day_that_is_corrected(service, ect, mentor, days):
    """To an earlier day or a later one; a dry run says so, and a second run changes nothing."""
    imported(service, closed_school(FIRST))
    written, right = len(service.history(URN)), FIRST + timedelta(days)
    looked_at = imported(service, closed_school(right), dry_run=True)
    assert _last_days(service, ect, mentor) == {FIRST}
    outcome, told = imported(service, closed_school(right))

    assert _last_days(service, ect, mentor) == {right}
    assert (outcome, told) == looked_at
    assert told == [
        (str(URN), "closed_on", FIRST, right),
        (str(URN), "records", f"ended on {FIRST}", f"ended on {right}"),
    ]
    assert (outcome.counts["ended"], outcome.left) == (1, [])
    assert [(e.what, e.before.get("finished_on")) for e in service.history(URN)[written:]] == [
        (What.REFERENCE_CHANGED, None),
        (What.SCHOOL_CLOSED, FIRST.isoformat()),
        (What.SCHOOL_CLOSED, FIRST.isoformat()),
    ]
    assert imported(service, closed_school(right))[1] == []


def test_a_day_that_an_operator_gave_stays(service, ect, mentor):
    """Operators know of more than is published."""
    imported(service, closed_school(FIRST))
    end_school(URN, GIVEN, USER, service.ports)
    outcome, told = imported(service, closed_school(LATER))

    assert (outcome.counts["ended"], len(told), outcome.left) == (0, 1, [])
    assert _last_days(service, ect, mentor) == {GIVEN}


def test_somebody_for_whom_another_day_was_given_keeps_it(service, ect, mentor):
    """While others, who ended on the closing day, follow it."""
    service.do(lambda uow: uow.schools.save(closed_school(FIRST)))
    end_school(URN, GIVEN, USER, service.ports)
    colleague = a_mentor(id=MentorId(uuid4()), teacher=a_teacher(trn=Trn("3000009")), email=None)
    late = service.has_mentor(colleague)
    end = End(Cause.SCHOOL_CLOSED, closing_of(URN, NOW).by, FIRST, NOW)
    service.do(lambda uow: uow.mentors.change(late, late.ended(end)))
    imported(service, closed_school(LATER))

    assert _last_days(service, ect, mentor) == {GIVEN}
    assert _last_days(service, late) == {LATER}


@pytest.mark.parametrize(
    ("school", "reason"),
    [
        (closed_school(None), "It has no closing day any more"),
        (closed_school(NOW + timedelta(1)), f"Its closing day is {NOW + timedelta(1)} now"),
        (closed_school(LATER, opened_on=NOW), f"Its closing day is {LATER} now"),
    ],
)
def test_a_closing_day_that_cannot_be_right_is_left_for_people(
    service, ect, mentor, school, reason
):
    """What has ended stays as it is, and that is told once."""
    imported(service, closed_school(FIRST))
    outcome, told = imported(service, school)
    says = f"{reason}. What ended on {FIRST} stays so unless you give another day"

    assert outcome.left == [LeftForPeople(str(URN), says)]
    assert outcome.counts["ended"] == 0
    assert "records" not in {column for _, column, *_ in told}
    assert _last_days(service, ect, mentor) == {FIRST}
    assert imported(service, school)[0].left == []


def test_nobody_ends_earlier_because_a_closing_day_is_corrected(service, ect, mentor):
    """Where nothing has ended yet, the 60 days count from the new day."""
    imported(service, closed_school(GIVEN))
    outcome, _ = imported(service, closed_school(LATER))

    assert (outcome.counts["ended"], len(outcome.left)) == (0, 1)
    assert _last_days(service, ect, mentor) == {None}


def test_an_import_that_adds_a_closing_day_leaves_the_day_that_was_given(service, ect, mentor):
    """It was not known when an operator ended the school."""
    imported(service, closed_school(None))
    end_school(URN, GIVEN, USER, service.ports)
    outcome, _ = imported(service, closed_school(LATER))

    assert (outcome.counts["ended"], outcome.left) == (0, [])
    assert _last_days(service, ect, mentor) == {GIVEN}
