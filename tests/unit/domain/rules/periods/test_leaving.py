from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest

from builders import an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.policy import latest_ending
from ect_registration.domain.rules.periods.leaving import (
    ENDED_OTHERWISE,
    LEAVING,
    READ_ONLY,
    TOO_LATE,
    WITHDRAWN,
    check_leaving,
    last_day_can_change,
    reported_on,
)
from endings import left_on

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
IN_2024 = date(2024, 9, 1)
IN_FOUR_MONTHS = date(2026, 1, 10)


def _ect(finished_on: date | None = None, reported_on: date | None = None) -> EctAtSchool:
    """Somebody here since last year, whose last day was reported on this day."""
    if finished_on is None or reported_on is None:
        return an_ect(period=Period(IN_2024, finished_on))
    ect = an_ect(period=Period(IN_2024))
    return ect.ended(End(Cause.LEAVING, ect.id, finished_on, reported_on))


def _transferred(last_day: date) -> EctAtSchool:
    """Somebody whom another school has registered."""
    return an_ect(period=Period(IN_2024)).ended(
        End(Cause.TRANSFER, uuid4(), last_day, date(2025, 9, 1))
    )


def _withdrawn(cause: Cause) -> EctAtSchool:
    """Return an ECT whose period this cause withdrew."""
    ect = an_ect(period=Period(IN_2024))
    return ect.ended(End(cause, ect.id, IN_2024 - DAY, TODAY))


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
    assert check_leaving(_ect(finished_on), last_day, TODAY) == Allowed(LEAVING, {})


