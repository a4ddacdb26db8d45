from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ECT_TRN, MENTOR_TRN, URN, a_mentor, a_training
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.endings import Cause, End
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.rules.mentors.mentor import (
    MENTOR_ALREADY_HERE,
    MENTOR_ELSEWHERE,
    MENTOR_START_DATE,
    OWN_MENTOR,
    check_corrected_mentor_start,
    check_mentor_already_here,
    check_mentor_elsewhere,
    check_mentor_start_date,
    check_only_here_leaves_a_day,
    check_own_mentor,
    ended_elsewhere,
    needs_corrected_mentor_start,
    open_elsewhere,
    range_of_mentor_starts,
)
from ect_registration.domain.rules.periods.leaving import may_come_back
from ect_registration.domain.rules.periods.previous_school import OVERLAPS_PREVIOUS
from ect_registration.domain.rules.registering.start_date import range_of_start_dates
from ect_registration.domain.values import Trn, Urn
from endings import without_causes
from strategies import days, mentors

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
ELSEWHERE, FURTHER = Urn("200002"), Urn("300003")
IN_FOUR_MONTHS = date(2026, 1, 10)
IN_2024, EASTER, HALF_TERM = date(2024, 9, 1), date(2025, 3, 31), date(2025, 10, 24)
EARLIEST, LATEST = date(2023, 9, 1), date(2027, 8, 31)
ANOTHER_TRN = Trn("2000002")

some_mentors = st.lists(
    st.builds(
        lambda mentor, school: attrs.evolve(mentor, school=school),
        mentors(),
        st.sampled_from([URN, ELSEWHERE, FURTHER]),
    ),
    max_size=4,
)


def _here(first: date, last: date | None = None) -> MentorAtSchool:
    return a_mentor(period=Period(first, last))


def _elsewhere(first: date, last: date | None = None, school: Urn = ELSEWHERE) -> MentorAtSchool:
    return a_mentor(school=school, period=Period(first, last))


@pytest.mark.parametrize(
    ("mentor", "refused"),
    [
        pytest.param({MENTOR_TRN}, False, id="somebody else"),
        pytest.param({ECT_TRN}, True, id="the ECT"),
        pytest.param({MENTOR_TRN, ECT_TRN}, True, id="the ECT, by a TRN that was merged"),
        pytest.param({MENTOR_TRN, ANOTHER_TRN}, False, id="somebody else with two TRNs"),
    ],
)
def test_own_mentor(mentor: set[Trn], refused: bool) -> None:
    """An ECT cannot be their own mentor, under any of their TRNs."""
    decision = check_own_mentor(mentor, {ECT_TRN})

    assert decision == (OWN_MENTOR.refuses() if refused else Allowed(OWN_MENTOR, {}))


@pytest.mark.parametrize(
    "period",
    [
        pytest.param(Period(IN_2024), id="for a year"),
        pytest.param(Period(IN_2024, TODAY), id="on the last day of a leaver"),
        pytest.param(Period(TODAY + DAY), id="from tomorrow on"),
    ],
)
def test_mentor_already_here_refuses_and_says_who(period: Period) -> None:
    """An open period here; its public id is the way to assign them."""
    mentor = a_mentor(period=period)

    assert check_mentor_already_here([_elsewhere(IN_2024), mentor], URN, TODAY) == Blocked(
        MENTOR_ALREADY_HERE,
        {"mentor": str(mentor.id)},
        Kind.REFUSED,
        None,
        "This person is already a mentor at your school. Assign them to the ECT",
    )


@pytest.mark.parametrize(
    "periods",
    [
        pytest.param([], id="never a mentor"),
        pytest.param([_here(IN_2024, TODAY - DAY)], id="left yesterday"),
        pytest.param([_elsewhere(IN_2024)], id="at another school"),
        pytest.param([_here(IN_2024, EASTER), _elsewhere(TODAY)], id="left, and elsewhere now"),
    ],
)
def test_mentor_already_here_lets_others_on(periods: list[MentorAtSchool]) -> None:
    """Those who left may return, and another school's mentor may come."""
    assert check_mentor_already_here(periods, URN, TODAY) == Allowed(MENTOR_ALREADY_HERE, {})


