"""How long a lookup takes at most, and when TRS is left alone. No clock runs here."""

from __future__ import annotations

import threading

import httpx
import pytest

from adapters.trs.connection.breaker import FAULTS_IN_A_ROW, SECONDS_OPEN, Breaker, Permit, State
from adapters.trs.connection.retries import LONGEST_PAUSE, pause_after
from adapters.trs.faults import Fault, Kind
from integration.trs.support import (
    ANOTHER_TRN,
    BORN_ON,
    TRN,
    Script,
    StillTime,
    a_body,
    a_record,
    outcome_of,
    problem,
    records_over,
    reply,
)
from integration.trs.table.rows import GOOD, PAGE


class Slow(Script):
    """Replies that take their time on a clock that stands still."""

    def __init__(self, time, seconds, replies):
        super().__init__(replies)
        self._time, self._seconds = time, seconds

    def handle_request(self, request):
        self._time.seconds += self._seconds
        return super().handle_request(request)


def test_retries_end_with_the_deadline():
    """Three seconds for a try leave no time for a third in five."""
    time = StillTime()
    slow = Slow(time, 2.6, [httpx.ReadTimeout("late")])
    outcome_of(lambda: records_over(slow, timing=time.timing).by_trn(TRN))

    assert len(slow.requests) == 2


def test_the_deadline_is_a_setting():
    """More patience, more tries."""
    time = StillTime()
    slow = Slow(time, 2.6, [httpx.ReadTimeout("late")])
    outcome_of(lambda: records_over(slow, timing=time.timing, deadline=20).by_trn(TRN))

    assert len(slow.requests) == 4


def test_a_hop_has_no_time_of_its_own():
    """Both requests share one deadline."""
    time = StillTime()
    moved = reply(308, Location=f"/v3/persons/{ANOTHER_TRN}")
    slow = Slow(time, 2.6, [moved, reply(503), GOOD])
    outcome = outcome_of(lambda: records_over(slow, timing=time.timing).by_trn(TRN))

    assert (outcome, len(slow.requests)) == ("unavailable", 2)


def test_a_wait_that_would_miss_the_deadline_is_not_begun():
    """Half a second is left, a second would be waited."""
    time = StillTime()
    slow = Slow(time, 4.5, [reply(429)])
    outcome_of(lambda: records_over(slow, timing=time.timing).by_trn(TRN))

    assert time.slept == []


def test_limits_of_each_step_lie_within_the_whole():
    """Connecting and reading leave time for a second try."""
    script = Script([GOOD])
    records_over(script, deadline=10).by_trn(TRN)
    limits = script.requests[0].extensions["timeout"]

    assert limits == {"connect": 4.0, "read": 6.0, "write": 6.0, "pool": 4.0}


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 0.1), (0.5, 0.15), (1.0, 0.2)])
def test_pauses_differ_by_chance(chance, pause):
    """So that many clients do not come back at once."""
    fault = Fault(Kind.SERVER_ERROR, "it failed")

    assert pause_after(fault, 2, chance) == pytest.approx(pause)


def test_no_pause_of_our_own_is_long():
    """However often it failed."""
    assert pause_after(Fault(Kind.TIMEOUT, "late"), 30, 1.0) == LONGEST_PAUSE


SICK = reply(503)


def _is_left_alone(records, script):
    """Whether the next lookup sends nothing to TRS."""
    before = len(script.requests)
    outcome_of(lambda: records.by_trn(TRN))
    return len(script.requests) == before


def _failing(times, time, *then):
    """A client that failed so often, each time without retries left."""
    script = Script([*[SICK] * (4 * times), *then])
    records = records_over(script, timing=time.timing)
    for _ in range(times):
        outcome_of(lambda: records.by_trn(TRN))
    return records, script


def test_after_repeated_faults_trs_is_left_alone():
    """A user is told at once."""
    records, script = _failing(FAULTS_IN_A_ROW, StillTime(), GOOD)
    before = len(script.requests)
    outcome = outcome_of(lambda: records.by_trn(TRN))

    assert (outcome, len(script.requests)) == ("unavailable", before)


def test_fewer_faults_than_that_change_nothing():
    """The next lookup goes out."""
    records, _ = _failing(FAULTS_IN_A_ROW - 1, StillTime(), GOOD)

    assert records.by_trn(TRN) == a_record()


