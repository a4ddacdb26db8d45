from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from builders import a_mentor, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.completing import completed
from ect_registration.domain.people.completion import Completion, Outcome
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.rules.periods.status import (
    AtSchool,
    Status,
    at_school,
    days_without_mentor,
    status_of,
)
from strategies import days, ects

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
IN_2024 = date(2024, 9, 1)
MENTOR = a_mentor()
PASSED = Completion(Outcome.PASSED, None)


@pytest.mark.parametrize(
    ("period", "is_completed", "standing"),
    [
        pytest.param(Period(IN_2024), False, AtSchool.IN_PROGRESS, id="open"),
        pytest.param(Period(TODAY + DAY), False, AtSchool.IN_PROGRESS, id="before the first day"),
        pytest.param(
            Period(IN_2024, TODAY), False, AtSchool.IN_PROGRESS, id="on the last day of a leaver"
        ),
        pytest.param(Period(IN_2024, TODAY - DAY), False, AtSchool.LEFT, id="the day after it"),
        pytest.param(Period(IN_2024), True, AtSchool.COMPLETED, id="completed and open"),
        pytest.param(
            Period(IN_2024, TODAY - DAY), True, AtSchool.COMPLETED, id="completed and finished"
        ),
    ],
)
def test_in_progress_completed_left(
    period: Period, is_completed: bool, standing: AtSchool
) -> None:
    """Completed when marked so, left when the last day has passed, else in progress."""
    assert at_school(an_ect(period=period, completed=is_completed), TODAY) is standing


TO_COME = an_ect(period=Period(TODAY + DAY))


def _never_began(ect: EctAtSchool, cause: Cause) -> EctAtSchool:
    return ect.ended(End(cause, ect.id, TODAY, TODAY))


@pytest.mark.parametrize(
    ("ect", "standing"),
    [
        pytest.param(_never_began(TO_COME, Cause.SCHOOL_CLOSED), AtSchool.LEFT, id="closed"),
        pytest.param(
            completed(TO_COME, Outcome.PASSED, TODAY, TODAY), AtSchool.COMPLETED, id="completed"
        ),
        pytest.param(_never_began(TO_COME, Cause.UNDONE), AtSchool.UNDONE, id="undone"),
        pytest.param(
            _never_began(completed(TO_COME, Outcome.PASSED, TODAY, TODAY), Cause.SCHOOL_CLOSED),
            AtSchool.COMPLETED,
            id="completed, and the school closed",
        ),
        pytest.param(an_ect(withdrawn=True), AtSchool.UNDONE, id="withdrawn before causes were"),
    ],
)
def test_in_progress_completed_left_before_the_first_day(
    ect: EctAtSchool, standing: AtSchool
) -> None:
    """Who never began has completed if TRS says so, and has left unless it was a mistake."""
    assert at_school(ect, TODAY) is standing
    assert status_of(ect, TODAY) is None


@pytest.mark.parametrize("marked", [{"completed": True}, {"completion": PASSED}])
def test_a_withdrawn_period_is_completed_when_marked_so(marked: Mapping[str, Any]) -> None:
    """An ECT who never began is completed if data or TRS said so, and else has left."""
    closed = End(Cause.SCHOOL_CLOSED, UUID(int=1), IN_2024 - DAY, TODAY)
    withdrawn = {"period": Period(IN_2024), "withdrawn": True, "ends": (closed,)}

    assert at_school(an_ect(**withdrawn), TODAY) is AtSchool.LEFT
    assert at_school(an_ect(**withdrawn, **marked), TODAY) is AtSchool.COMPLETED


@pytest.mark.parametrize(
    ("mentorships", "status"),
    [
        pytest.param([], Status.MENTOR_REQUIRED, id="no mentor"),
        pytest.param([a_mentorship(MENTOR)], Status.REGISTERED, id="a mentor"),
        pytest.param(
            [a_mentorship(MENTOR, period=Period(TODAY + DAY))],
            Status.REGISTERED,
            id="a mentor from tomorrow",
        ),
        pytest.param(
            [a_mentorship(MENTOR, period=Period(IN_2024, TODAY))],
            Status.REGISTERED,
            id="on the last day of the mentorship",
        ),
        pytest.param(
            [a_mentorship(MENTOR, period=Period(IN_2024, TODAY - DAY))],
            Status.MENTOR_REQUIRED,
            id="the day after it: falls back",
        ),
        pytest.param(
            [a_mentorship(MENTOR, withdrawn=True)],
            Status.MENTOR_REQUIRED,
            id="a mentorship that was withdrawn",
        ),
    ],
)
def test_mentor_required_or_registered(mentorships: list[Mentorship], status: Status) -> None:
    """Registered with an open mentorship, and else a mentor is required."""
    ect = an_ect(period=Period(IN_2024), mentorships=tuple(mentorships))

    assert status_of(ect, TODAY) is status


