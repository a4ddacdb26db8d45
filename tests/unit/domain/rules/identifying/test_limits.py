from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.policy import (
    DOWNLOADS,
    EMAIL_QUESTIONS,
    LONGEST_WINDOW,
    SIGN_INS,
    WRONG_FACTS_BY_ONE_USER,
    WRONG_FACTS_ON_ONE_PERSON,
    Limit,
)
from ect_registration.domain.rules.identifying.limits import (
    TOO_MANY_ATTEMPTS,
    check_limit,
    check_too_many_attempts,
    has_expired,
    is_stale,
)
from strategies import moments

NOW = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def _minutes_ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=m) for m in minutes]


@pytest.mark.parametrize(
    ("by_user", "on_trn"),
    [
        pytest.param([], [], id="no wrong fact"),
        pytest.param([1] * 9, [], id="nine by one user"),
        pytest.param([], [1] * 5, id="five on one TRN"),
        pytest.param([1] * 9 + [15], [], id="the tenth has just left the window"),
        pytest.param([], [1] * 5 + [60], id="the sixth has just left the window"),
        pytest.param([20] * 50, [61] * 50, id="many, long ago"),
    ],
)
def test_too_many_attempts_lets_a_few_on(by_user: list[int], on_trn: list[int]) -> None:
    """Up to 9 in 15 minutes by one user, and 5 in 60 minutes on one TRN."""
    decision = check_too_many_attempts(_minutes_ago(*by_user), _minutes_ago(*on_trn), NOW)

    assert decision == Allowed(TOO_MANY_ATTEMPTS, {})


@pytest.mark.parametrize(
    ("by_user", "on_trn", "try_again_at"),
    [
        pytest.param([5] * 10, [], "2025-09-10T09:40:00+00:00", id="ten by one user"),
        pytest.param([], [20] * 6, "2025-09-10T10:10:00+00:00", id="six on one TRN"),
        pytest.param(
            [14, *range(1, 10)], [], "2025-09-10T09:31:00+00:00", id="free when the first passes"
        ),
        pytest.param(
            [14, 13, *range(1, 10)],
            [],
            "2025-09-10T09:32:00+00:00",
            id="eleven: free when the second passes",
        ),
        pytest.param(
            [*range(1, 10), 14], [], "2025-09-10T09:31:00+00:00", id="in any order, the same"
        ),
        pytest.param(
            [5] * 10, [20] * 6, "2025-09-10T10:10:00+00:00", id="both: the longer wait counts"
        ),
        pytest.param(
            [1] * 10, [59] * 6, "2025-09-10T09:44:00+00:00", id="both, the other way round"
        ),
    ],
)
def test_too_many_attempts_says_when_to_try_again(
    by_user: list[int], on_trn: list[int], try_again_at: str
) -> None:
    """The tenth by a user and the sixth on a TRN make the search wait; windows slide."""
    decision = check_too_many_attempts(_minutes_ago(*by_user), _minutes_ago(*on_trn), NOW)

    assert decision == Blocked(
        TOO_MANY_ATTEMPTS,
        {"try_again_at": try_again_at},
        Kind.REFUSED,
        None,
        f"You have tried too many times. Try again at {try_again_at}",
    )


@given(st.lists(st.integers(0, 60 * 60), max_size=14), st.lists(st.integers(0, 2 * 60 * 60)))
def test_too_many_attempts_end_when_they_said(by_user: list[int], on_trn: list[int]) -> None:
    """At the moment that was named the search is free, and an instant before it is not."""
    moments_by_user = [NOW - timedelta(seconds=s) for s in by_user]
    moments_on_trn = [NOW - timedelta(seconds=s) for s in on_trn]
    decision = check_too_many_attempts(moments_by_user, moments_on_trn, NOW)
    if isinstance(decision, Allowed):
        return
    then = datetime.fromisoformat(str(decision.because["try_again_at"]))

    before = check_too_many_attempts(moments_by_user, moments_on_trn, then - INSTANT)
    after = check_too_many_attempts(moments_by_user, moments_on_trn, then)

    assert isinstance(before, Blocked)
    assert isinstance(after, Allowed)


@pytest.mark.parametrize(
    ("ago", "expired"),
    [
        pytest.param(timedelta(0), False, id="just used"),
        pytest.param(timedelta(hours=24) - INSTANT, False, id="an instant before 24 hours"),
        pytest.param(timedelta(hours=24), True, id="24 hours"),
        pytest.param(timedelta(days=30), True, id="long ago"),
    ],
)
def test_journeys_expire_after_24_hours_without_use(ago: timedelta, expired: bool) -> None:
    """A confirmation, too, is shown for 24 hours."""
    assert has_expired(NOW - ago, NOW) is expired


@pytest.mark.parametrize(
    ("ago", "stale"),
    [
        pytest.param(timedelta(0), False, id="just answered"),
        pytest.param(timedelta(hours=1), False, id="an hour"),
        pytest.param(timedelta(hours=1) + INSTANT, True, id="an instant over an hour"),
        pytest.param(-timedelta(hours=1), False, id="a clock that differs a little"),
        pytest.param(-timedelta(hours=1) - INSTANT, True, id="an answer from the future"),
    ],
)
def test_decided_again_asks_trs_when_its_answer_is_over_an_hour_old(
    ago: timedelta, stale: bool
) -> None:
    """An answer of up to an hour is still good."""
    assert is_stale(NOW - ago, NOW) is stale


@given(moments)
def test_what_was_used_now_has_not_expired(now: datetime) -> None:
    """A journey in use goes on, whatever the day."""
    assert not has_expired(now, now)
    assert not is_stale(now, now)


@pytest.mark.parametrize(
    ("ago", "barred"), [([1, 2], False), ([1, 2, 9], True), ([1, 9, 10], False)]
)
def test_too_many_attempts_of_any_kind_have_to_wait(ago: list[int], barred: bool) -> None:
    """Three in ten minutes, say."""
    decision = check_limit(_minutes_ago(*ago), Limit(3, timedelta(minutes=10)), NOW)

    assert isinstance(decision, Blocked) is barred


def test_no_window_is_longer_than_the_longest() -> None:
    """Older attempts can be purged."""
    limits = (
        WRONG_FACTS_BY_ONE_USER.value,
        WRONG_FACTS_ON_ONE_PERSON.value,
        SIGN_INS.value,
        DOWNLOADS.value,
        EMAIL_QUESTIONS.value,
    )
    windows = [limit.window for limit in limits]

    assert max(windows) == LONGEST_WINDOW.value