def test_after_some_seconds_one_lookup_finds_that_trs_is_back():
    """And everybody may ask again."""
    time = StillTime()
    records, script = _failing(FAULTS_IN_A_ROW, time, GOOD)
    time.seconds += SECONDS_OPEN
    before = len(script.requests)
    outcomes = [records.by_trn(TRN), records.by_trn(TRN)]

    assert (outcomes, len(script.requests)) == ([a_record()] * 2, before + 2)


def test_a_trial_that_fails_begins_another_rest():
    """From its end."""
    time = StillTime()
    records, script = _failing(FAULTS_IN_A_ROW, time, SICK)
    rests = []
    for seconds in (SECONDS_OPEN, SECONDS_OPEN - 0.1, 0.1):
        time.seconds += seconds
        rests.append(_is_left_alone(records, script))

    assert rests == [False, True, False]


@pytest.mark.parametrize(
    "healthy",
    [
        problem(404, 10001),
        problem(410, 10058),
        reply(401),
        reply(404),
        reply(200, a_body(induction=...)),
    ],
    ids=["not found", "gone", "our key", "our version", "not agreed"],
)
def test_an_answer_of_trs_is_a_sign_of_health(healthy):
    """Welcome or not: it came at once, so nobody queues."""
    script = Script([*[SICK] * 16, healthy, *[SICK] * 16, GOOD])
    records = records_over(script)
    outcomes = [outcome_of(lambda: records.by_trn(TRN)) for _ in range(10)]

    assert outcomes[-1] == a_record()


@pytest.mark.parametrize(
    "sick",
    [httpx.ConnectError("refused"), httpx.ReadTimeout("late"), reply(429), reply(200, PAGE)],
    ids=["no connection", "late", "limited", "a page"],
)
def test_whatever_may_pass_counts(sick):
    """Also a page that says sorry."""
    script = Script([sick])
    records = records_over(script)
    for _ in range(FAULTS_IN_A_ROW):
        outcome_of(lambda: records.by_date_of_birth(TRN, BORN_ON))

    assert _is_left_alone(records, script)


def test_one_record_that_breaks_trs_shuts_nobody_out():
    """TRS cannot show some records, ever: to try one again and again counts once."""
    script = Script([reply(500)])
    records = records_over(script)
    for _ in range(2 * FAULTS_IN_A_ROW):
        outcome_of(lambda: records.by_trn(TRN))

    assert not _is_left_alone(records, script)


def test_many_records_that_break_trs_are_trs_breaking():
    """Each counts."""
    script = Script([reply(500)])
    records = records_over(script)
    for number in range(FAULTS_IN_A_ROW):
        outcome_of(lambda number=number: records.by_trn(TRN.__class__(f"600000{number}")))

    assert _is_left_alone(records, script)


def _opened(time):
    breaker = Breaker(lambda: time.seconds)
    for _ in range(FAULTS_IN_A_ROW):
        breaker.settle(breaker.admit(), healthy=False)
    time.seconds += SECONDS_OPEN
    return breaker


def test_of_many_at_once_one_goes_on_trial():
    """The others are told at once."""
    breaker, together = _opened(StillTime()), threading.Barrier(8)
    permits = []

    def admit():
        together.wait()
        permits.append(breaker.admit())

    threads = [threading.Thread(target=admit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, permits)) == sorted([Permit.TRIAL, *["None"] * 7])


def test_a_lookup_from_before_does_not_end_a_trial():
    """Its fault is old news; its answer is good news."""
    breaker = _opened(StillTime())
    breaker.admit()
    states = []
    for healthy in (False, True):
        breaker.settle(Permit.ORDINARY, healthy=healthy)
        states.append(breaker.state)

    assert states == [State.HALF_OPEN, State.CLOSED]


def test_a_trial_that_is_interrupted_does_not_stay_out_for_ever():
    """A worker may be stopped in the middle of one."""
    time = StillTime()
    records, _ = _failing(FAULTS_IN_A_ROW, time, KeyboardInterrupt(), GOOD)
    time.seconds += SECONDS_OPEN
    with pytest.raises(KeyboardInterrupt):
        records.by_trn(TRN)
    time.seconds += SECONDS_OPEN

    assert records.by_trn(TRN) == a_record()