@pytest.mark.parametrize(
    ("periods", "count"),
    [
        pytest.param([], 0, id="never a mentor"),
        pytest.param([_here(IN_2024)], 0, id="at this school only"),
        pytest.param([_elsewhere(IN_2024, TODAY - DAY)], 0, id="left another yesterday"),
        pytest.param([_elsewhere(IN_2024, TODAY)], 1, id="on the last day at another"),
        pytest.param([_elsewhere(TODAY + DAY)], 1, id="at another from tomorrow on"),
        pytest.param([_elsewhere(IN_2024), _elsewhere(EASTER, school=FURTHER)], 2, id="at two"),
    ],
)
@pytest.mark.parametrize("only_here", [True, False])
def test_mentor_elsewhere_puts_the_answer_on_record(
    periods: list[MentorAtSchool], count: int, only_here: bool
) -> None:
    """Open periods at other schools count; finished ones do not."""
    decision = check_mentor_elsewhere(periods, URN, only_here=only_here, today=TODAY)

    assert decision == Allowed(MENTOR_ELSEWHERE, {"periods": count, "only_here": only_here})
    assert len(open_elsewhere(periods, URN, TODAY)) == count


def test_mentor_elsewhere_only_here_ends_every_open_period_elsewhere_the_day_before() -> None:
    """With its training; one that would not have begun is withdrawn, and nothing is deleted."""
    long = a_training(period=Period(IN_2024))
    late = a_training(period=Period(TODAY))
    here = _here(IN_2024, EASTER)
    left = _elsewhere(IN_2024, EASTER)
    stays = attrs.evolve(_elsewhere(IN_2024), trainings=(long, late))
    leaves = _elsewhere(IN_2024, TODAY + DAY, FURTHER)

    by = uuid4()
    ended = ended_elsewhere([here, left, stays, leaves], URN, TODAY, TODAY, by)
    cut = [(before, without_causes(after)) for before, after in ended]
    yesterday = Period(IN_2024, TODAY - DAY)

    assert [after.ends[-1] for _, after in ended] == [
        End(Cause.TRANSFER, by, TODAY - DAY, TODAY, before=before.period.finished_on)
        for before in (stays, leaves)
    ]
    assert cut == [
        (
            stays,
            attrs.evolve(
                stays,
                period=yesterday,
                trainings=(
                    attrs.evolve(long, period=yesterday),
                    attrs.evolve(late, withdrawn=True),
                ),
            ),
        ),
        (leaves, attrs.evolve(leaves, period=yesterday)),
    ]


@pytest.mark.parametrize(
    ("period", "ends"),
    [
        pytest.param(Period(IN_2024, HALF_TERM - DAY), None, id="leaves the day before"),
        pytest.param(Period(IN_2024, HALF_TERM), HALF_TERM - DAY, id="leaves on the day"),
        pytest.param(Period(HALF_TERM - DAY), HALF_TERM - DAY, id="begins the day before"),
        pytest.param(Period(HALF_TERM), None, id="begins on the day, which is refused before"),
    ],
)
def test_mentor_elsewhere_shortens_and_never_lengthens(period: Period, ends: date | None) -> None:
    """The earlier of its own last day and the day before the new start."""
    elsewhere = a_mentor(school=ELSEWHERE, period=period)
    cut = ended_elsewhere([elsewhere], URN, HALF_TERM, TODAY)

    sooner = [after.period.finished_on for _, after in cut if after.period != period]
    assert sooner == [ends] * bool(ends)


@pytest.mark.parametrize("start_date", [None, TODAY], ids=["not asked", "today all the same"])
def test_mentor_start_date_is_today_for_somebody_new(start_date: date | None) -> None:
    """Nobody is asked who was never a mentor before."""
    decision = check_mentor_start_date(start_date, [], URN, only_here=False, today=TODAY)

    assert decision == Allowed(MENTOR_START_DATE, {"start_date": "2025-09-10", "asked": False})


