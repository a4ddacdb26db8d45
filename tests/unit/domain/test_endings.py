from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import ending_on, moved_with
from ect_registration.domain.people.training import Training
from strategies import ects

FIRST = date(2025, 9, 1)
EASTER, SUMMER, NEXT_EASTER = date(2026, 3, 31), date(2026, 7, 31), date(2027, 3, 31)


@pytest.mark.parametrize(
    ("part", "becomes", "withdrawn"),
    [
        pytest.param(Period(FIRST), Period(FIRST, EASTER), False, id="open: ends with it"),
        pytest.param(
            Period(FIRST, SUMMER), Period(FIRST, EASTER), False, id="longer: ends with it"
        ),
        pytest.param(
            Period(FIRST, date(2026, 3, 30)),
            Period(FIRST, date(2026, 3, 30)),
            False,
            id="over a day before: keeps its own end",
        ),
        pytest.param(Period(EASTER), Period(EASTER, EASTER), False, id="one day is left"),
        pytest.param(
            Period(date(2026, 4, 1)),
            Period(date(2026, 4, 1)),
            True,
            id="would begin the day after: withdrawn, dates kept",
        ),
    ],
)
def test_parts_end_with_the_whole(part: Period, becomes: Period, withdrawn: bool) -> None:
    """Training and mentorship end with the period, or are withdrawn if they had not begun."""
    training = a_training(period=part)

    ended = ending_on(Period(FIRST, EASTER), [training])

    assert ended == (attrs.evolve(training, period=becomes, withdrawn=withdrawn),)


@pytest.mark.parametrize(
    "training",
    [
        pytest.param(a_training(period=Period(FIRST), withdrawn=True), id="withdrawn before"),
        pytest.param(a_training(period=Period(SUMMER), withdrawn=True), id="and never to begin"),
    ],
)
def test_what_was_withdrawn_is_left_alone(training: Training) -> None:
    """Its row is kept as it was."""
    assert ending_on(Period(FIRST, EASTER), [training]) == (training,)


def test_nothing_ends_while_the_whole_is_open() -> None:
    """An open period cuts nothing."""
    training = a_training(period=Period(FIRST, SUMMER))

    assert ending_on(Period(FIRST), [training]) == (training,)


@pytest.mark.parametrize(
    ("before", "after", "part", "becomes"),
    [
        pytest.param(None, EASTER, None, EASTER, id="reported: the part ends with it"),
        pytest.param(EASTER, SUMMER, EASTER, SUMMER, id="corrected to later: it moves along"),
        pytest.param(SUMMER, EASTER, SUMMER, EASTER, id="corrected to earlier: it moves along"),
        pytest.param(EASTER, None, EASTER, None, id="withdrawn: it is open again"),
        pytest.param(SUMMER, NEXT_EASTER, EASTER, EASTER, id="an earlier end of its own stays"),
        pytest.param(None, SUMMER, EASTER, EASTER, id="so it does on a first report"),
        pytest.param(SUMMER, None, EASTER, EASTER, id="and on a withdrawal"),
        pytest.param(NEXT_EASTER, EASTER, SUMMER, EASTER, id="unless it would outlast the whole"),
    ],
)
def test_leaving_moves_what_ended_with_the_period(
    before: date | None, after: date | None, part: date | None, becomes: date | None
) -> None:
    """A part that ended with the whole moves along; an earlier end of its own stays."""
    training = a_training(period=Period(FIRST, part))

    moved = moved_with(Period(FIRST, before), Period(FIRST, after), training)

    assert moved == attrs.evolve(training, period=Period(FIRST, becomes))


@pytest.mark.parametrize(
    ("after", "limit", "becomes"),
    [
        pytest.param(NEXT_EASTER, SUMMER, SUMMER, id="the limit comes first"),
        pytest.param(SUMMER, NEXT_EASTER, SUMMER, id="the last day comes first"),
        pytest.param(None, SUMMER, SUMMER, id="withdrawn: open up to the limit"),
    ],
)
def test_leaving_moves_a_mentorship_no_further_than_its_limit(
    after: date | None, limit: date, becomes: date
) -> None:
    """A mentorship stays inside both periods."""
    mentorship = a_mentorship(a_mentor(), period=Period(FIRST, EASTER))

    moved = moved_with(Period(FIRST, EASTER), Period(FIRST, after), mentorship, limit)

    assert moved == attrs.evolve(mentorship, period=Period(FIRST, becomes))


def test_leaving_does_not_move_what_was_withdrawn() -> None:
    """Not even one that ended on the same day."""
    training = a_training(period=Period(FIRST, EASTER), withdrawn=True)

    moved = moved_with(Period(FIRST, EASTER), Period(FIRST, SUMMER), training)

    assert moved == training


@given(ects(), st.data())
def test_every_part_that_stands_lies_inside_the_period_that_ends(
    ect: EctAtSchool, data: st.DataObject
) -> None:
    """Whatever the last day, nothing outlasts it."""
    first = ect.period.started_on
    last_day = data.draw(st.dates(first, date(2055, 1, 1)))

    ended = an_ect(period=ect.period, trainings=ect.trainings).ending(Period(first, last_day))

    assert all(ended.period.contains(t.period) for t in ended.trainings if not t.withdrawn)
