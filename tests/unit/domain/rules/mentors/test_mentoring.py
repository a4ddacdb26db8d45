from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given

from builders import a_mentor, a_mentorship, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.endings import Cause
from ect_registration.domain.people.mentorship import Mentorship
from ect_registration.domain.rules.mentors.mentoring import (
    MENTOR_NOW_OR_LATER,
    MENTORSHIP_DATES,
    NO_DAY_IN_COMMON,
    ONE_MENTOR_AT_A_TIME,
    check_mentor_now_or_later,
    check_mentorship_dates,
    check_no_day_in_common,
    check_one_mentor_at_a_time,
    mentorship_period,
)
from strategies import days, periods

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
TERM, HALF_TERM, CHRISTMAS = date(2025, 9, 1), date(2025, 10, 24), date(2025, 12, 19)
JOAN, KAMAL = a_mentor(), a_mentor()


@pytest.mark.parametrize(
    ("period", "completed", "refused"),
    [
        pytest.param(Period(TERM), False, None, id="in progress"),
        pytest.param(Period(TODAY + DAY), False, None, id="begins tomorrow"),
        pytest.param(Period(TERM, TODAY), False, None, id="on the last day of a leaver"),
        pytest.param(Period(TERM, TODAY - DAY), False, "left", id="left yesterday"),
        pytest.param(Period(TERM), True, "completed", id="completed"),
    ],
)
def test_mentor_now_or_later(period: Period, completed: bool, refused: str | None) -> None:
    """Every ECT in progress may be given a mentor, and nobody else."""
    decision = check_mentor_now_or_later(an_ect(period=period, completed=completed), TODAY)

    if refused is None:
        assert decision == Allowed(MENTOR_NOW_OR_LATER, {})
    else:
        assert decision == Blocked(
            MENTOR_NOW_OR_LATER,
            {"at_school": refused},
            Kind.REFUSED,
            None,
            "This ECT is no longer in progress at your school, so you cannot assign them a mentor",
        )


_NOW = a_mentorship(JOAN)
_COMING = a_mentorship(KAMAL, period=Period(HALF_TERM))
_OVER = a_mentorship(JOAN, period=Period(TERM, TODAY - DAY))
_UNTIL_TODAY = a_mentorship(JOAN, period=Period(TERM, TODAY))
_WITHDRAWN = a_mentorship(JOAN, withdrawn=True)


@pytest.mark.parametrize(
    ("mentorships", "open_ones"),
    [
        pytest.param([], 0, id="no mentor"),
        pytest.param([_NOW], 1, id="a mentor"),
        pytest.param([_COMING], 1, id="a mentor who is to come"),
        pytest.param([_UNTIL_TODAY], 1, id="on the last day with a mentor"),
        pytest.param([_OVER], 0, id="the day after it"),
        pytest.param([_WITHDRAWN], 0, id="a mentorship that was withdrawn"),
        pytest.param([_UNTIL_TODAY, _COMING], 2, id="one mentor now and the next to come"),
    ],
)
def test_one_mentor_at_a_time(mentorships: list[Mentorship], open_ones: int) -> None:
    """A second mentor only takes over when asked for by name."""
    ect = an_ect(mentorships=tuple(mentorships))
    unasked = check_one_mentor_at_a_time(ect, TODAY, replace=False)
    asked = check_one_mentor_at_a_time(ect, TODAY, replace=True)

    assert asked == Allowed(ONE_MENTOR_AT_A_TIME, {"replaces": open_ones})
    if open_ones:
        assert unasked == Blocked(
            ONE_MENTOR_AT_A_TIME,
            {},
            Kind.REFUSED,
            None,
            "This ECT already has a mentor. To assign a different one, change the mentor",
        )
    else:
        assert unasked == asked


def test_one_mentor_at_a_time_has_nothing_to_hand_over_to_the_same_mentor() -> None:
    """Joan cannot take over from Joan, but from Kamal, who was to follow her, she can.

    Nor can Kamal, who is to follow Joan anyway.
    """
    alone = an_ect(mentorships=(_NOW,))
    followed = an_ect(mentorships=(_UNTIL_TODAY, _COMING))

    for ect, by in ((alone, JOAN.id), (followed, KAMAL.id)):
        assert check_one_mentor_at_a_time(ect, TODAY, replace=True, by=by) == Blocked(
            ONE_MENTOR_AT_A_TIME, {}, Kind.REFUSED, None, "They are this ECT’s mentor already"
        )
    assert check_one_mentor_at_a_time(alone, TODAY, replace=True, by=KAMAL.id) == Allowed(
        ONE_MENTOR_AT_A_TIME, {"replaces": 1}
    )
    assert check_one_mentor_at_a_time(followed, TODAY, replace=True, by=JOAN.id) == Allowed(
        ONE_MENTOR_AT_A_TIME, {"replaces": 2}
    )
    assert check_one_mentor_at_a_time(an_ect(), TODAY, replace=False, by=JOAN.id) == Allowed(
        ONE_MENTOR_AT_A_TIME, {"replaces": 0}
    )