@pytest.mark.parametrize("start_date", [TODAY - DAY, TODAY + DAY], ids=["yesterday", "tomorrow"])
def test_mentor_start_date_is_no_other_day_for_somebody_new(start_date: date) -> None:
    """A date that nobody asked for is not quietly taken."""
    decision = check_mentor_start_date(start_date, [], URN, only_here=False, today=TODAY)

    assert decision == Blocked(
        MENTOR_START_DATE,
        {},
        Kind.INVALID,
        "start_date",
        "Leave out the start date. A person who has not been a mentor before starts today",
    )


@pytest.mark.parametrize(
    ("periods", "only_here", "earliest", "latest"),
    [
        pytest.param(
            [_elsewhere(IN_2024, EASTER)], False, EARLIEST, LATEST, id="left another school"
        ),
        pytest.param(
            [_elsewhere(IN_2024, EASTER)], True, EARLIEST, LATEST, id="left it, and only here"
        ),
        pytest.param(
            [_elsewhere(IN_2024)], False, EARLIEST, LATEST, id="at another school as well"
        ),
        pytest.param(
            [_elsewhere(IN_2024)],
            True,
            IN_2024 + DAY,
            IN_FOUR_MONTHS,
            id="moves from another school",
        ),
        pytest.param(
            [_elsewhere(IN_2024, TODAY)], True, IN_2024 + DAY, LATEST, id="on the last day"
        ),
        pytest.param(
            [_elsewhere(HALF_TERM)], True, HALF_TERM + DAY, IN_FOUR_MONTHS, id="before one to come"
        ),
        pytest.param([_here(IN_2024, EASTER)], False, EASTER + DAY, LATEST, id="left this school"),
        pytest.param(
            [_here(IN_2024, TODAY - DAY)], False, TODAY, LATEST, id="left here yesterday"
        ),
        pytest.param(
            [_here(IN_2024, EASTER), _elsewhere(IN_2024)],
            True,
            EASTER + DAY,
            IN_FOUR_MONTHS,
            id="left here after beginning elsewhere",
        ),
        pytest.param(
            [_here(IN_2024, EASTER), _elsewhere(HALF_TERM)],
            True,
            HALF_TERM + DAY,
            IN_FOUR_MONTHS,
            id="left here before beginning elsewhere",
        ),
        pytest.param(
            [_here(date(2020, 9, 1), date(2021, 8, 31))],
            False,
            EARLIEST,
            LATEST,
            id="left here long ago",
        ),
        pytest.param(
            [_here(IN_2024, TODAY)], False, EARLIEST, LATEST, id="here still: another rule's"
        ),
        pytest.param(
            [_here(HALF_TERM)], True, EARLIEST, LATEST, id="here to come: another rule's"
        ),
    ],
)
def test_mentor_start_date_range(
    periods: list[MentorAtSchool], only_here: bool, earliest: date, latest: date
) -> None:
    """After every finished period here and, when only here, after every open one's first day.

    The days named are those that transfer-too-far-ahead, which comes later, lets on as well.
    """

    def decide(given: date | None) -> Allowed | Blocked:
        return check_mentor_start_date(given, periods, URN, only_here=only_here, today=TODAY)

    assert [type(decide(day)) for day in (earliest - DAY, earliest, LATEST, LATEST + DAY)] == [
        Blocked,
        Allowed,
        Allowed,
        Blocked,
    ]
    assert decide(earliest - DAY) == Blocked(
        MENTOR_START_DATE,
        {"earliest": earliest.isoformat(), "latest": latest.isoformat()},
        Kind.INVALID,
        "start_date",
        f"Enter a start date from {earliest} to {latest}",
    )
    assert decide(earliest) == Allowed(
        MENTOR_START_DATE, {"start_date": earliest.isoformat(), "asked": True}
    )


@pytest.mark.parametrize(
    ("today", "earliest", "latest"),
    [
        pytest.param(date(2025, 8, 31), "2022-09-01", "2026-08-31", id="last day of a year"),
        pytest.param(date(2025, 9, 1), "2023-09-01", "2027-08-31", id="first day of the next"),
    ],
)
def test_mentor_start_date_range_moves_with_the_academic_year(
    today: date, earliest: str, latest: str
) -> None:
    """Two years back, one ahead."""
    days = range_of_mentor_starts([], URN, only_here=False, today=today)

    assert days is not None
    assert [day.isoformat() for day in days] == [earliest, latest]


