from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import URN, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.policy import latest_ending
from ect_registration.domain.rules.periods.previous_school import (
    OVERLAPS_PREVIOUS,
    REGISTERED_BEFORE,
    check_ect_start_date_range,
    check_ect_transfer_too_far_ahead,
    check_overlaps_previous,
    check_registered_before,
    latest_elsewhere,
    possible_ect_starts,
)
from ect_registration.domain.rules.periods.transfer import TRANSFER_TOO_FAR_AHEAD
from ect_registration.domain.rules.registering.start_date import (
    check_start_date_range,
    range_of_start_dates,
)
from ect_registration.domain.values import Urn
from strategies import days, ects

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
ELSEWHERE, FURTHER = Urn("200002"), Urn("300003")
IN_2023, IN_2024 = date(2023, 9, 1), date(2024, 9, 1)
EASTER, HALF_TERM = date(2025, 3, 31), date(2025, 10, 24)


def _elsewhere(first: date, last: date | None = None, school: Urn = ELSEWHERE) -> EctAtSchool:
    return an_ect(school=school, period=Period(first, last))


@pytest.mark.parametrize(
    ("periods", "school"),
    [
        pytest.param([], None, id="never registered"),
        pytest.param([an_ect(period=Period(IN_2024, EASTER))], None, id="at this school only"),
        pytest.param([_elsewhere(IN_2024)], "200002", id="at one other school"),
        pytest.param(
            [_elsewhere(IN_2023, EASTER), _elsewhere(date(2025, 4, 1), school=FURTHER)],
            "300003",
            id="at two: the latest",
        ),
        pytest.param(
            [_elsewhere(date(2025, 4, 1), school=FURTHER), _elsewhere(IN_2023, EASTER)],
            "300003",
            id="at two, in the other order",
        ),
        pytest.param(
            [_elsewhere(IN_2023, EASTER), an_ect(period=Period(date(2025, 4, 1), TODAY))],
            "200002",
            id="here later still",
        ),
    ],
)
def test_registered_before_says_where(periods: list[EctAtSchool], school: str | None) -> None:
    """Allowed; the latest period at another school is shown."""
    assert check_registered_before(periods, URN) == Allowed(REGISTERED_BEFORE, {"school": school})


def test_registered_before_shows_the_whole_period() -> None:
    """School, dates and choices are there to be shown."""
    earlier, later = _elsewhere(IN_2023, EASTER), _elsewhere(TODAY)

    assert latest_elsewhere([later, earlier], URN) == later
    assert latest_elsewhere([], URN) is None


@pytest.mark.parametrize(
    ("period", "start_date"),
    [
        pytest.param(Period(IN_2024, EASTER), EASTER + DAY, id="the day after a last day"),
        pytest.param(
            Period(IN_2024, TODAY - DAY), TODAY, id="the day after the last day of a leaver"
        ),
        pytest.param(Period(IN_2024), IN_2024 + DAY, id="the day after an open one began"),
        pytest.param(
            Period(IN_2024, TODAY),
            IN_2024 + DAY,
            id="on the last day of a leaver, who is still open",
        ),
        pytest.param(Period(HALF_TERM), HALF_TERM + DAY, id="the day after one to come begins"),
    ],
)
def test_overlaps_previous_lets_later_starts_on(period: Period, start_date: date) -> None:
    """After the last day of a finished period, or the first day of an open one."""
    decision = check_overlaps_previous([an_ect(period=period)], start_date, TODAY)

    assert decision == Allowed(OVERLAPS_PREVIOUS, {"periods": 1})


@pytest.mark.parametrize(
    ("period", "start_date", "earliest"),
    [
        pytest.param(Period(IN_2024, EASTER), EASTER, "2025-04-01", id="on a last day"),
        pytest.param(Period(IN_2024, EASTER), IN_2023, "2025-04-01", id="before it all"),
        pytest.param(
            Period(IN_2024, TODAY - DAY), TODAY - DAY, "2025-09-10", id="yesterday's leaver"
        ),
        pytest.param(Period(IN_2024), IN_2024, "2024-09-02", id="on an open one's first day"),
        pytest.param(Period(IN_2024, TODAY), IN_2024, "2024-09-02", id="on a leaver's first day"),
        pytest.param(Period(HALF_TERM), TODAY, "2025-10-25", id="before one that is to come"),
    ],
)
def test_overlaps_previous_refuses_and_names_the_earliest_date(
    period: Period, start_date: date, earliest: str
) -> None:
    """Nobody is an ECT at two schools on one day; the refusal says what would do."""
    decision = check_overlaps_previous([an_ect(period=period)], start_date, TODAY)

    assert decision == Blocked(
        OVERLAPS_PREVIOUS,
        {"earliest": earliest},
        Kind.REFUSED,
        "start_date",
        "This teacher was already registered as an ECT at that time. "
        f"The earliest start date you can give is {earliest}",
    )


