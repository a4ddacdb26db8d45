"""Nothing of what is asked or answered gets out, whatever fails: the secrets least of all."""

from __future__ import annotations

import logging
from contextlib import nullcontext

import httpx
import pytest

from adapters.trs.client import HttpTeacherRecords
from adapters.trs.connection.deadline import Deadline, Timing, keeping_to, page_patience
from adapters.trs.connection.transport import DeadlineTransport
from ect_registration.ports.errors import Unavailable
from integration.trs.cast import EVERYBODY, MERGED, MORE_OF_THEM
from integration.trs.leaks import OUR_KEY, Secrets, listening, locals_shown_by, shown_by
from integration.trs.support import (
    ASKING,
    BORN_ON,
    NUMBER,
    TODAY,
    TRN,
    Script,
    StillTime,
    a_person,
    records_over,
)
from integration.trs.table.failures import TABLE
from trs_simulator.app import simulator_app
from trs_simulator.faults import Fault, FaultKind
from trs_simulator.keys import Key
from trs_simulator.server import SimulatorServer

SECRETS = Secrets(BORN_ON, NUMBER)
AS_US = ASKING | {"Authorization": f"Bearer {OUR_KEY}"}

LOOKUPS = {
    "by date of birth": lambda records: records.by_date_of_birth(TRN, BORN_ON),
    "by number": lambda records: records.by_national_insurance_number(TRN, NUMBER),
    "by TRN": lambda records: records.by_trn(TRN),
    "check": lambda records: records.connection_check(TRN),
}


def _drive(records, look_up, capfd):
    """Everything that one lookup puts out, except its answer."""
    texts = [repr(records)]
    with listening() as listener:
        try:
            texts.append(repr(look_up(records)))
        except Unavailable as error:
            texts += shown_by(error)
    return [*texts, *listener.heard, *capfd.readouterr()]


@pytest.mark.parametrize("look_up", LOOKUPS.values(), ids=LOOKUPS.keys())
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.situation)
def test_no_failure_shows_a_secret(row, look_up, capfd):
    """In process, with problem bodies that repeat both facts."""
    records = records_over(Script(row.replies), api_key=OUR_KEY)

    assert SECRETS.found_in(_drive(records, look_up, capfd)) == []


@pytest.fixture(scope="module")
def simulator():
    """With our key."""
    return simulator_app(EVERYBODY, more=MORE_OF_THEM, keys=[Key(OUR_KEY, "us")])


@pytest.fixture(scope="module")
def serving(simulator):
    """One server for all of these tests."""
    with SimulatorServer(simulator) as server:
        yield server


@pytest.fixture
def address(simulator, serving):
    """Where it is, behaving well to begin with."""
    simulator.faults.clear()
    return serving.address


@pytest.mark.parametrize("look_up", LOOKUPS.values(), ids=LOOKUPS.keys())
@pytest.mark.parametrize("kind", FaultKind)
def test_no_fault_on_the_wire_shows_a_secret(address, simulator, kind, look_up, capfd):
    """Over a socket, where the HTTP libraries have most to say; server and client are silent."""
    simulator.faults.add(Fault(kind, times=9, seconds=0, retry_after="0"))
    timing = StillTime().timing
    with HttpTeacherRecords(address, OUR_KEY, today=lambda: TODAY, timing=timing) as records:
        shown = _drive(records, look_up, capfd)

    assert SECRETS.found_in(shown) == []


def test_nobody_listening_shows_no_secret(capfd):
    """A port that nothing listens at."""
    with SimulatorServer(simulator_app([])) as server:
        address = server.address
    timing = StillTime().timing
    with HttpTeacherRecords(address, OUR_KEY, today=lambda: TODAY, timing=timing) as records:
        shown = _drive(records, LOOKUPS["by number"], capfd)

    assert SECRETS.found_in(shown) == []


@pytest.mark.parametrize("look_up", ["by number", "by TRN"])
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.situation)
def test_local_variables_show_no_secret(row, look_up):
    """Error reports often hold those of every frame: what is asked has no text to show."""
    records = records_over(Script(row.replies), api_key=OUR_KEY)
    shown = ""
    try:
        LOOKUPS[look_up](records)
    except Unavailable as error:
        shown = locals_shown_by(error)

    assert SECRETS.found_in([shown]) == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.situation)
def test_an_error_comes_from_nowhere(row):
    """No cause and no context: an exception of httpx would bring the request along."""
    records = records_over(Script(row.replies))
    origins = (None, None)
    try:
        records.by_national_insurance_number(TRN, NUMBER)
    except Unavailable as error:
        origins = (error.__cause__, error.__context__)

    assert origins == (None, None)


def test_what_would_leak_is_found(capfd):
    """The search itself is tested: planted in logs, errors and on the streams, it finds each."""
    url = f"https://trs.example/v3/persons/{TRN}?nationalInsuranceNumber={NUMBER.characters}"
    request = httpx.Request("GET", url)
    with listening() as listener:
        logging.getLogger("adapters.trs.client").debug("%s", BORN_ON.isoformat())
    print(f"born {BORN_ON:%d/%m/%Y}")
    printed = capfd.readouterr().out
    try:
        try:
            raise httpx.ReadTimeout("late", request=request)
        except httpx.ReadTimeout:
            raise Unavailable("TRS", "late") from None
    except Unavailable as error:
        shown = shown_by(error)
    found = [SECRETS.found_in(texts) for texts in (listener.heard, [printed], shown)]

    assert found == [
        [BORN_ON.isoformat()],
        [f"{BORN_ON:%d/%m/%Y}"],
        [NUMBER.characters, "nationalInsuranceNumber=", "/v3/persons"],
    ]


def _heard_of(address, deadline):
    """The loggers that speak of a GET of a merged record, within a lookup's time or outside."""
    within = keeping_to(deadline) if deadline else nullcontext()
    with (
        listening() as listener,
        within,
        httpx.Client(transport=DeadlineTransport(), headers=AS_US) as http,
    ):
        http.get(f"{address}/v3/persons/{MERGED.trn}")
    libraries = {name.split(".")[0] for name in listener.names}
    return libraries, "/v3/persons" in " ".join(listener.heard)


def test_http_libraries_say_nothing_of_trs(address):
    """They would tell the address and where a merged record moved to."""
    deadline = Deadline.starting_now(page_patience(5), Timing())

    assert _heard_of(address, deadline) == (set(), False)


def test_http_libraries_say_what_they_like_of_others(address):
    """Whoever else uses them in this process keeps the logs."""
    assert _heard_of(address, None) == ({"httpx", "httpcore"}, True)


def test_a_merger_is_not_logged(address, capfd):
    """Two requests over a socket, and a Location with a TRN."""
    with HttpTeacherRecords(address, OUR_KEY, today=lambda: TODAY) as records:
        shown = _drive(records, lambda records: records.by_trn(MERGED.trn) is None, capfd)

    assert SECRETS.found_in(shown) == []


def test_people_of_the_simulator_keep_theirs_to_themselves():
    """In their repr."""
    shown = [repr(a_person()), repr(MORE_OF_THEM), repr(Key(OUR_KEY, "us"))]

    assert SECRETS.found_in(shown) == []
