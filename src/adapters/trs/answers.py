"""Says what a reply of TRS means, for every row of the contract's failure table."""

from __future__ import annotations

import json
import re
from datetime import date
from enum import Enum, IntEnum

import attrs

from adapters.trs.addresses import Origin
from adapters.trs.connection.exchange import Reply
from adapters.trs.faults import Fault, Kind, OutsideContract
from adapters.trs.payloads import Person, read_person
from ect_registration.domain.values import Trn


class ErrorCode(IntEnum):
    """Lists TRS's own error codes, of which a client needs four."""

    PERSON_NOT_FOUND = 10001
    RESTRICTED_KEY = 10040
    DEACTIVATED = 10058  # with 404 before version 20260120, with 410 since
    MERGED = 10059  # with 404 before version 20260120; since then TRS answers 308 instead


class Absent(Enum):
    """Says why there is no record for the facts given."""

    NO_MATCH = "no_match"  # TRS does not know the TRN, or the second fact does not match
    DEACTIVATED = "deactivated"


@attrs.frozen
class Merged:
    """Says that the record lives on under another TRN."""

    retained: Trn


Answer = Person | Absent | Merged | Fault


@attrs.frozen
class Reading:
    """Holds what is needed to understand a reply."""

    origin: Origin
    asked_for: Trn
    today: date


def understand(reply: Reply, reading: Reading) -> Answer:
    """Returns what a reply to a GET of one record means."""
    match reply.status:
        case 200:
            return _person(reply, reading)
        case 308:
            return _merged(reading.origin.retained_trn(reply.header("Location")), reading)
        case 404 | 410:
            return _not_there(reply, reading)
        case _:
            return fault_of_status(reply)


def fault_of_status(reply: Reply) -> Fault:
    """Returns the fault for a status that no lookup should end with."""
    status = reply.status
    match status:
        case 400:
            return Fault(Kind.CONFIGURATION, "it calls our request malformed (400)", status)
        case 401:
            return Fault(Kind.CONFIGURATION, "it does not accept our API key (401)", status)
        case 403 if _error_code(reply) == ErrorCode.RESTRICTED_KEY:
            why = "our API key is restricted to what appropriate bodies may ask (403)"
            return Fault(Kind.CONFIGURATION, why, status)
        case 403:
            return Fault(Kind.CONFIGURATION, "our API key lacks the role GetPerson (403)", status)
        case 404:
            why = "nothing is there (404): check the address and the API version"
            return Fault(Kind.CONFIGURATION, why, status)
        case 429:
            why = "our calls of this minute are used up (429)"
            return Fault(Kind.RATE_LIMITED, why, status, reply.header("Retry-After"))
        case _ if 500 <= status <= 599:
            return Fault(Kind.SERVER_ERROR, f"it failed ({status})", status)
        case _:
            return Fault(Kind.OUTSIDE_CONTRACT, f"unexpected status {status}", status)


def json_of(reply: Reply) -> object:
    """Returns the body of a 200. Raises OutsideContract for a page, and for what is not JSON.

    A gateway may change the content type of an answer, so only a web page is refused by it.
    """
    if "html" in reply.header("Content-Type").lower():
        raise OutsideContract("the content type", "is that of a web page")
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        raise OutsideContract("the body", "is not JSON") from None


def _person(reply: Reply, reading: Reading) -> Answer:
    try:
        body = json_of(reply)
        if not isinstance(body, dict):
            raise OutsideContract("the body", "is not a JSON object")
    except OutsideContract as problem:
        return Fault(Kind.MALFORMED, str(problem))
    try:
        person = read_person(body, reading.today)
    except OutsideContract as problem:
        return Fault(Kind.OUTSIDE_CONTRACT, str(problem))
    if person.trn != reading.asked_for:
        return Fault(Kind.OUTSIDE_CONTRACT, "the record is not the one asked for")
    return person


def _merged(retained: Trn | None, reading: Reading) -> Answer:
    if retained is None or retained == reading.asked_for:
        return Fault(Kind.OUTSIDE_CONTRACT, "a merged record leads to no other record of its own")
    return Merged(retained)


def _not_there(reply: Reply, reading: Reading) -> Answer:
    """Reads TRS's own code, which means the same in every version of its API."""
    match _error_code(reply):
        case ErrorCode.PERSON_NOT_FOUND:
            return Absent.NO_MATCH
        case ErrorCode.DEACTIVATED:
            return Absent.DEACTIVATED
        case ErrorCode.MERGED:
            return _merged(_retained_in_title(reply), reading)
        case _ if reply.status == 410:
            return Absent.DEACTIVATED
        case _:
            return fault_of_status(reply)


def _problem(reply: Reply) -> dict[str, object]:
    try:
        problem = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return problem if isinstance(problem, dict) else {}


def _error_code(reply: Reply) -> object:
    code = _problem(reply).get("errorCode")
    return None if isinstance(code, bool) else code


def _retained_in_title(reply: Reply) -> Trn | None:
    title = _problem(reply).get("title")
    match = re.search(r"merged with ([0-9]{7})\.", title) if isinstance(title, str) else None
    return Trn(match[1]) if match else None
