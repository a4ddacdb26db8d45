from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from uuid import UUID, uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.people.bringing_back import Standing, TakenBack, cut_before
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.endings import (
    Cause,
    End,
    Extent,
    adopted,
    decided_by,
    extent_of,
    extent_of_whole,
    is_undone,
    shortened_by,
)
from ect_registration.domain.people.training import Training
from endings import causes, left_on, without_causes
from strategies import ects

TODAY, FIRST = date(2025, 9, 10), date(2025, 9, 1)
EASTER, SUMMER, NEXT_EASTER = date(2026, 3, 31), date(2026, 7, 31), date(2027, 3, 31)
DAY = timedelta(1)
SCHOOL, OTHER, THIRD = UUID(int=1), UUID(int=2), UUID(int=3)


def _end(cause: Cause, last_day: date, by: UUID = SCHOOL) -> End:
    return End(cause, by, last_day, TODAY)


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
    training, mentorship = a_training(period=part), a_mentorship(a_mentor(), period=part)
    ect = an_ect(period=Period(FIRST), trainings=(training,), mentorships=(mentorship,))

    left = left_on(ect, EASTER)

    assert without_causes(left) == attrs.evolve(
        ect,
        period=Period(FIRST, EASTER),
        trainings=(attrs.evolve(training, period=becomes, withdrawn=withdrawn),),
        mentorships=(attrs.evolve(mentorship, period=becomes, withdrawn=withdrawn),),
    )
    assert causes(left) == [(Cause.LEAVING, EASTER)]


@pytest.mark.parametrize(
    "training",
    [
        pytest.param(a_training(period=Period(FIRST), withdrawn=True), id="withdrawn before"),
        pytest.param(a_training(period=Period(SUMMER), withdrawn=True), id="and never to begin"),
    ],
)
def test_what_was_withdrawn_is_left_alone(training: Training) -> None:
    """Its row is kept as it was, and nothing brings it back."""
    ect = an_ect(period=Period(FIRST), trainings=(training,))
    left = left_on(ect, EASTER)

    assert left.trainings == (training,)
    assert left.leaving(None, TODAY, (), {}) == ect


@pytest.mark.parametrize("last_day", [EASTER, SUMMER])
def test_no_day_changes_where_it_had_ended_by_then(last_day: date) -> None:
    """The later end holds when the earlier one is taken back."""
    ect = left_on(an_ect(period=Period(FIRST), trainings=(a_training(),)), EASTER)
    transferred = ect.ended(_end(Cause.TRANSFER, last_day))
    back = transferred.leaving(None, TODAY, (), {})

    assert without_causes(transferred) == without_causes(ect)
    assert [part.period.finished_on for part in (back, *back.trainings)] == [last_day] * 2


def test_the_same_end_again_changes_nothing() -> None:
    """Of the period, of its parts, and of a mentor's."""
    part = a_training(period=Period(FIRST))
    for whole in (an_ect(period=Period(FIRST), trainings=(part,)), a_mentor(trainings=(part,))):
        ended = whole.ended(_end(Cause.TRANSFER, SUMMER))

        assert ended.ended(_end(Cause.TRANSFER, SUMMER)) is ended


def test_what_shortened_a_row_is_told_from_what_came_too_late() -> None:
    """Up to the end that withdrew it."""
    ends = (
        _end(Cause.LEAVING, SUMMER),
        _end(Cause.TRANSFER, NEXT_EASTER, OTHER),
        _end(Cause.CHANGED, EASTER, OTHER),
        _end(Cause.COMPLETED, FIRST - DAY),
        _end(Cause.UNDONE, FIRST - DAY, THIRD),
    )
    training = a_training(period=Period(FIRST))
    for end in ends:
        training = training.ended(end)

    assert [end.cause for end in shortened_by(training)] == [
        Cause.LEAVING,
        Cause.CHANGED,
        Cause.COMPLETED,
    ]


LEFT, UNDONE = _end(Cause.LEAVING, SUMMER), _end(Cause.UNDONE, FIRST - DAY)
NEVER_BEGAN = _end(Cause.COMPLETED, FIRST - DAY)
ONE_DAY = _end(Cause.LEAVING, FIRST)


@pytest.mark.parametrize(
    ("ends", "decided"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([LEFT], LEFT, id="the only one"),
        pytest.param([LEFT, _end(Cause.TRANSFER, EASTER)], _end(Cause.TRANSFER, EASTER), id="two"),
        pytest.param([LEFT, _end(Cause.TRANSFER, NEXT_EASTER)], LEFT, id="not what came too late"),
        pytest.param([LEFT, _end(Cause.TRANSFER, SUMMER)], LEFT, id="the first on the same day"),
        pytest.param([LEFT, UNDONE], UNDONE, id="what withdrew it"),
        pytest.param([ONE_DAY, UNDONE], UNDONE, id="what withdrew its only day"),
        pytest.param([NEVER_BEGAN, UNDONE], NEVER_BEGAN, id="what withdrew it first"),
    ],
)
def test_the_end_that_decided_set_the_last_day_or_withdrew_the_row(
    ends: list[End], decided: End | None
) -> None:
    """What came too late, or once no day was left, decided nothing."""
    training = a_training(period=Period(FIRST))
    for end in ends:
        training = training.ended(end)
    found = decided_by(training)

    assert (found and attrs.evolve(found, before=None)) == decided


