from __future__ import annotations

from datetime import date, timedelta

import pytest

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.policy import latest_ending
from ect_registration.domain.rules.status import LEAVING, check_leaving

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
IN_2024 = date(2024, 9, 1)
IN_FOUR_MONTHS = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("today", "latest"),
    [
        pytest.param(date(2025, 9, 10), date(2026, 1, 10), id="over the end of a year"),
        pytest.param(date(2025, 8, 31), date(2025, 12, 31), id="to 31 December"),
        pytest.param(date(2025, 9, 1), date(2026, 1, 1), id="to 1 January"),
        pytest.param(date(2025, 10, 31), date(2026, 2, 28), id="to the end of February"),
        pytest.param(date(2023, 10, 31), date(2024, 2, 29), id="to 29 February"),
        pytest.param(date(2024, 2, 29), date(2024, 6, 29), id="from 29 February"),
        pytest.param(date(2025, 5, 31), date(2025, 9, 30), id="to a shorter month"),
        pytest.param(date(2025, 12, 31), date(2026, 4, 30), id="from 31 December"),
        pytest.param(date(2025, 1, 1), date(2025, 5, 1), id="from 1 January"),
    ],
)
def test_leaving_is_reported_up_to_four_months_ahead(today: date, latest: date) -> None:
    """The same day of the month four months ahead, or that month's last."""
    assert latest_ending(today) == latest


@pytest.mark.parametrize(
    ("finished_on", "last_day"),
    [
        pytest.param(None, TODAY, id="today"),
        pytest.param(None, IN_2024, id="the first day"),
        pytest.param(None, TODAY - DAY, id="in the past, reported late"),
        pytest.param(None, IN_FOUR_MONTHS, id="four months ahead"),
        pytest.param(TODAY, IN_FOUR_MONTHS, id="corrected, on the last day itself"),
        pytest.param(TODAY, None, id="withdrawn, on the last day itself"),
        pytest.param(None, None, id="withdrawn, though never reported"),
    ],
)
def test_leaving_lets_a_school_report_correct_and_withdraw(
    finished_on: date | None, last_day: date | None
) -> None:
    """Until the last day has passed."""
    assert check_leaving(Period(IN_2024, finished_on), last_day, TODAY) == Allowed(LEAVING, {})


@pytest.mark.parametrize(
    "last_day",
    [
        pytest.param(IN_2024 - DAY, id="the day before the first"),
        pytest.param(IN_FOUR_MONTHS + DAY, id="the day after four months ahead"),
    ],
)
def test_leaving_finds_other_days_invalid(last_day: date) -> None:
    """Not before the first day, not further ahead than schools know."""
    assert check_leaving(Period(IN_2024), last_day, TODAY) == Blocked(
        LEAVING,
        {"earliest": "2024-09-01", "latest": "2026-01-10"},
        Kind.INVALID,
        "finished_on",
        "Enter a last day from 2024-09-01 to 2026-01-10",
    )


@pytest.mark.parametrize(
    "last_day",
    [
        pytest.param(IN_FOUR_MONTHS, id="corrected"),
        pytest.param(None, id="withdrawn"),
        pytest.param(IN_2024 - DAY, id="to a day that would not do either"),
    ],
)
def test_leaving_is_final_once_the_last_day_has_passed(last_day: date | None) -> None:
    """What is over stays."""
    assert check_leaving(Period(IN_2024, TODAY - DAY), last_day, TODAY) == Blocked(
        LEAVING, {}, Kind.REFUSED, None, "The last day has passed, so it can no longer be changed"
    )


@pytest.mark.parametrize(
    "last_day",
    [
        pytest.param(date(2025, 11, 1), id="to the first day elsewhere"),
        pytest.param(date(2025, 11, 2), id="to a day after it"),
        pytest.param(None, id="withdrawn"),
    ],
)
def test_leaving_refuses_to_reach_into_a_later_period(last_day: date | None) -> None:
    """Registered elsewhere since: the last day that the transfer set stays."""
    period = Period(IN_2024, date(2025, 10, 31))

    assert check_leaving(period, last_day, TODAY, next_start=date(2025, 11, 1)) == Blocked(
        LEAVING,
        {"next_start": "2025-11-01"},
        Kind.REFUSED,
        None,
        "They have been registered elsewhere from 2025-11-01, so you cannot change the last day",
    )


def test_leaving_may_be_brought_forward_before_a_later_period() -> None:
    """Up to the day before the person begins elsewhere."""
    period = Period(IN_2024, date(2025, 10, 31))

    decision = check_leaving(period, date(2025, 10, 31), TODAY, next_start=date(2025, 11, 1))

    assert decision == Allowed(LEAVING, {})