@pytest.mark.parametrize(
    ("start_date", "earliest"),
    [
        pytest.param(date(2025, 4, 1), "2025-09-02", id="after a finished one, before an open"),
        pytest.param(date(2025, 9, 1), "2025-09-02", id="on the first day of the open one"),
    ],
)
def test_overlaps_previous_counts_every_period(start_date: date, earliest: str) -> None:
    """A finished period here and an open one elsewhere: the latest sets the date."""
    history = [an_ect(period=Period(IN_2024, EASTER)), _elsewhere(date(2025, 9, 1))]

    decision = check_overlaps_previous(history, start_date, TODAY)

    assert decision.because == {"earliest": earliest}
    assert check_overlaps_previous(history, date(2025, 9, 2), TODAY) == Allowed(
        OVERLAPS_PREVIOUS, {"periods": 2}
    )


def test_overlaps_previous_has_nothing_against_a_first_registration() -> None:
    """Without history any start will do."""
    assert check_overlaps_previous([], TODAY, TODAY) == Allowed(OVERLAPS_PREVIOUS, {"periods": 0})


@given(st.lists(ects(), max_size=4), days, days, st.data())
def test_the_order_of_history_never_matters_to_an_overlap(
    periods: list[EctAtSchool], start_date: date, today: date, data: st.DataObject
) -> None:
    """The decision and its evidence are the same in any order."""
    shuffled = data.draw(st.permutations(periods))

    assert check_overlaps_previous(shuffled, start_date, today) == check_overlaps_previous(
        periods, start_date, today
    )


@given(st.lists(ects(), min_size=1, max_size=4), days, days)
def test_the_earliest_date_named_would_do(
    periods: list[EctAtSchool], start_date: date, today: date
) -> None:
    """By every rule about the date, and the day before it would not; none named, none does."""
    decision = check_overlaps_previous(periods, start_date, today)
    if isinstance(decision, Allowed):
        return
    named = decision.because["earliest"]
    first, last = range_of_start_dates(today)
    would_do = [
        day
        for day in (first + timedelta(n) for n in range((last - first).days + 1))
        if _would_do(periods, day, today)
    ]

    assert (str(named) if named else None) == (would_do[0].isoformat() if would_do else None)


def _would_do(periods: list[EctAtSchool], day: date, today: date) -> bool:
    """Told without the rules: in no earlier period, and ending no other one too far ahead."""
    for period in (ect.period for ect in periods):
        is_open = period.finished_on is None or period.finished_on >= today
        taken = period.started_on if is_open else period.finished_on
        if taken is not None and day <= taken:
            return False
        ends = is_open and (period.finished_on is None or day <= period.finished_on)
        if ends and day > latest_ending(today):
            return False
    return True


@pytest.mark.parametrize(
    "start_date",
    [
        pytest.param(TODAY, id="before it begins"),
        pytest.param(date(2026, 3, 2), id="after it began, too far ahead to end it"),
    ],
)
def test_overlaps_previous_names_no_date_where_none_would_do(start_date: date) -> None:
    """Begins elsewhere in over four months: whoever can help is named instead."""
    decision = check_overlaps_previous([_elsewhere(date(2026, 3, 1))], start_date, TODAY)

    assert decision == Blocked(
        OVERLAPS_PREVIOUS,
        {"earliest": None},
        Kind.REFUSED,
        "start_date",
        "There is no start date that you can give: this teacher is registered as an ECT at "
        "another school for that time. Contact support for this service to have it put right",
    )


def test_overlaps_previous_names_the_day_after_a_last_day_that_is_known() -> None:
    """Begins elsewhere in over four months, and leaves there: after that a start ends nothing."""
    to_come = _elsewhere(date(2026, 3, 1), date(2026, 3, 31))

    assert check_overlaps_previous([to_come], TODAY, TODAY).because == {"earliest": "2026-04-01"}


@pytest.mark.parametrize(
    ("last_day", "ends_another"),
    [
        pytest.param(None, True, id="open"),
        pytest.param(EASTER, False, id="ended"),
        pytest.param(HALF_TERM, True, id="to end"),
    ],
)
def test_transfer_too_far_ahead_counts_open_periods(
    last_day: date | None, ends_another: bool
) -> None:
    """A start here ends another school's period that is open, and not one that has ended."""
    decision = check_ect_transfer_too_far_ahead([_elsewhere(IN_2024, last_day)], TODAY, TODAY)

    assert decision == TRANSFER_TOO_FAR_AHEAD.allows(ends_another=ends_another)


@pytest.mark.parametrize("start_date", [date(2022, 1, 1), TODAY, date(2029, 1, 1)])
def test_start_date_range_names_the_days_that_would_do_for_this_person(start_date: date) -> None:
    """A period at another school keeps its first day, and can be ended four months ahead."""
    periods = [_elsewhere(IN_2024)]
    possible = possible_ect_starts(periods, TODAY)

    assert possible == (IN_2024 + DAY, latest_ending(TODAY))
    assert check_ect_start_date_range(periods, start_date, TODAY) == check_start_date_range(
        start_date, TODAY, possible
    )
