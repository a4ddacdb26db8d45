from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import URN, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.periods.duplicates import (
    ALREADY_COMPLETED_HERE,
    ALREADY_IN_PROGRESS_HERE,
    check_already_completed_here,
    check_already_in_progress_here,
)
from ect_registration.domain.values import Urn
from strategies import days, ects

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
ELSEWHERE = Urn("200002")

SINCE_2024 = Period(date(2024, 9, 1))
LEAVES_TODAY = Period(date(2024, 9, 1), TODAY)
LEAVES_AT_HALF_TERM = Period(date(2024, 9, 1), date(2025, 10, 24))
LEFT_YESTERDAY = Period(date(2024, 9, 1), TODAY - DAY)
STARTS_TOMORROW = Period(TODAY + DAY)


@pytest.mark.parametrize(
    ("period", "since"),
    [
        pytest.param(SINCE_2024, "2024-09-01", id="open"),
        pytest.param(STARTS_TOMORROW, "2025-09-11", id="before the first day"),
    ],
)
def test_already_in_progress_here_refuses(period: Period, since: str) -> None:
    """An open period at this school that is not completed is a duplicate."""
    decision = check_already_in_progress_here([an_ect(period=period)], URN, TODAY)

    assert decision == Blocked(
        ALREADY_IN_PROGRESS_HERE,
        {"since": since, "last_day": None},
        Kind.REFUSED,
        None,
        "This teacher is already registered as an ECT at your school",
    )


@pytest.mark.parametrize(
    ("period", "last_day"),
    [
        pytest.param(LEAVES_TODAY, "2025-09-10", id="on the last day of a leaver"),
        pytest.param(LEAVES_AT_HALF_TERM, "2025-10-24", id="before the last day of a leaver"),
    ],
)
def test_already_in_progress_here_names_a_last_day(period: Period, last_day: str) -> None:
    """The school may have reported it by mistake, so it is told who can withdraw it."""
    decision = check_already_in_progress_here([an_ect(period=period)], URN, TODAY)

    assert decision == Blocked(
        ALREADY_IN_PROGRESS_HERE,
        {"since": "2024-09-01", "last_day": last_day},
        Kind.REFUSED,
        None,
        f"This teacher is already registered as an ECT at your school, with {last_day} as the "
        "last day. If they are staying, remove the last day",
    )


@pytest.mark.parametrize(
    ("periods", "here"),
    [
        pytest.param([], 0, id="never registered"),
        pytest.param([an_ect(period=LEFT_YESTERDAY)], 1, id="the day after a leaver's last"),
        pytest.param(
            [an_ect(period=SINCE_2024, completed=True)],
            1,
            id="completed, which is another rule's reason",
        ),
        pytest.param(
            [an_ect(school=ELSEWHERE, period=SINCE_2024)],
            0,
            id="open at another school, which is a transfer",
        ),
        pytest.param(
            [
                an_ect(period=LEFT_YESTERDAY),
                an_ect(school=ELSEWHERE, period=SINCE_2024),
                an_ect(period=SINCE_2024, completed=True),
            ],
            2,
            id="all of these",
        ),
    ],
)
def test_already_in_progress_here_lets_others_on(periods: list[EctAtSchool], here: int) -> None:
    """Who has left may return, and who is elsewhere may come."""
    assert check_already_in_progress_here(periods, URN, TODAY) == Allowed(
        ALREADY_IN_PROGRESS_HERE, {"periods_here": here}
    )


@pytest.mark.parametrize(
    "period",
    [
        pytest.param(SINCE_2024, id="while the period is open"),
        pytest.param(LEFT_YESTERDAY, id="after its last day"),
        pytest.param(Period(date(2024, 9, 1), date(2024, 9, 1)), id="long after it"),
    ],
)
def test_already_completed_here_refuses(period: Period) -> None:
    """Completed is completed, whatever the dates."""
    decision = check_already_completed_here([an_ect(period=period, completed=True)], URN)

    assert decision == Blocked(
        ALREADY_COMPLETED_HERE,
        {"started_on": "2024-09-01"},
        Kind.REFUSED,
        None,
        "This teacher has already completed as an ECT at your school",
    )


@pytest.mark.parametrize(
    ("periods", "here"),
    [
        pytest.param([], 0, id="never registered"),
        pytest.param([an_ect(period=LEFT_YESTERDAY)], 1, id="left"),
        pytest.param([an_ect(period=SINCE_2024)], 1, id="in progress, another rule's reason"),
        pytest.param(
            [an_ect(school=ELSEWHERE, completed=True)], 0, id="completed at another school"
        ),
    ],
)
def test_already_completed_here_lets_others_on(periods: list[EctAtSchool], here: int) -> None:
    """Who left without completing may return."""
    assert check_already_completed_here(periods, URN) == Allowed(
        ALREADY_COMPLETED_HERE, {"periods_here": here}
    )


def test_a_completed_period_among_others_is_found() -> None:
    """One that was left before does not hide it."""
    left = an_ect(period=Period(date(2023, 9, 1), date(2024, 3, 31)))
    completed = an_ect(period=SINCE_2024, completed=True)

    assert isinstance(check_already_completed_here([left, completed], URN), Blocked)


@given(st.lists(ects(), max_size=4), days, st.data())
def test_the_order_of_history_never_matters_to_a_duplicate(
    periods: list[EctAtSchool], today: date, data: st.DataObject
) -> None:
    """Refused in one order is refused in any."""
    shuffled = data.draw(st.permutations(periods))

    in_progress = [check_already_in_progress_here(p, URN, today) for p in (periods, shuffled)]
    completed = [check_already_completed_here(p, URN) for p in (periods, shuffled)]

    assert type(in_progress[0]) is type(in_progress[1])
    assert type(completed[0]) is type(completed[1])


@given(st.lists(ects(), max_size=4), days)
def test_leaving_lifts_a_duplicate_block(periods: list[EctAtSchool], last_day: date) -> None:
    """On the day after everybody has left, nobody is in progress here."""
    left = [
        an_ect(period=Period(ect.period.started_on, max(ect.period.started_on, last_day)))
        for ect in periods
    ]
    tomorrow = max([last_day, *(ect.period.started_on for ect in periods)]) + DAY

    assert isinstance(check_already_in_progress_here(left, URN, tomorrow), Allowed)


@given(ects(), days)
def test_a_finished_period_does_not_hide_an_open_one(ect: EctAtSchool, today: date) -> None:
    """A person who left once and is here again is in progress here."""
    left = an_ect(period=Period(date(1999, 9, 1), date(1999, 12, 31)))
    open_here = an_ect(period=Period(ect.period.started_on))

    decision = check_already_in_progress_here([left, open_here], URN, today)

    since = ect.period.started_on.isoformat()
    assert decision.because == {"since": since, "last_day": None}