@pytest.mark.parametrize(
    ("withdrawn", "causes_of_it", "undone"),
    [
        pytest.param(False, [], False, id="stands"),
        pytest.param(True, [], True, id="withdrawn before causes were kept"),
        pytest.param(False, [Cause.UNDONE], True, id="undone"),
        pytest.param(False, [Cause.COMPLETED], False, id="completed before the first day"),
        pytest.param(False, [Cause.SCHOOL_CLOSED], False, id="the school closed before it"),
        pytest.param(False, [Cause.COMPLETED, Cause.UNDONE], True, id="both, then undone"),
    ],
)
def test_undone_is_told_from_withdrawn_otherwise(
    withdrawn: bool, causes_of_it: list[Cause], undone: bool
) -> None:
    """Only the registration's own undoing counts, of an ECT's and of a mentor's."""
    for whole in (an_ect(period=Period(FIRST)), a_mentor(period=Period(FIRST))):
        row = attrs.evolve(whole, withdrawn=withdrawn)
        for cause in causes_of_it:
            row = row.ended(_end(cause, FIRST - DAY, whole.id))

        assert is_undone(row) is undone


def test_what_ended_of_its_own_before_any_cause_keeps_no_later_one() -> None:
    """Nothing can make it last longer, nor bring back what was undone."""
    own = Extent(Period(FIRST, EASTER))
    undone = Extent(Period(FIRST)).ended(_end(Cause.UNDONE, FIRST - DAY))

    assert own.ended(_end(Cause.TRANSFER, SUMMER)) == own
    assert own.ended(_end(Cause.TRANSFER, EASTER)) == own
    assert undone.ended(_end(Cause.LEAVING, EASTER)) == undone


def test_an_end_that_another_day_replaces_keeps_its_place() -> None:
    """It says which of them shortened the row, whatever is corrected later."""
    first = an_ect(period=Period(FIRST)).ended(_end(Cause.TRANSFER, SUMMER, OTHER))
    left = left_on(first, EASTER)
    without = left.taken_back(TakenBack(Cause.TRANSFER, OTHER, TODAY), (), {})
    again = without.ended_again(_end(Cause.TRANSFER, NEXT_EASTER, OTHER), left)

    assert [(end.cause, end.shortened) for end in again.ends] == [
        (Cause.TRANSFER, True),
        (Cause.LEAVING, True),
    ]


def test_ends_keep_their_cause_and_the_last_day_before() -> None:
    """Each of them, in the order of recording."""
    extent = Extent(Period(FIRST, NEXT_EASTER))
    extent = extent.ended(_end(Cause.LEAVING, SUMMER)).ended(_end(Cause.TRANSFER, EASTER, OTHER))

    assert extent == Extent(
        Period(FIRST, EASTER),
        ends=(
            End(Cause.LEAVING, SCHOOL, SUMMER, TODAY, before=NEXT_EASTER),
            End(Cause.TRANSFER, OTHER, EASTER, TODAY, before=SUMMER),
        ),
    )
    assert extent.own_last_day == NEXT_EASTER


@pytest.mark.parametrize(
    ("cause", "by", "last_day"),
    [
        pytest.param(Cause.TRANSFER, OTHER, SUMMER, id="the later: back to the earlier"),
        pytest.param(Cause.LEAVING, SCHOOL, EASTER, id="the earlier: the later stays in force"),
        pytest.param(Cause.TRANSFER, THIRD, EASTER, id="of another record: nothing changes"),
        pytest.param(Cause.CHANGED, OTHER, EASTER, id="for another cause: nothing changes"),
    ],
)
def test_a_cause_is_taken_back_alone(cause: Cause, by: UUID, last_day: date) -> None:
    """What else ended the row stays in force."""
    extent = Extent(Period(FIRST)).ended(_end(Cause.LEAVING, SUMMER))
    extent = extent.ended(_end(Cause.TRANSFER, EASTER, OTHER))

    assert extent.without(cause, by).period == Period(FIRST, last_day)


def test_a_withdrawn_row_stands_again_when_its_cause_is_taken_back() -> None:
    """With the last day that it had."""
    extent = Extent(Period(SUMMER, NEXT_EASTER)).ended(_end(Cause.LEAVING, EASTER))

    assert (extent.withdrawn, extent.period) == (True, Period(SUMMER, NEXT_EASTER))
    assert extent.without(Cause.LEAVING, SCHOOL) == Extent(Period(SUMMER, NEXT_EASTER))


