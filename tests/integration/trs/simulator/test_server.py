"""The simulator as a server: threads, an orderly end, and no words about requests."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading

import httpx
import pytest

from adapters.trs.client import HttpTeacherRecords
from integration.trs import cast
from integration.trs.support import (
    ASKING,
    BORN_ON,
    KEY,
    TODAY,
    TRN,
    StillTime,
    a_person,
    a_record,
    outcome_of,
)
from trs_simulator.app import simulator_app
from trs_simulator.faults import Fault, FaultKind
from trs_simulator.server import SimulatorServer

PERSON = f"/v3/persons/{TRN}"


def _records(address):
    timing = StillTime().timing
    return HttpTeacherRecords(address, KEY, today=lambda: TODAY, timing=timing)


def test_killed_and_restarted_at_the_same_port_it_answers_again():
    """A client need not know."""
    server = SimulatorServer(simulator_app([a_person()]))
    server.start()
    port = int(server.address.rsplit(":", 1)[1])
    with _records(server.address) as records:
        outcomes = [records.by_trn(TRN)]
        server.stop()
        outcomes.append(outcome_of(lambda: records.by_trn(TRN)))
        with SimulatorServer(simulator_app([a_person()]), port=port):
            outcomes.append(records.by_trn(TRN))

    assert outcomes == [a_record(), "unavailable", a_record()]


def test_many_are_answered_at_once(server):
    """Each gets the record asked for."""
    people = [cast.MAYA, cast.PASSED, cast.EXEMPT, cast.MANY_NAMES]
    found = {}

    def ask(person):
        found[person.trn] = {records.by_date_of_birth(person.trn, BORN_ON).trn for _ in range(20)}

    with _records(server.address) as records:
        threads = [threading.Thread(target=ask, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == {person.trn: {person.trn} for person in people}


def test_stopping_ends_a_delay(server, simulator):
    """What is under way is answered."""
    simulator.faults.add(Fault(FaultKind.DELAY, seconds=600))
    statuses = []

    def ask():
        statuses.append(httpx.get(f"{server.address}{PERSON}", headers=ASKING).status_code)

    asking = threading.Thread(target=ask)
    asking.start()
    while not simulator.calls:
        simulator.stopping.wait(0.01)
    server.stop()
    asking.join()

    assert statuses == [200]


@pytest.fixture
def running():
    """A process that serves, and its address."""
    program = (
        "from trs_simulator.app import simulator_app\n"
        "from trs_simulator.server import serve\n"
        "serve(simulator_app([]), ready=lambda address: print(address, flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process, process.stdout.readline().strip()
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_serves_until_it_is_told_to_stop(running, number):
    """It ends well, and has said nothing but its address."""
    process, address = running
    with httpx.Client() as http:  # a connection that is kept must not hold it up
        health = http.get(f"{address}/health").text
        process.send_signal(number)
        said = process.communicate()

    assert (health, said, process.returncode) == ("OK", ("", ""), 0)


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /v3/persons/3000001?dateOfBirth=1997-11-23 HTTP/9.9\r\n\r\n",
        b"BREW /v3/persons/3000001 HTTP/1.1\r\n\r\n",
        b"POST /v3/persons/find HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"",
    ],
)
def test_nonsense_is_answered_and_never_shown(server, capfd, request_):
    """No log line and no traceback; the next client is served."""
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass
    status = httpx.get(f"{server.address}/health").status_code

    assert (status, *capfd.readouterr()) == (200, "", "")


def test_two_versions_in_two_headers_are_no_version(server):
    """Joined, they match nothing."""
    headers = [*ASKING.items(), ("X-Api-Version", ASKING["X-Api-Version"])]
    response = httpx.get(f"{server.address}{PERSON}", headers=headers)

    assert (response.status_code, response.content) == (404, b"")


def test_a_taken_port_is_refused(server):
    """By an OSError, for a command to explain."""
    port = int(server.address.rsplit(":", 1)[1])

    with pytest.raises(OSError, match="in use"):
        SimulatorServer(simulator_app([]), port=port)
