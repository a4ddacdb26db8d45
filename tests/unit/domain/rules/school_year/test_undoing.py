from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from builders import a_mentor, a_registration, an_ect
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.rules.mentors.removal import (
    MENTOR_REMOVED,
    NOT_IN_PROGRESS,
    check_mentor_removed,
)
from ect_registration.domain.rules.school_year.undoing import (
    BROUGHT_IN,
    MENTOR_NOT_HERE,
    NOT_HERE,
    PREVIOUS_SCHOOL_TOLD,
    REGISTERED_BY_MISTAKE,
    check_ect_registered_by_mistake,
    check_mentor_registered_by_mistake,
)

TODAY, DAY = date(2025, 9, 29), timedelta(1)
FIRST = date(2025, 9, 1)


def _ect(registered_on: date = FIRST, first_day: date = FIRST, **changes: object) -> EctAtSchool:
    at = datetime(registered_on.year, registered_on.month, registered_on.day, 12, tzinfo=UTC)
    registration = a_registration(registered_at=at)
    return attrs.evolve(an_ect(period=Period(first_day), registration=registration), **changes)


@pytest.mark.parametrize(
    ("ect", "allowed"),
    [
        pytest.param(_ect(), True, id="28 days after both"),
        pytest.param(_ect(FIRST - DAY, FIRST - DAY), False, id="29 days after both"),
        pytest.param(_ect(FIRST - 99 * DAY, FIRST), True, id="registered long before the start"),
        pytest.param(_ect(FIRST, FIRST - 99 * DAY), True, id="registered long after the start"),
        pytest.param(_ect(TODAY, TODAY + 99 * DAY), True, id="not begun"),
    ],
)
def test_registered_by_mistake_can_be_undone_for_28_days(ect: EctAtSchool, allowed: bool) -> None:
    """From the later of registration and first day; operators have no such limit."""
    mentor = a_mentor(period=ect.period, registered_at=ect.registration.registered_at)
    day = ect.registration.registered_at.date()
    decisions = [
        check_ect_registered_by_mistake(ect, day, TODAY),
        check_mentor_registered_by_mistake(mentor, day, TODAY),
    ]

    assert [isinstance(each, Allowed) for each in decisions] == [allowed] * 2
    assert {each.rule for each in decisions} == {REGISTERED_BY_MISTAKE}
    until = max(day, ect.period.started_on) + 28 * DAY
    assert [each.because for each in decisions] == [{"until": until.isoformat()}] * 2
    assert isinstance(check_ect_registered_by_mistake(ect, day, TODAY, any_day=True), Allowed)
    assert isinstance(
        check_mentor_registered_by_mistake(mentor, day, TODAY, any_day=True), Allowed
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"completed": True}, NOT_HERE, id="completed"),
        pytest.param({"period": Period(FIRST, TODAY - DAY)}, NOT_HERE, id="left"),
        pytest.param(
            {"registration": a_registration(brought_in=True)}, BROUGHT_IN, id="brought in"
        ),
    ],
)
def test_registered_by_mistake_is_somebody_registered_here_and_in_progress(
    changes: dict[str, object], message: str
) -> None:
    """For operators too."""
    for any_day in (False, True):
        decision = check_ect_registered_by_mistake(_ect(**changes), FIRST, TODAY, any_day=any_day)
        assert decision == Blocked(REGISTERED_BY_MISTAKE, {}, Kind.REFUSED, None, message)


def test_previous_school_told_is_our_decision() -> None:
    """Whom a transfer concerns learns of it; the use case that announces it is named."""
    assert PREVIOUS_SCHOOL_TOLD.enforced_by == (
        "ect_registration.use_cases.notifying.announcing.announce_end",
    )


@pytest.mark.parametrize(
    ("registered_on", "last_day", "message"),
    [
        pytest.param(None, None, BROUGHT_IN, id="brought in"),
        pytest.param(FIRST, TODAY - DAY, MENTOR_NOT_HERE, id="left"),
    ],
)
def test_registered_by_mistake_is_a_mentor_registered_here_who_has_not_left(
    registered_on: date | None, last_day: date | None, message: str
) -> None:
    """The registration of a mentor who came otherwise or has left cannot be undone by anybody."""
    mentor = a_mentor(period=Period(FIRST, last_day))

    for any_day in (False, True):
        decision = check_mentor_registered_by_mistake(
            mentor, registered_on, TODAY, any_day=any_day
        )
        assert decision == REGISTERED_BY_MISTAKE.refuses(message)


@pytest.mark.parametrize(
    ("last_day", "allowed"),
    [(TODAY - DAY, False), (TODAY, True), (date(2026, 1, 29), True), (date(2026, 1, 30), False)],
)
def test_mentor_removed_today_or_up_to_four_months_ahead(last_day: date, allowed: bool) -> None:
    """Both ends included, and the days that would do are named."""
    assert check_mentor_removed(_ect(), last_day, TODAY) == (
        MENTOR_REMOVED.allows(last_day=last_day.isoformat())
        if allowed
        else MENTOR_REMOVED.finds_invalid("last_day", earliest="2025-09-29", latest="2026-01-29")
    )


def test_mentor_removed_from_nobody_who_has_left() -> None:
    """They have no mentor to lose."""
    left = _ect(period=Period(FIRST, TODAY - DAY))

    assert check_mentor_removed(left, TODAY, TODAY) == Blocked(
        MENTOR_REMOVED, {}, Kind.REFUSED, None, NOT_IN_PROGRESS
    )