some_ends = st.builds(
    End,
    st.sampled_from(Cause),
    st.sampled_from([SCHOOL, OTHER, THIRD]),
    st.dates(FIRST - 3 * DAY, FIRST + 5 * DAY),
    st.just(TODAY),
)
few_extents = st.builds(
    lambda days: Extent(Period(FIRST, None if days is None else FIRST + days * DAY)),
    st.none() | st.integers(0, 5),
)


@given(few_extents, st.lists(some_ends, max_size=4))
def test_taking_every_cause_back_restores_a_row_exactly(own: Extent, ends: list[End]) -> None:
    """Whatever ended it, and in whatever order that is taken back."""
    ended = own
    for end in ends:
        ended = ended.ended(end)
    for order in permutations({(end.cause, end.by) for end in ended.ends}):
        restored = ended
        for cause, by in order:
            restored = restored.without(cause, by)

        assert restored == own


@given(
    few_extents,
    st.lists(
        some_ends.filter(lambda end: end.cause is not Cause.UNDONE),
        max_size=4,
        unique_by=lambda end: (end.cause, end.by),
    ),
)
def test_the_order_of_ends_does_not_matter(own: Extent, ends: list[End]) -> None:
    """Nor does it, once some of them have been taken back."""
    left = set()
    for order in permutations(ends):
        row = own
        for end in order:
            row = row.ended(end)
        for end in ends[:2]:
            row = row.without(end.cause, end.by)
        left.add((row.period, row.withdrawn))

    assert len(left) == 1


@given(few_extents, st.lists(some_ends, max_size=4), st.data())
def test_ends_put_in_another_order_leave_the_same_days(
    own: Extent, ends: list[End], data: st.DataObject
) -> None:
    """Which of them shortened the row may be told otherwise; how long it lasts may not."""
    row, before = own, own
    for end in ends:
        row = row.ended(end)
    for end in data.draw(st.permutations(ends)):
        before = before.ended(end)
    again = row.in_order_of(before)

    assert (again.period, again.withdrawn) == (row.period, row.withdrawn)
    assert again.own_last_day == row.own_last_day


@given(few_extents, st.lists(some_ends, max_size=4), some_ends)
def test_an_end_never_gives_a_row_more_days(own: Extent, ends: list[End], end: End) -> None:
    """Nor does taking it back take any day away."""
    before = own
    for each in ends:
        before = before.ended(each)
    after = before.ended(end)

    assert after.withdrawn or (not before.withdrawn and before.period.contains(after.period))
    back = after.without(end.cause, end.by)
    assert after.withdrawn or back.period.contains(after.period)


@pytest.mark.parametrize(
    ("before", "after", "part", "becomes"),
    [
        pytest.param(None, EASTER, None, EASTER, id="reported: the part ends with it"),
        pytest.param(EASTER, SUMMER, None, SUMMER, id="corrected to later: it moves along"),
        pytest.param(SUMMER, EASTER, None, EASTER, id="corrected to earlier: it moves along"),
        pytest.param(EASTER, None, None, None, id="withdrawn: it is open again"),
        pytest.param(SUMMER, NEXT_EASTER, EASTER, EASTER, id="an earlier end of its own stays"),
        pytest.param(None, SUMMER, EASTER, EASTER, id="so it does on a first report"),
        pytest.param(SUMMER, None, EASTER, EASTER, id="and on a withdrawal"),
        pytest.param(EASTER, None, EASTER, EASTER, id="even where it is the same day"),
        pytest.param(NEXT_EASTER, EASTER, SUMMER, EASTER, id="unless it would outlast the whole"),
    ],
)
def test_leaving_moves_what_ended_with_the_period(
    before: date | None, after: date | None, part: date | None, becomes: date | None
) -> None:
    """A part that ended with the whole moves along; an earlier end of its own stays."""
    training = a_training(period=Period(FIRST, part))
    ect = an_ect(period=Period(FIRST), trainings=(training,))
    if before is not None:
        ect = left_on(ect, before)

    moved = ect.leaving(after, TODAY, (), {})

    assert without_causes(moved).trainings == (
        attrs.evolve(training, period=Period(FIRST, becomes)),
    )


