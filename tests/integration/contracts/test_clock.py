from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from adapters.system_clock import FixedDayClock, SystemClock

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(params=[SystemClock(), FixedDayClock(date(2025, 9, 10))], ids=["system", "fixed"])
def clock(request):
    """A clock, whichever."""
    return request.param


def test_moments_are_aware_and_in_utc(clock):
    """So that moments from anywhere compare."""
    assert (clock.now().tzinfo, clock.stamp().tzinfo) == (UTC, UTC)


def test_a_stamp_lies_in_the_day(clock):
    """In London."""
    assert clock.stamp().astimezone(LONDON).date() == clock.today()


def test_now_is_the_real_moment(clock):
    """Whatever day it pretends to be."""
    with time_machine.travel(datetime(2024, 7, 1, 8, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2024, 7, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(2025, 8, 31, 22, 59, tzinfo=UTC), date(2025, 8, 31)),
        (datetime(2025, 8, 31, 23, 0, tzinfo=UTC), date(2025, 9, 1)),
        (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), date(2025, 12, 31)),
    ],
    ids=["before midnight in summer", "at midnight in summer", "before midnight in winter"],
)
def test_the_day_begins_at_midnight_in_london(moment, today):
    """Which is an hour earlier than in UTC while summer time lasts."""
    with time_machine.travel(moment, tick=False):
        assert (SystemClock().today(), SystemClock().now()) == (today, moment)


@pytest.mark.parametrize("day", [date(2025, 9, 10), date(2025, 1, 31), date(2025, 3, 30)])
def test_a_fixed_day_is_stamped_with_the_real_time_of_day(day):
    """In winter and summer alike, and on the day that the clocks change."""
    clock = FixedDayClock(day)
    with time_machine.travel(datetime(2024, 7, 1, 8, 30, tzinfo=LONDON), tick=False) as journey:
        first = clock.stamp()
        journey.shift(timedelta(minutes=90))
        second = clock.stamp()

    half_past_eight = datetime(day.year, day.month, day.day, 8, 30, tzinfo=LONDON)
    assert (first, second - first) == (half_past_eight, timedelta(minutes=90))
    assert clock.today() == day