@pytest.mark.parametrize(
    "ect",
    [
        pytest.param(an_ect(period=Period(IN_2024, TODAY - DAY)), id="left"),
        pytest.param(an_ect(completed=True), id="completed"),
        pytest.param(
            an_ect(completed=True, mentorships=(a_mentorship(MENTOR),)),
            id="completed, the mentorship still open",
        ),
    ],
)
def test_mentor_required_or_registered_only_while_in_progress(ect: EctAtSchool) -> None:
    """Who left or completed has no such status."""
    assert status_of(ect, TODAY) is None


def test_starts_mentor_required() -> None:
    """A new ECT has no mentor yet."""
    assert status_of(an_ect(), TODAY) is Status.MENTOR_REQUIRED


@given(ects(), days)
def test_an_ect_without_a_mentor_needs_one_while_in_progress(
    ect: EctAtSchool, today: date
) -> None:
    """Whatever the dates."""
    in_progress = at_school(ect, today) is AtSchool.IN_PROGRESS

    assert status_of(ect, today) is (Status.MENTOR_REQUIRED if in_progress else None)


@pytest.mark.parametrize(
    ("period", "mentored", "gaps"),
    [
        pytest.param(Period(IN_2024), [], [Period(TODAY)], id="no mentor"),
        pytest.param(Period(IN_2024), [Period(IN_2024)], [], id="a mentor for good"),
        pytest.param(
            Period(TODAY + 9 * DAY), [], [Period(TODAY + 9 * DAY)], id="starts later, no mentor"
        ),
        pytest.param(
            Period(IN_2024),
            [Period(TODAY + DAY)],
            [Period(TODAY, TODAY)],
            id="a mentor from tomorrow",
        ),
        pytest.param(
            Period(IN_2024),
            [Period(IN_2024, TODAY)],
            [Period(TODAY + DAY)],
            id="the mentor leaves today",
        ),
        pytest.param(
            Period(IN_2024),
            [Period(IN_2024, TODAY + 2 * DAY), Period(TODAY + 5 * DAY, TODAY + 7 * DAY)],
            [Period(TODAY + 3 * DAY, TODAY + 4 * DAY), Period(TODAY + 8 * DAY)],
            id="between two mentors, and after",
        ),
        pytest.param(
            Period(IN_2024),
            [Period(IN_2024, TODAY + 2 * DAY), Period(TODAY + 3 * DAY)],
            [],
            id="one mentor after the other",
        ),
        pytest.param(
            Period(IN_2024, TODAY + 2 * DAY),
            [Period(IN_2024, TODAY + 2 * DAY)],
            [],
            id="the mentor until the last day",
        ),
        pytest.param(
            Period(IN_2024, TODAY + 2 * DAY),
            [Period(IN_2024, TODAY + DAY)],
            [Period(TODAY + 2 * DAY)],
            id="no mentor on the last day",
        ),
        pytest.param(Period(IN_2024, TODAY - DAY), [], [], id="has left"),
    ],
)
def test_no_mentor_yet(period: Period, mentored: list[Period], gaps: list[Period]) -> None:
    """The days in progress, from today on, that no mentorship covers are named."""
    mentorships = tuple(a_mentorship(MENTOR, period=each) for each in mentored)

    assert list(days_without_mentor(an_ect(period=period, mentorships=mentorships), TODAY)) == gaps


def test_no_mentor_yet_is_only_about_ects_in_progress() -> None:
    """A completed ECT needs no mentor, and a withdrawn mentorship covers no day."""
    off = a_mentorship(MENTOR, withdrawn=True)

    assert days_without_mentor(an_ect(completed=True), TODAY) == ()
    assert days_without_mentor(an_ect(mentorships=(off,)), TODAY) == (Period(TODAY),)