def test_records_kept_before_causes_were_end_by_leaving() -> None:
    """A part that ended on the same day ended with the whole; another end of its own stays."""
    to_easter = Period(FIRST, EASTER)
    same = a_training(period=Period(FIRST + DAY, EASTER))
    earlier = a_training(period=Period(FIRST, FIRST))
    withdrawn = a_training(period=to_easter, withdrawn=True)
    mentorship = a_mentorship(a_mentor(), period=to_easter)
    ect = an_ect(period=to_easter, trainings=(same, earlier, withdrawn), mentorships=(mentorship,))

    assert ect.leaving(None, TODAY, (), {}) == attrs.evolve(
        ect,
        period=Period(FIRST),
        trainings=(attrs.evolve(same, period=Period(FIRST + DAY)), earlier, withdrawn),
        mentorships=(attrs.evolve(mentorship, period=Period(FIRST)),),
    )
    assert extent_of_whole(ect) == Extent(
        to_easter, ends=(End(Cause.LEAVING, ect.id, EASTER, EASTER),)
    )


def test_what_was_withdrawn_before_causes_were_stays_withdrawn() -> None:
    """Nothing says what withdrew it."""
    ect = an_ect(period=Period(FIRST, EASTER), withdrawn=True)

    assert extent_of_whole(ect).withdrawn
    assert extent_of_whole(attrs.evolve(ect, period=Period(FIRST))).withdrawn


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        pytest.param(Period(FIRST), Period(FIRST, EASTER), id="open"),
        pytest.param(Period(FIRST, FIRST), Period(FIRST, EASTER), id="over before"),
        pytest.param(Period(FIRST, EASTER), Period(FIRST), id="of an open period"),
    ],
)
def test_only_a_part_that_ended_with_the_whole_has_its_causes(part: Period, whole: Period) -> None:
    """Any other end is its own."""
    training = a_training(period=part)

    assert adopted(training, an_ect(period=whole)) == extent_of(training)


def test_a_part_with_causes_keeps_to_them() -> None:
    """Also where it ended on the same day."""
    ended = a_training().ended(_end(Cause.CHANGED, EASTER))

    assert adopted(ended, an_ect(period=Period(FIRST, EASTER))) == extent_of(ended)


def test_what_ends_a_record_without_causes_ends_its_parts_for_both() -> None:
    """The day that it had counts as reported from then on."""
    to_summer = Period(FIRST, SUMMER)
    ect = an_ect(period=to_summer, trainings=(a_training(period=to_summer),))
    transferred = ect.ended(_end(Cause.TRANSFER, EASTER, OTHER))
    back = transferred.taken_back(TakenBack(Cause.TRANSFER, OTHER, TODAY), (), {})

    assert causes(transferred) == [(Cause.LEAVING, SUMMER), (Cause.TRANSFER, EASTER)]
    assert causes(transferred.trainings[0]) == causes(transferred)
    assert without_causes(back) == ect
    assert back.leaving(None, TODAY, (), {}) == attrs.evolve(
        ect,
        period=Period(FIRST),
        trainings=(attrs.evolve(ect.trainings[0], period=Period(FIRST)),),
    )


@pytest.mark.parametrize(
    ("others", "until", "withdrawn"),
    [
        pytest.param([], None, False, id="nothing beside it"),
        pytest.param([Period(SUMMER)], SUMMER - DAY, False, id="one that begins later"),
        pytest.param([Period(SUMMER), Period(EASTER)], EASTER - DAY, False, id="two"),
        pytest.param([Period(FIRST - DAY, FIRST - DAY)], None, False, id="one that is over"),
        pytest.param([Period(FIRST)], None, True, id="one that begins on the same day"),
        pytest.param([Period(FIRST - DAY)], None, True, id="one that began before and goes on"),
        pytest.param([Period(FIRST - DAY, FIRST)], None, True, id="and ends on the first day"),
    ],
)
def test_a_row_that_comes_back_stops_where_another_stands(
    others: list[Period], until: date | None, withdrawn: bool
) -> None:
    """It is cut to the day before whatever stands there by now."""
    standing = [Standing(period, Cause.REPLACEMENT, OTHER) for period in others]

    row = cut_before(Extent(Period(FIRST)), standing, TODAY)

    assert (row.period, row.withdrawn) == (Period(FIRST, until), withdrawn)
    assert all(end.is_of(Cause.REPLACEMENT, OTHER) for end in row.ends)


@given(ects(), st.data())
def test_every_part_that_stands_lies_inside_the_period_that_ends(
    ect: EctAtSchool, data: st.DataObject
) -> None:
    """Whatever the last day, nothing outlasts it; and taking it back restores all of it."""
    first = ect.period.started_on
    last_day = data.draw(st.dates(first - DAY, date(2055, 1, 1)))
    before = an_ect(period=Period(first), trainings=ect.trainings)
    by = uuid4()

    ended = before.ended(_end(Cause.TRANSFER, last_day, by))

    if ended.withdrawn:
        assert all(training.withdrawn for training in ended.trainings)
    else:
        assert all(ended.period.contains(t.period) for t in ended.trainings if not t.withdrawn)
    assert ended.taken_back(TakenBack(Cause.TRANSFER, by, TODAY), (), {}) == before