@pytest.mark.parametrize(
    "last_day",
    [
        pytest.param(IN_2024 - DAY, id="the day before the first"),
        pytest.param(IN_FOUR_MONTHS + DAY, id="the day after four months ahead"),
    ],
)
def test_leaving_finds_other_days_invalid(last_day: date) -> None:
    """Not before the first day, not further ahead than schools know."""
    assert check_leaving(_ect(), last_day, TODAY) == Blocked(
        LEAVING,
        {"earliest": "2024-09-01", "latest": "2026-01-10"},
        Kind.INVALID,
        "last_day",
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
@pytest.mark.parametrize(
    "ect",
    [
        pytest.param(_ect(TODAY - DAY), id="brought in so"),
        pytest.param(_ect(TODAY - DAY, TODAY - 2 * DAY), id="reported ahead"),
        pytest.param(_ect(TODAY - DAY, TODAY - DAY), id="reported on the day"),
        pytest.param(_ect(date(2025, 7, 31), TODAY - 29 * DAY), id="reported late, long ago"),
        pytest.param(_transferred(TODAY - DAY), id="transferred"),
    ],
)
def test_leaving_is_final_once_the_last_day_has_passed(
    ect: EctAtSchool, last_day: date | None
) -> None:
    """What is over stays."""
    assert check_leaving(ect, last_day, TODAY) == Blocked(
        LEAVING, {}, Kind.REFUSED, None, TOO_LATE
    )


@pytest.mark.parametrize("last_day", [None, IN_2024, date(2025, 7, 30), IN_FOUR_MONTHS])
@pytest.mark.parametrize("reported_on", [TODAY, TODAY - 28 * DAY], ids=["today", "28 days ago"])
def test_leaving_that_was_reported_late_can_be_changed_for_28_days(
    last_day: date | None, reported_on: date
) -> None:
    """Its last day had passed when the school reported it, so that there was no time before."""
    ect = _ect(date(2025, 7, 31), reported_on)

    assert check_leaving(ect, last_day, TODAY) == Allowed(LEAVING, {})


@pytest.mark.parametrize(
    ("ect", "last_day", "counts"),
    [
        pytest.param(_ect(), TODAY, TODAY, id="reported first"),
        pytest.param(_ect(IN_FOUR_MONTHS, TODAY - DAY), TODAY, TODAY, id="corrected ahead"),
        pytest.param(_ect(date(2025, 7, 31), TODAY - DAY), None, TODAY, id="withdrawn"),
        pytest.param(
            _ect(date(2025, 7, 31), TODAY - DAY),
            date(2025, 7, 1),
            TODAY - DAY,
            id="late, and corrected to another day in the past",
        ),
        pytest.param(
            _ect(date(2025, 7, 31), TODAY - DAY), TODAY, TODAY, id="late, corrected to today"
        ),
        pytest.param(
            _ect(date(2025, 7, 31), TODAY - DAY),
            TODAY - DAY,
            TODAY,
            id="late, and corrected to the day of the report",
        ),
        pytest.param(
            _ect(TODAY - DAY, TODAY - DAY),
            date(2025, 7, 31),
            TODAY,
            id="on the day itself, which is not late",
        ),
    ],
)
def test_leaving_counts_as_reported_when_it_was_first(
    ect: EctAtSchool, last_day: date | None, counts: date
) -> None:
    """Correcting a late report does not begin another 28 days."""
    assert reported_on(ect, last_day, TODAY) == counts


@pytest.mark.parametrize(
    "last_day",
    [
        pytest.param(date(2025, 11, 1), id="to the first day elsewhere"),
        pytest.param(date(2025, 11, 2), id="to a day after it"),
    ],
)
def test_leaving_does_not_reach_into_a_later_period(last_day: date) -> None:
    """Registered elsewhere since: the day before is the latest."""
    ect = _ect(date(2025, 10, 31))

    assert check_leaving(ect, last_day, TODAY, next_start=date(2025, 11, 1)) == Blocked(
        LEAVING,
        {"earliest": "2024-09-01", "latest": "2025-10-31"},
        Kind.INVALID,
        "last_day",
        "Enter a last day from 2024-09-01 to 2025-10-31",
    )


def test_leaving_is_not_withdrawn_once_they_are_registered_elsewhere() -> None:
    """The other school knows best; the message says who helps."""
    ect = _ect(date(2025, 10, 31))

    assert check_leaving(ect, None, TODAY, next_start=date(2025, 11, 1)) == Blocked(
        LEAVING,
        {"next_start": "2025-11-01"},
        Kind.REFUSED,
        None,
        "They have been registered elsewhere from 2025-11-01, so you cannot withdraw the last "
        "day. If that is wrong, contact support for this service",
    )


def test_leaving_may_be_brought_forward_before_a_later_period() -> None:
    """Up to the day before the person begins elsewhere."""
    ect = _ect(date(2025, 10, 31))

    decision = check_leaving(ect, date(2025, 10, 30), TODAY, next_start=date(2025, 11, 1))

    assert decision == Allowed(LEAVING, {})


def test_leaving_is_not_withdrawn_where_a_transfer_set_the_last_day() -> None:
    """Nor where a school has brought forward the day that a transfer had set."""
    transferred = _transferred(date(2025, 10, 31))
    corrected = left_on(transferred, date(2025, 10, 1))

    for ect in (transferred, corrected):
        assert check_leaving(ect, None, TODAY) == Blocked(
            LEAVING, {}, Kind.REFUSED, None, ENDED_OTHERWISE
        )
    assert check_leaving(transferred, date(2025, 10, 30), TODAY) == Allowed(LEAVING, {})
    assert check_leaving(transferred, date(2025, 11, 1), TODAY).because == {
        "earliest": "2024-09-01",
        "latest": "2025-10-31",
    }


@pytest.mark.parametrize(
    ("ect", "tells"),
    [
        pytest.param(attrs.evolve(_ect(), withdrawn=True), READ_ONLY, id="before causes were"),
        pytest.param(_withdrawn(Cause.UNDONE), READ_ONLY, id="registered by mistake"),
        pytest.param(_withdrawn(Cause.COMPLETED), WITHDRAWN, id="completed before the first day"),
        pytest.param(_withdrawn(Cause.SCHOOL_CLOSED), WITHDRAWN, id="the school had closed"),
    ],
)
@pytest.mark.parametrize("last_day", [TODAY, None])
def test_leaving_of_somebody_who_was_never_here_is_not_reported(
    ect: EctAtSchool, tells: str, last_day: date | None
) -> None:
    """What is withdrawn is there to be read, and only what was undone is called so."""
    for any_day in (False, True):
        assert check_leaving(ect, last_day, TODAY, any_day=any_day) == Blocked(
            LEAVING, {}, Kind.REFUSED, None, tells
        )
    assert not last_day_can_change(ect, TODAY)


@pytest.mark.parametrize(
    "last_day", [IN_2024, TODAY, IN_FOUR_MONTHS + DAY, date(2030, 1, 1), None]
)
def test_leaving_has_no_limits_in_todays_date_for_operators(last_day: date | None) -> None:
    """They put right what is long over, and what is far ahead."""
    ect = _ect(date(2025, 1, 31), date(2025, 1, 1))

    assert check_leaving(ect, last_day, TODAY, any_day=True) == Allowed(LEAVING, {})


def test_leaving_keeps_its_other_limits_for_operators() -> None:
    """Not before the first day, and not into the next period."""
    early = check_leaving(_ect(), IN_2024 - DAY, TODAY, any_day=True)
    late = check_leaving(_ect(), TODAY, TODAY, next_start=TODAY, any_day=True)

    assert [(blocked.kind, blocked.because) for blocked in (early, late)] == [
        (Kind.INVALID, {"earliest": "2024-09-01", "latest": "2026-01-10"}),
        (Kind.INVALID, {"earliest": "2024-09-01", "latest": "2025-09-09"}),
    ]
