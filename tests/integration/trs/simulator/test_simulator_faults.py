"""Faults on demand, each as its name says, and what a client makes of it."""

from __future__ import annotations

import httpx
import pytest

from adapters.trs.client import HttpTeacherRecords
from ect_registration.domain.people.teacher import InductionStatus, NoMatch
from integration.trs import cast
from integration.trs.support import (
    ASKING,
    BORN_ON,
    KEY,
    TODAY,
    TRN,
    StillTime,
    a_record,
    outcome_of,
    told_by,
)
from trs_simulator.faults import Fault, FaultKind

UNKNOWN = a_record(induction=InductionStatus.UNKNOWN)

EXPECTED = {
    FaultKind.DELAY: (a_record(), ""),
    FaultKind.DROP: ("unavailable", "the connection broke off"),
    FaultKind.BREAK_OFF: ("unavailable", "the connection broke off"),
    FaultKind.SERVER_ERROR: ("unavailable", "it failed (500)"),
    FaultKind.RATE_LIMITED: ("unavailable", "our calls of this minute are used up (429)"),
    FaultKind.TRUNCATED: ("unavailable", "the body is not JSON"),
    FaultKind.HTML: ("unavailable", "the content type is that of a web page"),
    FaultKind.WRONG_CONTENT_TYPE: (a_record(), ""),  # only a web page is refused by it
    FaultKind.MISSING_INCLUDES: ("unavailable", "induction is missing"),
    FaultKind.ANOTHER_PERSON: ("unavailable", "the record is not the one asked for"),
    FaultKind.UNKNOWN_STATUS: (UNKNOWN, ""),
}


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_over_the_wire(server, simulator, kind):
    """Persistent, so that retries do not help."""
    simulator.faults.add(Fault(kind, times=9, seconds=0, retry_after="1"))
    timing = StillTime().timing
    with HttpTeacherRecords(server.address, KEY, today=lambda: TODAY, timing=timing) as records:
        told = told_by(lambda: records.by_date_of_birth(TRN, BORN_ON))

    assert told == EXPECTED[kind]


PASSING = sorted(
    kind for kind in FaultKind if kind not in {"missing_includes", "another_person", "delay"}
)


@pytest.mark.parametrize("kind", PASSING)
def test_a_fault_that_passes_is_not_noticed(records, simulator, kind):
    """One try more finds the record; an unknown status is an answer already."""
    simulator.faults.add(Fault(kind))
    found = records.by_date_of_birth(TRN, BORN_ON)

    assert found == (UNKNOWN if kind == "unknown_status" else a_record())


def test_a_fault_may_be_one_person_s_alone(records, simulator):
    """Others are answered as ever."""
    simulator.faults.add(Fault(FaultKind.SERVER_ERROR, times=99, trn=cast.PASSED.trn.digits))
    outcomes = [outcome_of(lambda trn=trn: records.by_trn(trn)) for trn in (cast.PASSED.trn, TRN)]

    assert outcomes == ["unavailable", a_record()]


def test_a_fault_leaves_refusals_as_they_are(records, simulator):
    """Another person's record needs a record to begin with."""
    simulator.faults.add(Fault(FaultKind.ANOTHER_PERSON, times=9))

    assert records.by_trn(cast.DEACTIVATED.trn) == NoMatch.TRN_NOT_FOUND


def _post(http, fault):
    return http.post("/simulator/faults", json=fault)


def test_a_running_simulator_is_told_over_http(http):
    """And tells what it was asked and what is left to go wrong."""
    _post(http, {"kind": "server_error", "times": 2, "status": 503})
    statuses = [http.get(f"/v3/persons/{TRN}", headers=ASKING).status_code for _ in range(3)]
    _post(http, {"kind": "drop", "trn": "3000013"})
    told = http.get("/simulator").json()

    assert (statuses, told["calls"], [fault["kind"] for fault in told["faults"]]) == (
        [503, 503, 200],
        {"person": 3},
        ["drop"],
    )


def test_everything_goes_right_again(http):
    """Once faults are cleared."""
    _post(http, {"kind": "html", "times": 99})

    assert http.delete("/simulator/faults").json()["faults"] == []


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b"{}", b'{"kind": "explosion"}', b'{"kind": "drop", "often": 3}']
    + [b'{"kind": "drop", "%s": {}}' % key for key in (b"times", b"trn", b"seconds", b"status")],
)
def test_a_fault_that_cannot_be_read_is_refused(http, content):
    """With a reason."""
    response = http.post("/simulator/faults", content=content)

    assert (response.status_code, list(response.json())) == (400, ["error"])


def test_there_is_nothing_else_to_administer(http):
    """Neither elsewhere nor by other methods."""
    responses: list[httpx.Response] = [
        http.get("/simulator/people"),
        http.put("/simulator/faults"),
        http.post("/simulator"),
    ]

    assert [response.status_code for response in responses] == [404] * 3
