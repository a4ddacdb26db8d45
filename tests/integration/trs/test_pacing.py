"""Calls of TRS at an even pace, so that users keep the rest of what TRS allows in a minute."""

from __future__ import annotations

import httpx
import pytest

from ect_registration.ports.errors import NotShown, Unavailable
from integration.trs.support import (
    ANOTHER_TRN,
    TRN,
    Script,
    StillTime,
    a_body,
    a_record,
    records_over,
    reply,
)
from integration.trs.table.rows import PAGE

GOOD = reply(200, a_body())
MERGED = reply(308, Location=f"/v3/persons/{ANOTHER_TRN}")


class Timed(Script):
    """Replies that remember when they were asked for."""

    def __init__(self, time, replies):
        super().__init__(replies)
        self._time, self.at = time, []

    def handle_request(self, request):
        self.at.append(self._time.seconds)
        return super().handle_request(request)


def _paced(calls_a_minute, *replies):
    time = StillTime()
    script = Timed(time, replies)
    records = records_over(
        script, timing=time.timing, unattended=True, calls_a_minute=calls_a_minute
    )
    return time, script, records


def _apart(script):
    return [round(later - at, 6) for at, later in zip(script.at, script.at[1:], strict=False)]


def test_calls_are_evenly_apart():
    """No minute has more of them; the first begins at once."""
    _time, script, records = _paced(300, GOOD)
    for _ in range(4):
        records.by_trn(TRN)

    assert script.at[0] == 1_000
    assert _apart(script) == [0.2] * 3


def test_time_that_was_lost_is_not_made_up_for():
    """After a long write the next call begins at once, and those after it keep their distance."""
    time, script, records = _paced(300, GOOD)
    records.by_trn(TRN)
    time.seconds += 30
    for _ in range(2):
        records.by_trn(TRN)

    assert _apart(script) == [30, 0.2]


@pytest.mark.parametrize("calls_a_minute", [1, 300])
def test_the_second_call_of_a_merged_record_waits_for_its_turn(calls_a_minute):
    """However long that is: waiting takes nothing from the time that TRS has for an answer."""
    _, script, records = _paced(calls_a_minute, MERGED, reply(200, a_body(trn=str(ANOTHER_TRN))))
    record = records.by_trn(TRN)

    assert (record.trn, record.merged_from) == (ANOTHER_TRN, TRN)
    assert _apart(script) == [60 / calls_a_minute]


def test_retries_wait_for_their_turn_as_well():
    """They are calls like any other."""
    _, script, records = _paced(60, httpx.ConnectError("gone"), httpx.ConnectError("gone"), GOOD)

    assert records.by_trn(TRN) == a_record()
    assert min(_apart(script)) >= 1


def test_a_used_up_minute_is_waited_for_as_long_as_trs_says():
    """Others may have called too."""
    _, script, records = _paced(300, reply(429, Retry_After="42"), GOOD)

    assert records.by_trn(TRN) == a_record()
    assert _apart(script) == [42]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (reply(500), NotShown),
        (reply(200, a_body(induction=...)), NotShown),
        (reply(200, a_body(dateOfBirth=None)), NotShown),
        (reply(503), Unavailable),
        (reply(401), Unavailable),
        (reply(200, PAGE), Unavailable),
        (httpx.ConnectError("gone"), Unavailable),
        (httpx.ReadTimeout("late"), Unavailable),
    ],
)
def test_a_fault_that_may_be_the_record_s_own_is_told_apart(answer, error):
    """Others may well be shown."""
    _, _, records = _paced(6_000, answer)
    with pytest.raises(Unavailable) as caught:
        records.by_trn(TRN)

    assert caught.type is error
