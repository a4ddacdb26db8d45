"""What TRS says of an induction marks a period, and TRS takes back only what it marked."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import TODAY, a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.bringing_back import Standing
from ect_registration.domain.people.completing import completed, reopened
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.endings import Cause, extent_of_whole
from ect_registration.domain.people.mentor import MentorId
from ect_registration.domain.people.training import TrainingId

DAY = timedelta(days=1)
FIRST_DAY = TODAY - 9 * DAY
MENTOR = a_mentor(period=Period(FIRST_DAY))
EXTENTS = {MENTOR.id: extent_of_whole(MENTOR)}
TO_COME = Period(TODAY + DAY)


def _ect(**changes):
    period = changes.pop("period", Period(FIRST_DAY))
    training = a_training(id=TrainingId(uuid4()), period=period)
    mentorship = attrs.evolve(a_mentorship(MENTOR), period=period)
    return an_ect(period=period, trainings=(training,), mentorships=(mentorship,), **changes)


@pytest.mark.parametrize(
    ("outcome_on", "last_day"),
    [
        (TODAY - 30 * DAY, TODAY - DAY),
        (TODAY - DAY, TODAY - DAY),
        (TODAY, TODAY),
        (TODAY + 2 * DAY, TODAY + 2 * DAY),
        (None, TODAY - DAY),
    ],
)
def test_training_and_mentorships_end_on_the_outcomes_day_but_not_before_yesterday(
    outcome_on, last_day
):
    """The period itself stays open: the school may still report leaving."""
    ect = _ect()
    after = completed(ect, Outcome.PASSED, outcome_on, TODAY)

    assert (after.completed, after.completion) == (True, Completion(Outcome.PASSED, outcome_on))
    assert (after.period, after.withdrawn, after.email) == (ect.period, False, ect.email)
    for part in (*after.trainings, *after.mentorships):
        assert (part.period, part.withdrawn) == (Period(FIRST_DAY, last_day), False)
        assert [(end.cause, end.by) for end in part.ends] == [(Cause.COMPLETED, ect.id)]


def test_what_began_today_has_no_day_left():
    """Yesterday was before it: it is withdrawn."""
    after = completed(_ect(period=Period(TODAY)), Outcome.EXEMPT, None, TODAY)

    assert (after.completed, after.withdrawn) == (True, False)
    assert [part.withdrawn for part in (*after.trainings, *after.mentorships)] == [True, True]


def test_a_period_that_has_not_begun_is_withdrawn():
    """With everything in it; the outcome says why."""
    after = completed(_ect(period=TO_COME), Outcome.FAILED, TODAY, TODAY)

    assert (after.completed, after.withdrawn) == (False, True)
    assert after.completion == Completion(Outcome.FAILED, TODAY)
    assert [end.cause for end in after.ends] == [Cause.COMPLETED]
    assert all(part.withdrawn for part in (*after.trainings, *after.mentorships))


def test_another_outcome_later_ends_nothing_again():
    """The same one changes nothing at all."""
    marked = completed(_ect(), Outcome.PASSED, None, TODAY)
    later = TODAY + 9 * DAY

    assert completed(marked, Outcome.PASSED, None, later) == marked
    assert completed(marked, Outcome.FAILED, later, later) == attrs.evolve(
        marked, completion=Completion(Outcome.FAILED, later)
    )


@pytest.mark.parametrize("period", [Period(FIRST_DAY), Period(TODAY), TO_COME])
def test_ends_keep_their_cause_so_that_a_reopened_induction_is_as_before(period):
    """Training, mentorships and a period that was withdrawn."""
    ect = _ect(period=period)
    after = completed(ect, Outcome.PASSED, TODAY, TODAY)

    assert reopened(after, TODAY + DAY, [], EXTENTS) == ect


def test_what_was_brought_in_as_completed_stays_so():
    """Only marks that TRS set are cleared."""
    ect = _ect(completed=True)
    after = completed(ect, Outcome.PASSED, TODAY, TODAY)

    assert after.completion == Completion(Outcome.PASSED, TODAY, marked_before=True)
    assert reopened(after, TODAY, [], EXTENTS) == ect
    assert reopened(ect, TODAY, [], EXTENTS) is ect


def test_what_comes_back_goes_no_further_than_what_stands_there_by_now():
    """Another school's period that began meanwhile, or a mentor who has left."""
    ect = _ect(period=TO_COME)
    after = completed(ect, Outcome.PASSED, TODAY, TODAY)
    elsewhere = Standing(Period(date(2026, 1, 5)), Cause.TRANSFER, uuid4())
    gone = extent_of_whole(attrs.evolve(MENTOR, period=Period(FIRST_DAY, date(2025, 10, 1))))
    back = reopened(after, TODAY, [elsewhere], {MentorId(MENTOR.id): gone})

    assert back.period == Period(TO_COME.started_on, date(2026, 1, 4))
    assert back.trainings[0].period == back.period
    assert back.mentorships[0].period == Period(TO_COME.started_on, date(2025, 10, 1))


def test_another_end_of_the_same_training_stays():
    """The school has reported leaving meanwhile."""
    marked = completed(_ect(), Outcome.PASSED, TODAY + 20 * DAY, TODAY)
    left = marked.leaving(TODAY + 5 * DAY, TODAY, [], EXTENTS)
    back = reopened(left, TODAY, [], EXTENTS)

    assert back.period == Period(FIRST_DAY, TODAY + 5 * DAY)
    assert {part.period for part in (*back.trainings, *back.mentorships)} == {back.period}
