from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import attrs
import pytest

from builders import a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.bringing_back import Standing, TakenBack, brought_back
from ect_registration.domain.people.endings import Cause, End, Extent, adopted, extent_of, fitted
from ect_registration.domain.people.training import Training, TrainingId

TODAY, FIRST = date(2025, 9, 10), date(2025, 9, 1)
AUTUMN, EASTER, SUMMER = date(2025, 10, 24), date(2026, 3, 31), date(2026, 7, 31)
DAY, WEEK = timedelta(1), timedelta(7)
SCHOOL, OTHER = UUID(int=1), UUID(int=2)
LEAVING = End(Cause.LEAVING, SCHOOL, AUTUMN, TODAY)
TAKEN_BACK = TakenBack(Cause.LEAVING, SCHOOL, TODAY)
STANDS = Extent(Period(FIRST))  # the period at the school, for as long as it goes


def _training(number: int, period: Period, *ends: End) -> Training:
    training = a_training(id=TrainingId(UUID(int=number)), period=period)
    for end in ends:
        training = training.ended(end)
    return training


def _back(
    *trainings: Training,
    wholes: Sequence[Extent] = (STANDS, STANDS),
    elsewhere: Sequence[Standing] = (),
) -> Sequence[Extent]:
    inside = {training.id: whole for training, whole in zip(trainings, wholes, strict=False)}
    return brought_back(
        trainings,
        TAKEN_BACK,
        TAKEN_BACK.concerns,
        lambda training: [inside[training.id]],
        lambda training: Standing(training.period, Cause.CHANGED, training.id),
        elsewhere,
    )


def test_what_a_cause_ended_stands_again_when_it_is_taken_back() -> None:
    """A training whose end is taken back goes on as if nobody had reported it."""
    ended = _training(10, Period(FIRST), LEAVING)

    assert _back(ended) == [STANDS]


@pytest.mark.parametrize("first_day", [FIRST - DAY, FIRST])
def test_a_part_keeps_its_first_day_inside_a_whole_that_begins_by_then(first_day: date) -> None:
    """A training begins no sooner than it did, where the period at the school began before."""
    ended = _training(10, Period(FIRST), LEAVING)

    assert _back(ended, wholes=[Extent(Period(first_day))]) == [STANDS]


@pytest.mark.parametrize(
    ("last_day", "becomes"),
    [
        pytest.param(None, Extent(Period(FIRST + WEEK)), id="open"),
        pytest.param(EASTER, Extent(Period(FIRST + WEEK, EASTER)), id="over later"),
        pytest.param(
            FIRST + WEEK, Extent(Period(FIRST + WEEK, FIRST + WEEK)), id="over on that day"
        ),
        pytest.param(
            FIRST + DAY,
            Extent(
                Period(FIRST, FIRST + DAY),
                withdrawn=True,
                ends=(End(Cause.CHANGED, SCHOOL, FIRST - DAY, TODAY, before=FIRST + DAY),),
            ),
            id="over before",
        ),
    ],
)
def test_a_part_begins_no_sooner_than_the_whole_does_by_now(
    last_day: date | None, becomes: Extent
) -> None:
    """A training loses its days before the period, and is withdrawn where none is left."""
    whole = Extent(Period(FIRST + WEEK))

    assert _back(_training(10, Period(FIRST, last_day)), wholes=[whole]) == [becomes]


def test_a_withdrawn_part_is_left_alone_where_the_whole_begins_later() -> None:
    """A withdrawn training has no days to lose, and keeps its causes."""
    never = _training(10, Period(FIRST), End(Cause.CHANGED, OTHER, FIRST - DAY, TODAY))

    assert _back(never, wholes=[Extent(Period(FIRST + WEEK))]) == [extent_of(never)]


def test_of_two_that_come_back_the_earlier_comes_first() -> None:
    """The later of two trainings has no day left where the earlier one goes on, in any order."""
    earlier = _training(10, Period(FIRST), LEAVING)
    later = _training(11, Period(FIRST + WEEK), LEAVING)
    gone = Extent(
        Period(FIRST + WEEK),
        withdrawn=True,
        ends=(End(Cause.CHANGED, earlier.id, FIRST + WEEK - DAY, TODAY),),
    )

    assert _back(earlier, later) == [STANDS, gone]
    assert _back(later, earlier) == [gone, STANDS]