@pytest.mark.parametrize(
    ("ect", "mentor", "expected"),
    [
        pytest.param(Period(TERM), Period(TERM), Period(TODAY), id="both here: from today"),
        pytest.param(Period(HALF_TERM), Period(TERM), Period(HALF_TERM), id="ECT to come"),
        pytest.param(Period(TERM), Period(HALF_TERM), Period(HALF_TERM), id="mentor to come"),
        pytest.param(
            Period(HALF_TERM), Period(CHRISTMAS), Period(CHRISTMAS), id="both: the later one"
        ),
        pytest.param(
            Period(TERM, CHRISTMAS), Period(TERM), Period(TODAY, CHRISTMAS), id="ECT leaves"
        ),
        pytest.param(
            Period(TERM), Period(TERM, CHRISTMAS), Period(TODAY, CHRISTMAS), id="mentor leaves"
        ),
        pytest.param(
            Period(TERM, CHRISTMAS),
            Period(TERM, HALF_TERM),
            Period(TODAY, HALF_TERM),
            id="both leave: until the earlier one has left",
        ),
        pytest.param(
            Period(TERM, TODAY), Period(TERM), Period(TODAY, TODAY), id="ECT leaves today: one day"
        ),
        pytest.param(
            Period(TERM, HALF_TERM),
            Period(HALF_TERM),
            Period(HALF_TERM, HALF_TERM),
            id="mentor comes on the day on which the ECT leaves",
        ),
    ],
)
def test_mentorship_dates(ect: Period, mentor: Period, expected: Period) -> None:
    """From the latest of today and both first days, to the earlier of both last days."""
    period = mentorship_period(TODAY, ect, mentor)

    assert period == expected
    assert check_no_day_in_common(period) == Allowed(NO_DAY_IN_COMMON, {})


@pytest.mark.parametrize(
    ("ect", "mentor"),
    [
        pytest.param(Period(TERM, HALF_TERM), Period(HALF_TERM + DAY), id="ECT leaves before"),
        pytest.param(Period(HALF_TERM + DAY), Period(TERM, HALF_TERM), id="mentor leaves before"),
        pytest.param(Period(TERM), Period(TERM, TODAY - DAY), id="mentor left yesterday"),
        pytest.param(Period(TERM, TODAY - DAY), Period(TERM), id="ECT left yesterday"),
    ],
)
def test_no_day_in_common(ect: Period, mentor: Period) -> None:
    """A mentorship that would begin after the last day of either is refused."""
    assert check_no_day_in_common(mentorship_period(TODAY, ect, mentor)) == Blocked(
        NO_DAY_IN_COMMON,
        {},
        Kind.REFUSED,
        None,
        "The mentor and the ECT are not at your school at the same time from today",
    )


@pytest.mark.parametrize(
    ("period", "finished_on"),
    [(Period(TODAY), None), (Period(TODAY, HALF_TERM), "2025-10-24")],
    ids=["no end", "an end"],
)
def test_mentorship_dates_are_put_on_record(period: Period, finished_on: str | None) -> None:
    """As plain text."""
    assert check_mentorship_dates(period) == Allowed(
        MENTORSHIP_DATES, {"started_on": "2025-09-10", "finished_on": finished_on}
    )


@given(days, periods(), periods())
def test_a_mentorship_lies_inside_both_periods_and_in_what_is_to_come(
    today: date, ect: Period, mentor: Period
) -> None:
    """It is the whole of what they have in common from today on, and nothing else."""
    period = mentorship_period(today, ect, mentor)

    if period is None:
        first_day = max(today, ect.started_on, mentor.started_on)
        assert not (ect.is_open(first_day) and mentor.is_open(first_day))
    else:
        for whole in (ect, mentor, Period(today)):
            assert whole.contains(period)
        assert period.started_on in {today, ect.started_on, mentor.started_on}
        assert period.finished_on in {ect.finished_on, mentor.finished_on}


@given(days, periods(), periods())
def test_it_does_not_matter_who_of_the_two_comes_or_leaves(
    today: date, one: Period, other: Period
) -> None:
    """The days in common are the same both ways."""
    assert mentorship_period(today, one, other) == mentorship_period(today, other, one)


@pytest.mark.parametrize(
    ("earlier", "ends", "withdrawn"),
    [
        pytest.param(Period(TERM), TODAY - DAY, False, id="began before: ends the day before"),
        pytest.param(Period(TERM, CHRISTMAS), TODAY - DAY, False, id="was to end later"),
        pytest.param(Period(TERM, date(2025, 9, 5)), date(2025, 9, 5), False, id="had ended"),
        pytest.param(Period(TODAY), None, True, id="began today: withdrawn"),
        pytest.param(Period(HALF_TERM), None, True, id="to come: withdrawn"),
    ],
)
def test_one_mentor_at_a_time_ends_the_old_one_or_withdraws_it(
    earlier: Period, ends: date | None, withdrawn: bool
) -> None:
    """The day before the new one begins; nothing is deleted."""
    new = a_mentorship(KAMAL, period=Period(TODAY))
    old = a_mentorship(JOAN, period=earlier)
    ect = an_ect(mentorships=(old,)).mentored_from_then_on(new, KAMAL, TODAY)
    [was, now] = ect.mentorships
    replaced = [(end.cause, end.by) for end in was.ends]

    assert now == new
    assert replaced in ([(Cause.REPLACEMENT, KAMAL.id)], [])
    assert attrs.evolve(was, ends=()) == attrs.evolve(
        old, period=Period(earlier.started_on, ends), withdrawn=withdrawn
    )
    assert ect.open_mentorships(TODAY) == (new,)
