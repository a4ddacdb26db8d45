"""The client over real sockets: what httpx and its pool do, not what we imagine."""

from __future__ import annotations

import json
import ssl

import httpcore
import httpx
import pytest

from adapters.trs.client import HttpTeacherRecords
from adapters.trs.connection.deadline import Deadline, keeping_to, page_patience
from adapters.trs.connection.transport import DeadlineTransport
from integration.trs.sockets.wire import CERTIFICATE, dripping, response, saying, silent, wire
from integration.trs.support import (
    KEY,
    NUMBER,
    TODAY,
    TRN,
    StillTime,
    a_body,
    a_record,
    outcome_of,
    told_by,
)

GOOD = response("200 OK", json.dumps(a_body()).encode(), Content_Type="application/json")
HEAD = GOOD.index(b"\r\n\r\n") + 4


def _records(address, **options):
    return HttpTeacherRecords(address, KEY, today=lambda: TODAY, **options)


def _outcome(say, **options):
    """What a lookup says, and what an operator is told of the fault."""
    with wire(say) as server, _records(server.address, **options) as records:
        return told_by(lambda: records.by_trn(TRN))


PADDED = response(
    "200 OK", json.dumps(a_body()).encode(), Content_Type="application/json", Padding="-" * 150
)


@pytest.mark.parametrize(
    "say",
    [silent, dripping(PADDED, 0), dripping(PADDED, 40), dripping(GOOD, HEAD)],
    ids=["silence", "a slow first line", "slow headers", "a slow body"],
)
def test_a_deadline_holds_however_slowly_bytes_come(say):
    """Each comes in time, the whole does not: a limit for each read would never be met."""
    assert _outcome(say, deadline=0.2) == ("unavailable", "no answer within the time allowed")


def test_slow_is_not_too_slow():
    """The same bytes, with time enough."""
    assert _outcome(dripping(GOOD, len(GOOD) - 5)) == (a_record(), "")


NO_ANSWERS = {
    "a closed door": (saying(close=True), "the connection broke off"),
    "headers alone": (saying(GOOD[:HEAD], close=True), "the connection broke off"),
    "half a body": (saying(GOOD[:-10], close=True), "the connection broke off"),
    "another protocol": (
        saying(b"SSH-2.0-OpenSSH_9.6\r\n", close=True),
        "the connection broke off",
    ),
    "a length in words": (
        saying(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
        "the connection broke off",
    ),
    "endless headers": (
        saying(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000),
        "the connection broke off",
    ),
    "a change of protocol": (
        saying(b"HTTP/1.1 101 Switching Protocols\r\n\r\n", close=True),
        "the connection broke off",
    ),
    "a huge body": (saying(response("200 OK", b"{" * 2_000_000)), "the answer is too large"),
    "a compressed body": (
        saying(response("200 OK", b"\x1f\x8b\x08", Content_Encoding="gzip")),
        "the body is not JSON",
    ),
    "no content": (saying(response("204 No Content")), "unexpected status 204"),
}


@pytest.mark.parametrize(("say", "why"), NO_ANSWERS.values(), ids=NO_ANSWERS.keys())
def test_whatever_is_no_answer_is_unavailable(say, why):
    """Over a socket, the pool included."""
    assert _outcome(say, timing=StillTime().timing) == ("unavailable", why)


def test_connections_are_kept():
    """Three lookups, one connection."""
    with wire(saying(GOOD)) as server, _records(server.address) as records:
        outcomes = [records.by_trn(TRN) for _ in range(3)]

    assert (outcomes, server.connections) == ([a_record()] * 3, 1)


def test_a_connection_that_was_closed_meanwhile_is_opened_again():
    """Quietly: asking again is safe."""
    say = saying(GOOD, close=True)
    with (
        wire(say) as server,
        _records(server.address, timing=StillTime().timing) as records,
    ):
        outcomes = [records.by_trn(TRN) for _ in range(3)]

    assert (outcomes, server.connections) == ([a_record()] * 3, 3)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_neither_key_nor_facts_go_anywhere_else(status):
    """Whatever a redirect says."""
    with wire(saying(GOOD)) as elsewhere:
        location = f"{elsewhere.address}/v3/persons/3000002"
        with (
            wire(saying(response(status, Location=location))) as server,
            _records(server.address) as records,
        ):
            outcome = outcome_of(lambda: records.by_national_insurance_number(TRN, NUMBER))

    assert (outcome, elsewhere.heard) == ("unavailable", [])


def test_past_its_deadline_a_lookup_reads_no_more():
    """Not even what is there already."""
    passed = Deadline(ends_at=0, patience=page_patience(5), monotonic=lambda: 1)
    with (
        wire(saying(GOOD)) as server,
        httpx.Client(transport=DeadlineTransport()) as http,
        keeping_to(passed),
        pytest.raises(httpcore.TimeoutException),
    ):
        http.get(server.address)

    assert server.heard == []


def test_over_https_with_a_certificate_that_is_trusted():
    """The way it is in production."""
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with (
        wire(saying(GOOD), secure=True) as server,
        _records(server.address, transport=DeadlineTransport(trust)) as records,
    ):
        assert records.by_trn(TRN) == a_record()


def test_without_a_certificate_that_is_trusted_nothing_is_sent():
    """And operators are told why."""
    timing = StillTime().timing
    with (
        wire(saying(GOOD), secure=True) as server,
        _records(server.address, timing=timing) as records,
    ):
        [address, *_] = records.connection_check()

    assert (address.ok, address.says, server.heard) == (
        False,
        f"{server.address} does not answer: its certificate is not trusted",
        [],
    )