def test_what_comes_back_withdrawn_stands_in_nobodys_way() -> None:
    """A training that stays withdrawn cuts no other one short."""
    never = _training(10, Period(FIRST), End(Cause.CHANGED, OTHER, FIRST - DAY, TODAY), LEAVING)
    later = _training(11, Period(FIRST + WEEK), LEAVING)

    assert _back(never, later)[1] == Extent(Period(FIRST + WEEK))


def test_a_part_that_stands_is_in_the_way_from_the_day_on_which_it_begins_by_now() -> None:
    """A training is cut by another one only from the day on which that begins now."""
    ended, stands = _training(10, Period(FIRST), LEAVING), _training(11, Period(EASTER))
    back, moved = _back(ended, stands, wholes=[STANDS, Extent(Period(SUMMER))])

    assert moved == Extent(Period(SUMMER))
    assert back == Extent(
        Period(FIRST, SUMMER - DAY),
        ends=(End(Cause.CHANGED, stands.id, SUMMER - DAY, TODAY),),
    )


def test_what_stands_elsewhere_is_in_the_way_too() -> None:
    """A training stops before what stands elsewhere, for the cause that this has."""
    ended = _training(10, Period(FIRST), LEAVING)
    elsewhere = Standing(Period(SUMMER), Cause.REPLACEMENT, OTHER)

    assert _back(ended, elsewhere=[elsewhere]) == [
        Extent(
            Period(FIRST, SUMMER - DAY),
            ends=(End(Cause.REPLACEMENT, OTHER, SUMMER - DAY, TODAY),),
        )
    ]


@pytest.mark.parametrize(
    ("begins", "last_day", "ends_on"),
    [
        pytest.param(FIRST, AUTUMN, AUTUMN, id="before the whole ends"),
        pytest.param(FIRST - WEEK, FIRST, FIRST, id="a whole of one day"),
        pytest.param(FIRST - WEEK, FIRST - DAY, FIRST - WEEK - DAY, id="a whole of none"),
        pytest.param(FIRST + WEEK, FIRST - DAY, FIRST - DAY, id="which would begin later"),
    ],
)
def test_a_part_ends_with_everything_that_ends_the_whole(
    begins: date, last_day: date, ends_on: date
) -> None:
    """A training ends with its period, and has no day left where that has none."""
    end = attrs.evolve(LEAVING, last_day=last_day)
    part = fitted(Extent(Period(begins)), STANDS.ended(end))

    assert part.ends == (attrs.evolve(end, last_day=ends_on),)
    assert part.withdrawn is (ends_on < begins)
    assert part.period == Period(begins, None if part.withdrawn else ends_on)


def test_a_withdrawn_part_has_no_causes_of_a_whole_that_ended_on_its_last_day() -> None:
    """A training that was withdrawn for unknown reasons is given no cause of its period."""
    to_easter = Period(FIRST, EASTER)
    part = attrs.evolve(_training(10, to_easter), withdrawn=True)

    assert adopted(part, an_ect(period=to_easter)) == extent_of(part)


def test_a_part_without_causes_has_none_of_a_whole_that_keeps_its_own() -> None:
    """A training is given the causes of a period when that ends, and not again later."""
    part = _training(10, Period(FIRST, AUTUMN))
    whole = an_ect(period=Period(FIRST)).ended(LEAVING)

    assert whole.period == part.period
    assert adopted(part, whole) == extent_of(part)


def test_a_taking_back_has_its_day() -> None:
    """A cause is taken back on a day, on which whatever that ends in turn is recorded."""
    ect = an_ect(period=Period(FIRST, AUTUMN))

    assert TakenBack.of(Cause.LEAVING, ect, TODAY) == TakenBack(
        Cause.LEAVING, ect.id, TODAY, unrecorded=AUTUMN
    )
