from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Evidence
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.endings import Cause
from ect_registration.domain.rules.periods.previous_school import (
    TRANSFER_ENDS_PREVIOUS,
    check_overlaps_previous,
    check_transfer_ends_previous,
    ended_by_transfer,
)
from ect_registration.domain.values import Urn
from endings import causes, without_causes
from strategies import days, ects

TODAY = date(2025, 9, 10)
DAY = timedelta(1)
ELSEWHERE = Urn("200002")
IN_2023, IN_2024 = date(2023, 9, 1), date(2024, 9, 1)
EASTER, HALF_TERM = date(2025, 3, 31), date(2025, 10, 24)


def _ended(
    periods: list[EctAtSchool], start_date: date, today: date
) -> list[tuple[EctAtSchool, EctAtSchool]]:
    """Each period that a start cuts short, before and after, without what ended it."""
    by = EctId(uuid4())
    ended = ended_by_transfer(periods, start_date, today, by)
    assert all(causes(after)[-1][0] is Cause.TRANSFER for _, after in ended)
    assert all(after.ends[-1].by == by for _, after in ended)
    assert all(after.ends[-1].recorded_on == today for _, after in ended)
    cut = ((before, after) for before, after in ended if before.period != after.period)
    return [(before, without_causes(after)) for before, after in cut]


def _elsewhere(first: date, last: date | None = None) -> EctAtSchool:
    return an_ect(school=ELSEWHERE, period=Period(first, last))


@pytest.mark.parametrize(
    ("period", "last_day"),
    [
        pytest.param(Period(IN_2024), EASTER, id="open without a last day"),
        pytest.param(Period(IN_2024, HALF_TERM), EASTER, id="a last day that is to come"),
        pytest.param(Period(IN_2024, TODAY), EASTER, id="a leaver's last day today"),
        pytest.param(Period(EASTER), EASTER, id="begun the day before: one day is left"),
    ],
)
def test_transfer_ends_previous_the_day_before(period: Period, last_day: date) -> None:
    """An open period elsewhere ends the day before the new start."""
    before = _elsewhere(period.started_on, period.finished_on)

    ended = _ended([before], EASTER + DAY, TODAY)

    assert ended == [(before, attrs.evolve(before, period=Period(period.started_on, last_day)))]


@pytest.mark.parametrize(
    "period",
    [
        pytest.param(Period(IN_2023, date(2024, 7, 31)), id="finished long ago"),
        pytest.param(Period(IN_2024, TODAY - DAY), id="finished yesterday, after the new start"),
        pytest.param(Period(IN_2024, EASTER), id="finished on that very day"),
        pytest.param(Period(EASTER + DAY), id="begins with the new start"),
    ],
)
def test_transfer_ends_previous_open_periods_only(period: Period) -> None:
    """What is finished stays as it was, and what cannot be cut is for another rule to refuse."""
    assert _ended([an_ect(period=period)], EASTER + DAY, TODAY) == []


def test_transfer_ends_previous_no_later_than_it_would_have_ended() -> None:
    """The earlier of its own last day and the day before the new start."""
    leaver = _elsewhere(IN_2024, HALF_TERM)

    assert _ended([leaver], HALF_TERM + DAY, TODAY) == []
    assert _ended([leaver], HALF_TERM + 2 * DAY, TODAY) == []
    assert len(_ended([leaver], HALF_TERM, TODAY)) == 1


@pytest.mark.parametrize(
    ("last_day", "kept"), [(HALF_TERM, True), (TODAY - 29 * DAY, True), (TODAY - 30 * DAY, False)]
)
def test_a_period_that_ends_sooner_keeps_the_transfer_among_its_causes(
    last_day: date, kept: bool
) -> None:
    """As long as its school may take the last day back: then the transfer ends it."""
    by = EctId(uuid4())
    both = ended_by_transfer([_elsewhere(IN_2024, last_day)], HALF_TERM + 2 * DAY, TODAY, by)
    backs = [after.leaving(None, TODAY, (), {}) for _, after in both]

    assert [after.period.finished_on for _, after in both] == [last_day] * kept
    assert [back.period.finished_on for back in backs] == [HALF_TERM + DAY] * kept


def test_transfer_ends_previous_training_and_mentorship() -> None:
    """They end with the period, or are withdrawn if they would not have begun; nothing goes."""
    training = a_training(period=Period(IN_2024))
    mentorship = a_mentorship(a_mentor(), period=Period(HALF_TERM))
    before = attrs.evolve(_elsewhere(IN_2024), trainings=(training,), mentorships=(mentorship,))

    [(was, becomes)] = _ended([before], TODAY, TODAY)

    assert was == before
    assert becomes.trainings == (attrs.evolve(training, period=Period(IN_2024, TODAY - DAY)),)
    assert becomes.mentorships == (attrs.evolve(mentorship, withdrawn=True),)


def test_transfer_ends_previous_periods_among_others() -> None:
    """Several periods: only the open ones are ended."""
    finished, open_one = _elsewhere(IN_2023, date(2024, 7, 31)), _elsewhere(IN_2024)

    ended = _ended([finished, open_one], TODAY, TODAY)

    assert [was for was, _ in ended] == [open_one]


@pytest.mark.parametrize(
    ("periods", "evidence"),
    [
        pytest.param([], {"periods": 0, "last_day": None}, id="none to end"),
        pytest.param(
            [_elsewhere(IN_2024)], {"periods": 1, "last_day": "2025-09-09"}, id="one to end"
        ),
        pytest.param(
            [_elsewhere(IN_2023, EASTER)], {"periods": 0, "last_day": None}, id="one that is over"
        ),
    ],
)
def test_transfer_ends_previous_says_when(periods: list[EctAtSchool], evidence: Evidence) -> None:
    """Never refuses; it says how many periods will end, and on which day."""
    decision = check_transfer_ends_previous(periods, TODAY, TODAY)

    assert decision == Allowed(TRANSFER_ENDS_PREVIOUS, evidence)


@given(st.lists(ects(), max_size=3), days, days)
def test_a_transfer_leaves_nothing_that_overlaps(
    periods: list[EctAtSchool], start_date: date, today: date
) -> None:
    """Where the overlap rule allows a start, no period reaches it once the open ones are cut."""
    if isinstance(check_overlaps_previous(periods, start_date, today), Blocked):
        return
    ended = {was.id: becomes for was, becomes in _ended(periods, start_date, today)}

    after = [ended.get(ect.id, ect) for ect in periods]

    assert not any(ect.period.overlaps(Period(start_date)) for ect in after)
