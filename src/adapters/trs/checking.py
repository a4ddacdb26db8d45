"""Checks for an operator, one thing at a time, whether the connection to TRS is right."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import attrs

from adapters.trs.answers import Reading, understand
from adapters.trs.connection.deadline import Deadline, Patience
from adapters.trs.connection.exchange import Reply, Request, exchange
from adapters.trs.faults import Fault, Kind
from adapters.trs.lookup_client import Conversation
from ect_registration.domain.values import Trn

OLDEST_VERSION = "20260120"  # before it merged and deactivated records were told differently
CLOCK_TOLERANCE = 60.0  # seconds

_ANSWERS_OF_TRS = frozenset({Kind.CONFIGURATION, Kind.RATE_LIMITED})  # unwelcome, but its own

NOBODY = Trn("0000000")  # unknown to TRS, so that a check reads no person's record


@attrs.frozen
class Finding:
    """Says what one check found; ``ok`` is None when it could not be made."""

    check: str  # address, key, version or clock
    ok: bool | None
    says: str


def check_connection(
    talk: Conversation, version: str, patience: Patience, trn: Trn
) -> tuple[Finding, ...]:
    """Checks the address, key, version and clock by one lookup of a TRN without retries."""
    deadline = Deadline.starting_now(patience, talk.timing)
    reply = exchange(talk.line, Request(talk.origin.of_person(trn)), deadline)
    if isinstance(reply, Fault):
        return (
            Finding("address", False, f"{talk.origin.address} does not answer: {reply.why}"),
            *(Finding(check, None, "not checked") for check in ("key", "version", "clock")),
        )
    answer = understand(reply, Reading(talk.origin, trn, talk.today()))
    fault = answer if isinstance(answer, Fault) else None
    return (
        _address(talk, fault),
        _key(reply.status, fault),
        _version(reply.status, version, fault),
        _clock(reply, talk.timing.wall()),
    )


def _address(talk: Conversation, fault: Fault | None) -> Finding:
    if fault is None or fault.kind in _ANSWERS_OF_TRS:
        return Finding("address", True, f"{talk.origin.address} answers")
    return Finding("address", False, f"{talk.origin.address} answers, but not well: {fault.why}")


def _key(status: int, fault: Fault | None) -> Finding:
    if status in {401, 403} and fault is not None:
        return Finding("key", False, fault.why)
    if fault is None or fault.kind is Kind.RATE_LIMITED:
        return Finding("key", True, "accepted")
    return Finding("key", None, "not checked")


def _version(status: int, version: str, fault: Fault | None) -> Finding:
    if status == 404 and fault is not None:
        return Finding("version", False, f"{version}: {fault.why}")
    # TRS looks at the version before it looks at the key.
    if fault is not None and fault.kind not in _ANSWERS_OF_TRS:
        return Finding("version", None, "not checked")
    if version < OLDEST_VERSION:
        return Finding("version", False, f"{version} is older than {OLDEST_VERSION}")
    return Finding("version", True, f"{version} is known")


def _clock(reply: Reply, ours: float) -> Finding:
    try:
        theirs = parsedate_to_datetime(reply.header("Date")).timestamp()
    except ValueError:
        return Finding("clock", None, "TRS did not tell the time")
    apart = abs(theirs - ours)
    return Finding("clock", apart <= CLOCK_TOLERANCE, f"{apart:.0f} seconds from TRS's")