CORRECTED = {"earliest": "2022-09-01", "latest": "2026-08-31"}


@pytest.mark.parametrize(
    ("start_date", "allowed"),
    [
        pytest.param(date(2022, 8, 31), False, id="the day before the range begins"),
        pytest.param(date(2022, 9, 1), True, id="its first day"),
        pytest.param(date(2025, 7, 1), True, id="no matter which in between"),
        pytest.param(date(2026, 8, 31), True, id="its last day"),
        pytest.param(date(2026, 9, 1), False, id="the day after it ends"),
    ],
)
def test_mentor_start_date_is_corrected_as_of_the_day_of_registration(
    start_date: date, allowed: bool
) -> None:
    """Registered on the last day of an academic year: that year's range holds from then on."""
    decision = check_corrected_mentor_start(start_date, date(2025, 8, 31))

    assert decision == (
        Allowed(MENTOR_START_DATE, {"start_date": start_date.isoformat(), "asked": True})
        if allowed
        else Blocked(
            MENTOR_START_DATE,
            CORRECTED,
            Kind.INVALID,
            "start_date",
            "Enter a start date from 2022-09-01 to 2026-08-31",
        )
    )


def test_mentor_start_date_that_is_to_be_corrected_is_asked_for() -> None:
    """A refusal names the days that would do, as of the day of registration."""
    assert needs_corrected_mentor_start(date(2025, 8, 31)) == Blocked(
        MENTOR_START_DATE,
        CORRECTED,
        Kind.NEEDS,
        "start_date",
        "Enter a start date from 2022-09-01 to 2026-08-31",
    )


@given(some_mentors, st.booleans(), days)
def test_a_mentor_start_date_in_range_collides_with_nothing(
    periods: list[MentorAtSchool], only_here: bool, today: date
) -> None:
    """It lies in the range of every start, and no period here or kept elsewhere stands in it."""
    possible = range_of_mentor_starts(periods, URN, only_here=only_here, today=today)
    refused = check_only_here_leaves_a_day(periods, URN, only_here=only_here, today=today)
    assert isinstance(refused, Blocked) is (possible is None)
    if possible is None:
        return
    finished_here = [m for m in periods if m.school == URN and m.period.is_finished(today)]
    elsewhere = open_elsewhere(periods, URN, today)
    first, last = range_of_start_dates(today)

    assert first <= possible[0] <= possible[1] <= last
    for day in possible:
        assert not any(Period(day).overlaps(mentor.period) for mentor in finished_here)
    if only_here:
        ended = ended_elsewhere(periods, URN, possible[0], today)
        after = {before.id: after.period for before, after in ended}
        kept = [after.get(mentor.id, mentor.period) for mentor in elsewhere]
        assert not any(Period(possible[0]).overlaps(period) for period in kept)


def test_overlaps_previous_refuses_only_here_where_no_day_is_left() -> None:
    """Begins at another school in over four months: it cannot be ended, and who helps is named."""
    to_come = _elsewhere(date(2026, 3, 1))

    assert check_only_here_leaves_a_day([to_come], URN, only_here=True, today=TODAY) == Blocked(
        OVERLAPS_PREVIOUS,
        {"earliest": None},
        Kind.REFUSED,
        "only_here",
        "There is no day on which this person can start as a mentor only at your school, because "
        "of when they start at another school. Select no, or contact support for this service",
    )
    assert check_only_here_leaves_a_day([to_come], URN, only_here=False, today=TODAY) == Allowed(
        OVERLAPS_PREVIOUS, {"periods": 1}
    )


@given(some_mentors, days, days)
def test_mentoring_only_here_leaves_finished_periods_and_this_school_alone(
    periods: list[MentorAtSchool], start_date: date, today: date
) -> None:
    """Only periods elsewhere that are or may be open end; no training is lost."""
    for before, after in ended_elsewhere(periods, URN, start_date, today):
        assert (before.school != URN, may_come_back(before, today)) == (True, True)
        assert before.period.contains(after.period)
        assert after.period.finished_on in {start_date - DAY, before.period.finished_on}
        assert [t.id for t in after.trainings] == [t.id for t in before.trainings]
