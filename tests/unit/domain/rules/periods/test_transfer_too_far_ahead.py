from __future__ import annotations

from datetime import date, timedelta

import pytest

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.rules.periods.transfer import (
    TRANSFER_TOO_FAR_AHEAD,
    check_transfer_too_far_ahead,
    possible_starts,
)

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
IN_2024 = date(2024, 9, 1)
IN_FOUR_MONTHS = date(2026, 1, 10)
MAY = date(2026, 5, 11)
RANGE = (date(2023, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("elsewhere", "start_date"),
    [
        pytest.param([Period(IN_2024)], IN_FOUR_MONTHS + DAY, id="a day more than four months"),
        pytest.param([Period(IN_2024)], MAY, id="next summer term"),
        pytest.param([Period(IN_2024, MAY)], MAY, id="on a last day that was reported"),
        pytest.param(
            [Period(IN_2024, date(2025, 10, 24)), Period(IN_2024)],
            MAY,
            id="after one last day, but the other period has none",
        ),
    ],
)
def test_transfer_too_far_ahead_names_the_latest_date(
    elsewhere: list[Period], start_date: date
) -> None:
    """The start would end another school's record, which nobody can do so early."""
    assert check_transfer_too_far_ahead(elsewhere, start_date, TODAY) == Blocked(
        TRANSFER_TOO_FAR_AHEAD,
        {"latest": "2026-01-10"},
        Kind.INVALID,
        "start_date",
        "Enter a start date on or before 2026-01-10. This person is still registered at another "
        "school, and that registration ends when they start at your school",
    )


@pytest.mark.parametrize(
    ("elsewhere", "start_date", "ends_another"),
    [
        pytest.param([], MAY, False, id="open nowhere else"),
        pytest.param([Period(IN_2024)], IN_FOUR_MONTHS, True, id="four months ahead"),
        pytest.param([Period(IN_2024)], TODAY - DAY, True, id="in the past"),
        pytest.param([Period(IN_2024, MAY - DAY)], MAY, False, id="after a last day"),
        pytest.param([Period(IN_2024, MAY)], TODAY, True, id="before a last day, soon"),
    ],
)
def test_transfer_too_far_ahead_lets_others_on(
    elsewhere: list[Period], start_date: date, *, ends_another: bool
) -> None:
    """Up to four months ahead, and at any time where no record is ended."""
    assert check_transfer_too_far_ahead(elsewhere, start_date, TODAY) == Allowed(
        TRANSFER_TOO_FAR_AHEAD, {"ends_another": ends_another}
    )


@pytest.mark.parametrize(
    "first_day",
    [
        pytest.param(date(2026, 3, 1), id="after that"),
        pytest.param(IN_FOUR_MONTHS, id="on that day"),
    ],
)
def test_transfer_too_far_ahead_never_names_a_date_before_the_other_period_begins(
    first_day: date,
) -> None:
    """Where four months ahead is too early for another reason, the day after the last one."""
    to_come = Period(first_day, date(2026, 3, 31))

    assert check_transfer_too_far_ahead([to_come], date(2026, 3, 15), TODAY) == Blocked(
        TRANSFER_TOO_FAR_AHEAD,
        {"earliest": "2026-04-01"},
        Kind.INVALID,
        "start_date",
        "Enter a start date from 2026-04-01: this person is registered at another school until "
        "then",
    )


@pytest.mark.parametrize(
    ("free_from", "elsewhere", "days"),
    [
        pytest.param([], [], RANGE, id="nothing in the way"),
        pytest.param([date(2024, 9, 2)], [], (date(2024, 9, 2), RANGE[1]), id="a finished one"),
        pytest.param(
            [date(2024, 9, 2)],
            [Period(IN_2024)],
            (date(2024, 9, 2), IN_FOUR_MONTHS),
            id="an open one, which limits how far ahead",
        ),
        pytest.param(
            [IN_FOUR_MONTHS],
            [Period(IN_FOUR_MONTHS - DAY)],
            (IN_FOUR_MONTHS, IN_FOUR_MONTHS),
            id="an open one that begins so late that one day is left",
        ),
        pytest.param(
            [date(2024, 9, 2)],
            [Period(IN_2024, date(2026, 4, 30))],
            (date(2024, 9, 2), RANGE[1]),
            id="a last day, after which there is no limit",
        ),
        pytest.param(
            [date(2026, 3, 2)],
            [Period(date(2026, 3, 1), date(2026, 3, 31))],
            (date(2026, 4, 1), RANGE[1]),
            id="only after the last day",
        ),
        pytest.param(
            [date(2026, 3, 2)], [Period(date(2026, 3, 1))], None, id="begins too late, no last day"
        ),
        pytest.param(
            [date(2026, 3, 2)],
            [Period(date(2026, 3, 1), RANGE[1])],
            None,
            id="begins too late, and lasts too long",
        ),
    ],
)
def test_possible_starts_satisfy_every_rule_about_the_date(
    free_from: list[date], elsewhere: list[Period], days: tuple[date, date] | None
) -> None:
    """In range, later than earlier periods, and ending no other record too far ahead."""
    assert possible_starts(free_from, elsewhere, TODAY) == days
